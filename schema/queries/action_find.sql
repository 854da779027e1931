-- The action that has the number $1, for a command that is given one.
SELECT id FROM trato.action WHERE number = CASE WHEN $1::text ~ '^[1-9][0-9]{0,17}$' THEN $1::bigint END;
