-- The areas that are in use, for a choice; the empty one first.
SELECT '' AS id, '' AS label
UNION ALL
(SELECT id::text, name FROM trato.area WHERE active ORDER BY name);
