SELECT r->>'id' AS id FROM trato.add_collaborator($1::uuid, $2::bigint, $3::bigint) AS r;
