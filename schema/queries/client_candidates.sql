-- The first clients that match what was typed ($1), for a choice by typing.
SELECT c.id, c.name AS label, concat_ws(', ', c.city, c.tax_id) AS note
  FROM trato.found_clients($1::text, true, 8, p_archived => false) AS found
  JOIN trato.client AS c ON c.id = found.client_id
 ORDER BY found.rank, found.word, found.name_folded, found.client_id;
