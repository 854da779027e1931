-- Those of these contacts ($1) whose data are blocked or erased.
SELECT id FROM trato.blocked_contacts($1::bigint[]) AS id;
