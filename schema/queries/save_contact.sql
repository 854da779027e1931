-- $2 the contact, NULL for a new one; $3 the version it was based on; $4 its client.
SELECT r->>'id' AS id, r->>'name' AS name, r->>'version' AS version
  FROM trato.save_contact($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::text, $6::text,
                          $7::text, $8::text, $9::text, $10::text, $11::boolean) AS r;
