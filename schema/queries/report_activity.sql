-- For `trato report activity`: what was done in each week of the period ($1 to $2), by whom, in the
-- actions of an area ($3), of one person ($4). Communications are their author's, in their last
-- version; actions are their owner's.
WITH period AS (
    SELECT zone, since::timestamp AT TIME ZONE zone AS begins,
           (until + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT trato.setting_value('timezone') AS zone,
                   coalesce($1::date, (date_trunc('month', trato.today()) - interval '12 months')::date)
                       AS since, coalesce($2::date, trato.today()) AS until OFFSET 0) AS asked),
deed AS (
    SELECT c.happened_at AS at, c.author_id AS person_id, c.channel AS what
      FROM trato.communication AS c
     WHERE c.happened_at >= (SELECT begins FROM period)
       AND c.happened_at < (SELECT ends FROM period)
       AND ($3::bigint IS NULL OR c.action_id IN (SELECT id FROM trato.figure_actions($3, NULL)))
       AND ($4::bigint IS NULL OR c.author_id = $4)
       AND NOT EXISTS (SELECT FROM trato.communication AS later WHERE later.corrects_id = c.id)
    UNION ALL
    SELECT a.opened_at, m.person_id, 'opened'
      FROM trato.figure_actions($3, $4) AS a
      LEFT JOIN trato.action_member AS m ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
     WHERE a.opened_at >= (SELECT begins FROM period) AND a.opened_at < (SELECT ends FROM period)
    UNION ALL
    SELECT a.closed_at, m.person_id, a.state
      FROM trato.figure_actions($3, $4) AS a
      LEFT JOIN trato.action_member AS m ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
     WHERE a.closed_at >= (SELECT begins FROM period) AND a.closed_at < (SELECT ends FROM period))
SELECT date_trunc('week', deed.at AT TIME ZONE period.zone)::date AS week, p.name AS person,
       count(*) FILTER (WHERE what = 'email') AS email,
       count(*) FILTER (WHERE what = 'letter') AS letter,
       count(*) FILTER (WHERE what = 'phone') AS phone,
       count(*) FILTER (WHERE what = 'visit') AS visit,
       count(*) FILTER (WHERE what = 'meeting') AS meeting,
       count(*) FILTER (WHERE what = 'message') AS message,
       count(*) FILTER (WHERE what = 'other') AS other,
       count(*) FILTER (WHERE what = 'opened') AS opened,
       count(*) FILTER (WHERE what = 'won') AS won,
       count(*) FILTER (WHERE what = 'lost') AS lost,
       count(*) FILTER (WHERE what = 'cancelled') AS cancelled
  FROM deed
 CROSS JOIN period
  LEFT JOIN trato.person AS p ON p.id = deed.person_id
 GROUP BY week, deed.person_id, p.name
 ORDER BY week, p.name, deed.person_id;
