-- The first clients that match what was typed ($1), for a choice by typing.
SELECT c.id, c.name AS label, concat_ws(', ', c.city, c.tax_id) AS note
  FROM trato.client AS c
 WHERE NOT c.archived
   AND ((length(btrim($1::text)) > 2 AND c.search_text LIKE '% ' || replace(replace(replace(
            trato.fold(btrim($1)), '\', '\\'), '%', '\%'), '_', '\_') || '%')
        OR (length(btrim($1)) < 3 AND c.name_folded >= trato.fold(btrim($1))
            AND c.name_folded < trato.fold(btrim($1)) || chr(1114111)))
 ORDER BY c.name_folded, c.id
 LIMIT 8;
