-- The next step of an action as it is now, and the version to base another one on.
SELECT version, next_step, next_step_on FROM trato.action WHERE id = $1::bigint;
