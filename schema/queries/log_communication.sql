-- Logs a communication on the day and at the hour ($6, $7) of the office; where $12 is true with
-- it the action's next step, based on that version ($13).
SELECT r->>'id' AS id
  FROM trato.log_communication($1::uuid, $2::bigint, $3::bigint, $4::text, $5::text,
           ($6::date + $7::time) AT TIME ZONE trato.setting_value('timezone'), $8::text, $9::text,
           $10::integer, $11::text, $16::text, $12::boolean, $13::integer, $14::text, $15::date) AS r;
