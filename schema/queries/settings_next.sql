-- A page of the team's settings by name, behind ($1 name).
SELECT id AS key, name, value, meaning
  FROM trato.setting
 WHERE name > coalesce($1::text, '')
 ORDER BY name
 LIMIT $2::integer;
