-- The action that has the number $1, for a command that is given one.
SELECT id FROM trato.action WHERE number::text = $1::text;
