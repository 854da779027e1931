-- $2 the request, $3 the version it was based on, $4 whether it is accepted, $5 a note.
SELECT r->>'id' AS id
  FROM trato.answer_request($1::uuid, $2::bigint, $3::integer, $4::boolean, $5::text) AS r;
