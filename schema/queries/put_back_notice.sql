-- $2 the notice, $3 the version it was based on.
SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.put_back_notice($1::uuid, $2::bigint, $3::integer) AS r;
