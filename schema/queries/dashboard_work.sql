-- Open actions, how many of them are quiet or late with their next step, divisions held, and
-- requests that wait, of an area ($1) and a rep ($2). How many divisions there are, is counted up to
-- 100,000; beyond, the server's own estimate is near enough.
WITH open_action AS MATERIALIZED (
    SELECT a.id, a.next_step_on < day.today AS overdue,
           coalesce((SELECT max(c.happened_at) FROM trato.communication AS c
                      WHERE c.action_id = a.id), a.opened_at) < day.quiet_since AS quiet
      FROM trato.figure_actions($1, $2) AS a
     CROSS JOIN (SELECT trato.today() AS today,
                        now() - make_interval(days => trato.setting_value('quiet_days')::integer)
                            AS quiet_since OFFSET 0) AS day
     WHERE a.state = 'open'),
sums AS (
    SELECT count(*) AS open_actions, count(*) FILTER (WHERE quiet) AS quiet_actions,
           count(*) FILTER (WHERE overdue) AS overdue_actions
      FROM open_action)
SELECT sums.open_actions, sums.quiet_actions,
       trato.setting_value('quiet_days')::integer AS quiet_days, sums.overdue_actions,
       (SELECT count(*) FROM trato.hold AS h
         WHERE h.released_at IS NULL
           AND ($2::bigint IS NULL OR h.action_id IN (SELECT id FROM open_action))
           AND ($1::bigint IS NULL OR h.division_id IN (SELECT id FROM trato.division
                                                         WHERE area_id = $1))) AS held,
       CASE WHEN $1::bigint IS NULL
                 AND (SELECT reltuples FROM pg_class WHERE oid = 'trato.division'::regclass) > 100000
            THEN (SELECT reltuples::bigint FROM pg_class WHERE oid = 'trato.division'::regclass)
            ELSE (SELECT count(*) FROM trato.division
                   WHERE active AND ($1::bigint IS NULL OR area_id = $1)) END AS divisions,
       (SELECT count(*) FROM trato.request AS r
         WHERE r.state = 'open' AND r.action_id IN (SELECT id FROM open_action)) AS requests
  FROM sums;
