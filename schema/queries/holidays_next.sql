-- A page of the holidays, the latest first, behind ($1 day).
SELECT id AS key, day, name, active
  FROM trato.holiday
 WHERE $1::date IS NULL OR day < $1
 ORDER BY day DESC
 LIMIT $2::integer;
