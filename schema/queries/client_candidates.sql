-- The first clients that match what was typed ($1), for a choice by typing.
SELECT c.id, c.name AS label, concat_ws(', ', c.city, c.tax_id) AS note
  FROM trato.client_search AS s
  JOIN trato.client AS c ON c.id = s.client_id
 WHERE NOT c.archived
   AND ((length(btrim($1::text)) > 2 AND s.words LIKE (trato.search_patterns($1))[1]
         AND s.words LIKE ALL ((trato.search_patterns($1))[2:]))
        OR (length(btrim($1)) < 3 AND s.name_folded >= trato.fold(btrim($1))
            AND s.name_folded < trato.fold(btrim($1)) || chr(1114111)))
 ORDER BY s.name_folded, s.client_id
 LIMIT 8;
