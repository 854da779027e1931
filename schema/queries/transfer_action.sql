SELECT r->>'id' AS id FROM trato.transfer_action($1::uuid, $2::bigint, $3::bigint) AS r;
