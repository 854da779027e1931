-- A message that was read from outside; see log_mail in trato-schema(7). $8 "" has no date.
SELECT r->>'id' AS id, r->>'result' AS result, r->>'action' AS action, r->>'client' AS client,
       r->>'subject' AS subject,
       (SELECT string_agg(name, ', ') FROM jsonb_array_elements_text(r->'clients') AS name) AS clients
  FROM trato.log_mail($1::uuid, $2::text, $3::text[], $4::text[], $5::text, $6::text, $7::text[],
           nullif($8::text, '')::timestamptz, $9::text, $10::text, $11::text, $12::bigint) AS r;
