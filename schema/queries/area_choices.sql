-- The areas that are in use, for a choice.
SELECT id::text, name AS label FROM trato.area WHERE active ORDER BY name;
