-- Copies an offer into a draft of its next revision.
SELECT r->>'id' AS id FROM trato.revise_offer($1::uuid, $2::bigint, $3::integer) AS r;
