-- The client has said no, for a reason ($4).
SELECT r->>'id' AS id
  FROM trato.reject_offer($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::text) AS r;
