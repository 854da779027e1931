-- A page of clients in the order of their names, behind ($1 folded name, $2 id). $4 is what was
-- typed: from three letters on beginnings of words of the client or its contacts, below that of
-- the name.
WITH page AS (
    SELECT s.client_id, s.name_folded
      FROM trato.client_search AS s
     WHERE (s.name_folded, s.client_id) > (coalesce($1::text, ''), coalesce($2::bigint, 0))
       AND ($4::text IS NULL
            OR (length(btrim($4)) > 2 AND s.words LIKE (trato.search_patterns($4))[1]
                AND s.words LIKE ALL ((trato.search_patterns($4))[2:]))
            OR (length(btrim($4)) < 3 AND s.name_folded >= trato.fold(btrim($4))
                AND s.name_folded < trato.fold(btrim($4)) || chr(1114111)))
     ORDER BY s.name_folded, s.client_id
     LIMIT $3::integer)
SELECT c.id AS key, c.name, c.city, c.tax_id, c.phone, c.archived, c.name_folded,
       -- Who of the client was meant, where it was not the client.
       (SELECT k.name FROM trato.contact AS k
         WHERE length(btrim($4)) > 2 AND k.client_id = c.id
           AND NOT c.search_text LIKE (trato.search_patterns($4))[1]
           AND concat(' ', trato.search_words(concat_ws(' ', k.name, k.email)), ' ',
                      trato.phone_digits(k.phone), ' ', trato.phone_digits(k.mobile))
               LIKE (trato.search_patterns($4))[1]
         ORDER BY NOT k.active, k.id LIMIT 1) AS contact
  FROM page JOIN trato.client AS c ON c.id = page.client_id
 ORDER BY page.name_folded, page.client_id;
