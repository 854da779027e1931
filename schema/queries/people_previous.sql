-- A page of the people by name, before ($1 folded name, $2 id). $4 is what was typed, $5 which ones:
-- all, active or disabled.
SELECT page.id AS key, page.folded, page.name, page.email,
       array_to_string(page.roles, ',') AS roles, page.active, page.must_change_password
  FROM (SELECT *
          FROM (SELECT *, trato.fold(name) COLLATE "C" AS folded FROM trato.person) AS p
         WHERE ($4::text IS NULL OR strpos(p.folded, trato.fold(btrim($4))) > 0
                OR strpos(p.email, lower(btrim($4))) > 0)
           AND ($5::text = 'all' OR p.active = ($5 = 'active'))
           AND ($2::bigint IS NULL OR (p.folded, p.id) < ($1::text, $2))
         ORDER BY p.folded DESC, p.id DESC
         LIMIT $3::integer) AS page
 ORDER BY page.folded, page.id;
