SELECT r->>'state' AS state, r->>'wait' AS wait
  FROM trato.end_delivery($1::uuid, $2::bigint, $3::integer, $4::boolean, $5::text) AS r;
