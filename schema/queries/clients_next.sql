-- A page of clients behind the one that $1 folded name, $2 id, $5 rank, $6 word say. $4 is what was
-- typed; the order is that of found_clients.
SELECT c.id AS key, found.rank, found.word, c.name, c.city, c.tax_id, c.phone, c.archived,
       c.name_folded, trato.contact_meant(c.id, $4) AS contact
  FROM trato.found_clients($4::text, true, $3::integer, $2::bigint, $5::smallint, $6::text, $1::text)
       AS found
  JOIN trato.client AS c ON c.id = found.client_id
 ORDER BY found.rank, found.word, found.name_folded, found.client_id;
