SELECT id, client_id, name, area_id AS area, notes, active, version
  FROM trato.division WHERE id = $1::bigint;
