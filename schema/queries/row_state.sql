-- The version and the state of a row ($2) of one of the tables ($1) whose rows have states, as they
-- are now.
SELECT version, state FROM trato.action WHERE $1::name = 'action' AND id = $2::bigint
UNION ALL
SELECT version, state FROM trato.offer WHERE $1::name = 'offer' AND id = $2::bigint
UNION ALL
SELECT version, state FROM trato.notice WHERE $1::name = 'notice' AND id = $2::bigint
UNION ALL
SELECT version, state FROM trato.request WHERE $1::name = 'request' AND id = $2::bigint
UNION ALL
SELECT version, state FROM trato.mail_overview WHERE $1::name = 'mail' AND id = $2::bigint;
