SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.reopen_action($1::uuid, $2::bigint, $3::integer, $4::text) AS r;
