-- Open actions, how many of them are quiet or late with their next step, divisions held, and
-- requests that wait, of an area ($1) and a rep ($2).
WITH open_action AS (
    SELECT id, opened_at, next_step_on
      FROM trato.figure_actions($1, $2)
     WHERE state = 'open')
SELECT (SELECT count(*) FROM open_action) AS open_actions,
       (SELECT count(*) FROM open_action AS a
         WHERE coalesce((SELECT max(c.happened_at) FROM trato.communication AS c
                          WHERE c.action_id = a.id), a.opened_at) < quiet.since) AS quiet_actions,
       quiet.days AS quiet_days,
       (SELECT count(*) FROM open_action WHERE next_step_on < trato.today()) AS overdue_actions,
       (SELECT count(*) FROM trato.hold AS h
         WHERE h.released_at IS NULL AND h.action_id IN (SELECT id FROM open_action)
           AND ($1::bigint IS NULL OR h.division_id IN (SELECT id FROM trato.division
                                                         WHERE area_id = $1))) AS held,
       (SELECT count(*) FROM trato.division
         WHERE active AND ($1::bigint IS NULL OR area_id = $1)) AS divisions,
       (SELECT count(*) FROM trato.request AS r
         WHERE r.state = 'open' AND r.action_id IN (SELECT id FROM open_action)) AS requests
  FROM (SELECT trato.setting_value('quiet_days')::integer AS days,
               now() - make_interval(days => trato.setting_value('quiet_days')::integer)
                   AS since) AS quiet;
