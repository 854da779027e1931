-- A page of the areas by name, behind ($1 folded name).
SELECT id AS key, trato.fold(name) COLLATE "C" AS folded, name, active
  FROM trato.area
 WHERE $1::text IS NULL OR trato.fold(name) COLLATE "C" > $1
 ORDER BY 2
 LIMIT $2::integer;
