-- The client of an action.
SELECT client_id FROM trato.action WHERE id = $1::bigint;
