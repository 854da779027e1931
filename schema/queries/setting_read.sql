-- A setting ($1), to change it.
SELECT id, version, name, value, meaning FROM trato.setting WHERE id = $1::bigint;
