-- Says what was missing in a returned notice, which makes it pending again.
SELECT r->>'id' AS id
  FROM trato.answer_notice($1::uuid, $2::bigint, $3::integer, $4::text) AS r;
