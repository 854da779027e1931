-- $1 request id, $2 the watcher's name.
SELECT trato.retire_watch($1::uuid, $2::text) AS result;
