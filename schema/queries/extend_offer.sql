-- A later validity date.
SELECT r->>'id' AS id
  FROM trato.extend_offer($1::uuid, $2::bigint, $3::integer, $4::date) AS r;
