SELECT r->>'id' AS id, r->>'state' AS state
  FROM trato.close_action($1::uuid, $2::bigint, $3::integer, $4::text, $5::bigint, $6::text) AS r;
