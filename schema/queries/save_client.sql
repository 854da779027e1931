-- A new client ($2 NULL) or a changed one that was read in version $3.
SELECT result ->> 'id' AS id, result ->> 'name' AS name, result ->> 'version' AS version
  FROM trato.save_client($1::uuid, $2::bigint, $3::integer, $4::text, $5::text, $6::text, $7::text,
                         $8::text, $9::text, $10::text, $11::text, $12::text, $13::text,
                         $14::text) AS result;
