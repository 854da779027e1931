-- Sales by rep, whose the actions are now: approved in the period ($1 to $2), on the table now, and
-- the open actions; of an area ($3) and a rep ($4). The best first, $5 at
-- most (NULL: all).
WITH money AS (SELECT trato.figure_currency() AS currency),
work AS (
    SELECT o.action_id, count(*) AS offers, sum(o.cents) AS cents, 0 AS presented,
           0 AS presented_cents, 0 AS open_actions
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'approved' AND o.currency = (SELECT currency FROM money)
       AND o.approved_on >= (SELECT coalesce($1::date, (date_trunc('month', trato.today())
                                                        - interval '12 months')::date))
       AND o.approved_on <= (SELECT coalesce($2::date, trato.today()))
     GROUP BY o.action_id
    UNION ALL
    SELECT o.action_id, 0, 0, count(*), sum(o.cents), 0
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'presented' AND o.valid_until >= (SELECT trato.today())
       AND o.currency = (SELECT currency FROM money)
     GROUP BY o.action_id
    UNION ALL
    SELECT a.id, 0, 0, 0, 0, 1
      FROM trato.figure_actions($3, $4) AS a
     WHERE a.state = 'open')
SELECT p.id AS rep_id, p.name AS rep, sum(w.offers)::bigint AS offers, sum(w.cents)::bigint AS cents,
       sum(w.presented)::bigint AS presented, sum(w.presented_cents)::bigint AS presented_cents,
       sum(w.open_actions)::bigint AS open_actions
  FROM work AS w
  JOIN trato.action_member AS m ON m.action_id = w.action_id AND m.is_owner AND m.left_at IS NULL
  JOIN trato.person AS p ON p.id = m.person_id
 GROUP BY p.id, p.name
 ORDER BY 4 DESC, 6 DESC, p.name, p.id
 LIMIT $5::integer;
