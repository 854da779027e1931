-- The page of clients before ($1 folded name, $2 id), in the order of the list; see clients_next.
SELECT * FROM (
    SELECT c.id AS key, c.name, c.city, c.tax_id, c.phone, c.archived, c.name_folded
      FROM trato.client AS c
     WHERE (c.name_folded, c.id) < (coalesce($1::text, chr(1114111)),
                                    coalesce($2::bigint, 9223372036854775807))
       AND ($4::text IS NULL
            OR (length($4) > 2 AND c.search_text LIKE '% ' || replace(replace(replace(
                    trato.fold($4), '\', '\\'), '%', '\%'), '_', '\_') || '%')
            OR (length($4) < 3 AND c.name_folded >= trato.fold($4)
                AND c.name_folded < trato.fold($4) || chr(1114111)))
     ORDER BY c.name_folded DESC, c.id DESC
     LIMIT $3::integer) AS page
 ORDER BY name_folded, key;
