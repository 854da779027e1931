-- The page of clients before ($1 folded name, $2 id), in the order of the list; see clients_next.
WITH page AS (
    SELECT s.client_id, s.name_folded
      FROM trato.client_search AS s
     WHERE (s.name_folded, s.client_id) < (coalesce($1::text, chr(1114111)), coalesce($2::bigint, 9223372036854775807))
       AND ($4::text IS NULL
            OR (length(btrim($4)) > 2 AND s.words LIKE (trato.search_patterns($4))[1]
                AND s.words LIKE ALL ((trato.search_patterns($4))[2:]))
            OR (length(btrim($4)) < 3 AND s.name_folded >= trato.fold(btrim($4))
                AND s.name_folded < trato.fold(btrim($4)) || chr(1114111)))
     ORDER BY s.name_folded DESC, s.client_id DESC
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
