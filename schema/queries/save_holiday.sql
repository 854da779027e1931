-- $2 the holiday, NULL for a new one, $3 the version it was based on, $4 the day, $5 its name, $6
-- whether it is one.
SELECT r->>'id' AS id
  FROM trato.save_holiday($1::uuid, $2::bigint, $3::integer, $4::date, $5::text, $6::boolean) AS r;
