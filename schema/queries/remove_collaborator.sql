SELECT r->>'id' AS id FROM trato.remove_collaborator($1::uuid, $2::bigint, $3::bigint) AS r;
