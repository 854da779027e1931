SELECT r->>'id' AS id FROM trato.hear_answer($1::uuid, $2::bigint) AS r;
