SELECT r->>'id' AS id
  FROM trato.request_collaboration($1::uuid, $2::bigint, $3::text) AS r;
