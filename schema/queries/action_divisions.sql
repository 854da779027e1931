-- The active divisions of an action's client that the action does not hold: which are free, and
-- who holds the others since when. The columns are those of division_status.
SELECT d.division_id AS id, d.name AS label, d.area, d.status, d.holder, d.action_number,
       (d.held_at AT TIME ZONE trato.setting_value('timezone'))::date AS held_on, d.quiet_days,
       d.status = 'held' AS blocked,
       d.holder_id = (SELECT trato.my_id()) AS mine
  FROM trato.action AS a
  -- Asked for that client alone: joined, the view would be read from end to end.
 CROSS JOIN LATERAL (SELECT * FROM trato.division_status WHERE client_id = a.client_id OFFSET 0) AS d
 WHERE a.id = $1::bigint AND d.active AND d.action_number IS DISTINCT FROM a.number
 ORDER BY d.name;
