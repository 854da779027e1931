-- The active divisions of a client: which are free, and who holds the others since when.
SELECT division_id AS id, name AS label, area, status, holder, action_number,
       (held_at AT TIME ZONE trato.setting_value('timezone'))::date AS held_on, quiet_days,
       status = 'held' AS blocked,
       holder_id = (SELECT trato.my_id()) AS mine
  FROM trato.division_status
 WHERE client_id = $1::bigint AND active
 ORDER BY name;
