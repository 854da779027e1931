-- What clients and contacts are found by, and the indexes of both. Part of demo.sql. Each client reads
-- its contacts by their index; the others are built when nobody waits to correct a client.
SELECT definition FROM later_index WHERE of_table = 'contact' ORDER BY name \gexec
ANALYZE trato.client, trato.contact, trato.division;
SELECT find_all_again() \g /dev/null
SELECT definition FROM later_index WHERE part = 'clients' AND of_table <> 'contact' ORDER BY name \gexec
