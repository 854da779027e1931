-- The areas whose name has $1 in it, one that is called just that first.
SELECT id, name, trato.fold(name) = trato.fold($1) AS whole
  FROM trato.area
 WHERE strpos(trato.fold(name), trato.fold($1)) > 0
 ORDER BY whole DESC, name
 LIMIT 2;
