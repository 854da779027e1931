SELECT r->>'id' AS id FROM trato.hold_divisions($1::uuid, $2::bigint, $3::bigint[]) AS r;
