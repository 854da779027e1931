-- What communications are found by, and their indexes. Part of demo.sql.
SELECT find_communications_again() \g /dev/null
SELECT definition FROM later_index WHERE part = 'communications' ORDER BY name \gexec
