SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.save_action($1::uuid, $2::bigint, $3::integer, $4::text, $5::date, $6::text) AS r;
