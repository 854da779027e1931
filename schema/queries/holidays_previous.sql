-- A page of the holidays, the latest first, before ($1 day).
SELECT id AS key, day, name, active
  FROM (SELECT * FROM trato.holiday
         WHERE $1::date IS NULL OR day > $1
         ORDER BY day LIMIT $2::integer) AS page
 ORDER BY day DESC;
