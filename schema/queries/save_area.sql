-- $2 the area, NULL for a new one, $3 the version it was based on, $4 its name, $5 whether it is in
-- use.
SELECT r->>'id' AS id
  FROM trato.save_area($1::uuid, $2::bigint, $3::integer, $4::text, $5::boolean) AS r;
