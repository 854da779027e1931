-- Open actions, how many of them are quiet, divisions held, requests that wait, and the server's
-- time.
SELECT (SELECT count(*) FROM trato.action WHERE state = 'open') AS open_actions,
       (SELECT count(*) FROM trato.action AS a
         WHERE a.state = 'open'
           AND coalesce((SELECT max(c.happened_at) FROM trato.communication AS c
                          WHERE c.action_id = a.id), a.opened_at) < quiet.since) AS quiet_actions,
       (SELECT count(*) FROM trato.action
         WHERE state = 'open' AND next_step_on < trato.today()) AS overdue_actions,
       quiet.days AS quiet_days,
       (SELECT count(*) FROM trato.hold WHERE released_at IS NULL) AS held,
       (SELECT count(*) FROM trato.division WHERE active) AS divisions,
       to_char(now() AT TIME ZONE trato.setting_value('timezone'), 'HH24:MI:SS') AS clock,
       trato.today() AS today
  FROM (SELECT trato.setting_value('quiet_days')::integer AS days,
               now() - make_interval(days => trato.setting_value('quiet_days')::integer)
                   AS since) AS quiet;
