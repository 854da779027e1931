-- A page of the team's settings by name, before ($1 name).
SELECT id AS key, name, value, meaning
  FROM (SELECT * FROM trato.setting
         WHERE $1::text IS NULL OR name < $1
         ORDER BY name DESC LIMIT $2::integer) AS page
 ORDER BY name;
