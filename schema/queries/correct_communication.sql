-- A corrected version of a communication ($2); the old one stays readable.
SELECT r->>'id' AS id
  FROM trato.correct_communication($1::uuid, $2::bigint, $3::bigint, $4::text, $5::text,
           ($6::date + $7::time) AT TIME ZONE trato.setting_value('timezone'), $8::text, $9::text,
           $10::integer, $11::text) AS r;
