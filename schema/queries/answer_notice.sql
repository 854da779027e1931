-- $2 the notice, $3 the version it was based on, $4 what was missing.
SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.answer_notice($1::uuid, $2::bigint, $3::integer, $4::text) AS r;
