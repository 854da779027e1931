SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.take_notice($1::uuid, $2::bigint) AS r;
