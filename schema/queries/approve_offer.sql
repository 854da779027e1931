-- The client has accepted: approves and tells back office.
SELECT r->>'id' AS id, (r->>'action_can_be_won')::boolean AS can_be_won
  FROM trato.approve_offer($1::uuid, $2::bigint, $3::integer, $4::date, $5::text, $6::text) AS r;
