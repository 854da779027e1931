-- An area ($1), to change it.
SELECT id, version, name, active FROM trato.area WHERE id = $1::bigint;
