SELECT r->>'id' AS id FROM trato.set_aside_mail($1::uuid, $2::bigint, $3::integer, $4::text) AS r;
