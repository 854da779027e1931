-- Open actions, how many of them are quiet or late with their next step, divisions held, and
-- requests that wait, of an area ($1) and a rep ($2). How many divisions there are, is counted up to
-- 100,000; beyond, the server's own estimate is near enough.
WITH asked AS (
    SELECT trato.today() AS today, trato.setting_value('quiet_days')::integer AS quiet_days OFFSET 0),
-- The open actions of the area: as kept, but for those that have changed since.
concerned AS MATERIALIZED (
    SELECT p.action_id
      FROM trato.figure_part AS p
     WHERE p.kind = 'open' AND p.area_id = $1
       AND p.action_id NOT IN (SELECT action_id FROM trato.figure_mark)
    UNION
    SELECT m.action_id
      FROM trato.figure_mark AS m
      JOIN trato.hold AS h ON h.action_id = m.action_id
      JOIN trato.division AS d ON d.id = h.division_id
     WHERE d.area_id = $1),
estimate AS MATERIALIZED (
    SELECT (c.reltuples * CASE WHEN $1::bigint IS NULL THEN 1 ELSE coalesce(
               (SELECT s.most_common_freqs[array_position(s.most_common_vals::text::bigint[], $1)]
                  FROM pg_stats AS s
                 WHERE s.schemaname = 'trato' AND s.tablename = 'division' AND s.attname = 'area_id'),
               0) END)::bigint AS divisions
      FROM pg_class AS c WHERE c.oid = 'trato.division'::regclass),
counted AS (
    SELECT coalesce(sum(offers) FILTER (WHERE kind = 'open'), 0)::bigint AS open_actions,
           coalesce(sum(offers) FILTER (WHERE kind = 'held'), 0)::bigint AS held
      FROM trato.figures('{open,held}', NULL, NULL, NULL, $1, $2))
SELECT counted.open_actions,
       (SELECT count(*) FROM trato.action_contact AS k
         WHERE k.is_open AND k.since < now() - make_interval(days => asked.quiet_days)
           AND ($1::bigint IS NULL
                OR k.action_id IN (SELECT action_id FROM concerned))
           AND ($2::bigint IS NULL
                OR k.action_id IN (SELECT m.action_id FROM trato.action_member AS m
                                    WHERE m.person_id = $2 AND m.is_owner AND m.left_at IS NULL)))
           AS quiet_actions,
       asked.quiet_days,
       (SELECT count(*) FROM trato.action AS a
         WHERE a.state = 'open' AND a.next_step_on < asked.today
           AND ($1::bigint IS NULL
                OR a.id IN (SELECT action_id FROM concerned))
           AND ($2::bigint IS NULL
                OR a.id IN (SELECT m.action_id FROM trato.action_member AS m
                             WHERE m.person_id = $2 AND m.is_owner AND m.left_at IS NULL)))
           AS overdue_actions,
       counted.held,
       CASE WHEN (SELECT divisions FROM estimate) > 100000 THEN (SELECT divisions FROM estimate)
            ELSE (SELECT count(*) FROM trato.division
                   WHERE active AND ($1::bigint IS NULL OR area_id = $1)) END AS divisions,
       (SELECT count(*) FROM trato.request AS r
          JOIN trato.action AS a ON a.id = r.action_id
         WHERE r.state = 'open' AND a.state = 'open'
           AND ($1::bigint IS NULL OR a.id IN (SELECT action_id FROM concerned))
           AND ($2::bigint IS NULL
                OR a.id IN (SELECT m.action_id FROM trato.action_member AS m
                             WHERE m.person_id = $2 AND m.is_owner AND m.left_at IS NULL)))
           AS requests
  FROM asked, counted;
