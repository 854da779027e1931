-- Sales by rep, whose the actions are now: approved in the period ($1 to $2), on the table now, and
-- the open actions; of an area ($3) and a rep ($4). The best first, $5 at
-- most (NULL: all).
WITH asked AS (SELECT trato.today() AS today, trato.figure_currency() AS currency OFFSET 0),
work AS (
    SELECT f.rep_id, f.offers, f.cents, 0 AS presented, 0 AS presented_cents, 0 AS open_actions
      FROM asked, trato.figures('{approved}',
               coalesce($1::date, (date_trunc('month', today) - interval '12 months')::date),
               nullif(coalesce($2::date, today), today), 'rep', $3, $4) AS f
     WHERE f.currency = asked.currency
    UNION ALL
    SELECT f.rep_id, 0, 0, f.offers, f.cents, 0
      FROM asked, trato.figures('{presented}', today, NULL, 'rep', $3, $4) AS f
     WHERE f.currency = asked.currency
    UNION ALL
    SELECT f.rep_id, 0, 0, 0, 0, f.offers
      FROM trato.figures('{open}', NULL, NULL, 'rep', $3, $4) AS f),
sums AS (
    SELECT rep_id, sum(offers)::bigint AS offers, sum(cents) AS cents,
           sum(presented)::bigint AS presented, sum(presented_cents) AS presented_cents,
           sum(open_actions)::bigint AS open_actions
      FROM work
     GROUP BY rep_id
    HAVING sum(offers) > 0 OR sum(presented) > 0 OR sum(open_actions) > 0)
SELECT sums.rep_id, p.name AS rep, offers, cents, presented, presented_cents, open_actions
  FROM sums
  JOIN trato.person AS p ON p.id = sums.rep_id
 ORDER BY cents DESC, presented_cents DESC, p.name, p.id
 LIMIT $5::integer;
