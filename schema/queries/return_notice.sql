-- $2 the notice, $3 the version it was based on, $4 reason, $5 note.
SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.return_notice($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::text) AS r;
