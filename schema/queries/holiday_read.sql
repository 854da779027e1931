-- A holiday ($1), to change it.
SELECT id, version, day, name, active FROM trato.holiday WHERE id = $1::bigint;
