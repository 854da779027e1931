-- A page of the areas by name, before ($1 folded name).
SELECT key, folded, name, active
  FROM (SELECT id AS key, trato.fold(name) COLLATE "C" AS folded, name, active
          FROM trato.area
         WHERE $1::text IS NULL OR trato.fold(name) COLLATE "C" < $1
         ORDER BY 2 DESC
         LIMIT $2::integer) AS page
 ORDER BY folded;
