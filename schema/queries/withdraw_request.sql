SELECT r->>'id' AS id FROM trato.withdraw_request($1::uuid, $2::bigint) AS r;
