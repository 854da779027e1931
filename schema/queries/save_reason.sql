-- $2 the reason, NULL for a new one, $3 the version it was based on, $4 its kind, $5 its name in
-- English, $6 in Spanish, $7 whether it needs a note, $8 whether it is in use.
SELECT r->>'id' AS id
  FROM trato.save_reason($1::uuid, $2::bigint, $3::integer, $4::text, $5::text, $6::text,
                         $7::boolean, $8::boolean) AS r;
