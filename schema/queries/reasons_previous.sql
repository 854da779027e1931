-- A page of the reasons as they are offered, those of each kind together and `other` last, before
-- ($1 kind, $2 last, $3 id). $4 the kind wanted, NULL for all; $5 the language.
SELECT id AS key, kind, page.last, code, needs_note, active,
       CASE $5::text WHEN 'es' THEN name_es ELSE name_en END AS name,
       CASE $5::text WHEN 'es' THEN name_en ELSE name_es END AS other_name
  FROM (SELECT *
          FROM (SELECT *, (code IS NOT DISTINCT FROM 'other')::integer AS last
                  FROM trato.reason) AS reason
         WHERE ($4::text IS NULL OR kind = $4)
           AND ($3::bigint IS NULL
                OR (kind COLLATE "C", reason.last, id) < ($1::text, $2::integer, $3))
         ORDER BY kind COLLATE "C" DESC, reason.last DESC, id DESC
         LIMIT $6::integer) AS page
 ORDER BY kind COLLATE "C", page.last, id;
