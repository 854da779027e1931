-- A page of clients in the order of their cities, from the first up: behind ($1 folded city, $2 id).
-- Those without a city are as if it were empty.
WITH page AS (
    SELECT c.id, coalesce(trato.fold(c.city), '') COLLATE "C" AS sort_key
      FROM trato.client AS c
     WHERE (coalesce(trato.fold(c.city), '') COLLATE "C", c.id) > (coalesce($1::text, ''), coalesce($2::bigint, 0))
     ORDER BY coalesce(trato.fold(c.city), '') COLLATE "C", c.id
     LIMIT $3::integer)
SELECT c.id AS key, c.name, c.city, c.tax_id, c.phone, c.archived, page.sort_key
  FROM page JOIN trato.client AS c ON c.id = page.id
 ORDER BY page.sort_key, page.id;
