SELECT r->>'id' AS id FROM trato.release_division($1::uuid, $2::bigint, $3::bigint) AS r;
