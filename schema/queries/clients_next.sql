-- A page of clients in the order of their names, behind ($1 folded name, $2 id). $4 is what was
-- typed: from three letters on the beginning of any word, below that of the name.
SELECT c.id AS key, c.name, c.city, c.tax_id, c.phone, c.archived, c.name_folded
  FROM trato.client AS c
 WHERE (c.name_folded, c.id) > (coalesce($1::text, ''), coalesce($2::bigint, 0))
   AND ($4::text IS NULL
        OR (length($4) > 2 AND c.search_text LIKE '% ' || replace(replace(replace(
                trato.fold($4), '\', '\\'), '%', '\%'), '_', '\_') || '%')
        OR (length($4) < 3 AND c.name_folded >= trato.fold($4)
            AND c.name_folded < trato.fold($4) || chr(1114111)))
 ORDER BY c.name_folded, c.id
 LIMIT $3::integer;
