-- A reason ($1), to change it.
SELECT id, version, kind, code, name_en, name_es, needs_note, active
  FROM trato.reason
 WHERE id = $1::bigint;
