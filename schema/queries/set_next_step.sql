SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.set_next_step($1::uuid, $2::bigint, $3::integer, $4::text, $5::date) AS r;
