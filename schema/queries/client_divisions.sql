-- The divisions of a client ($1): who holds which, since when.
SELECT division_id AS key, name, area, active, status, holder, action_number,
       (held_at AT TIME ZONE trato.setting_value('timezone'))::date AS held_on,
       quiet_days
  FROM trato.division_status
 WHERE client_id = $1::bigint
 ORDER BY NOT active, trato.fold(name), division_id;
