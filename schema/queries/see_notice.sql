SELECT r->>'id' AS id FROM trato.see_notice($1::uuid, $2::bigint) AS r;
