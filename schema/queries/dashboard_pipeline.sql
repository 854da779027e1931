-- Offers by state: those that are live now, and those that were decided in the period ($1 to $2),
-- of an area ($3) and a rep ($4). Each state is read from its own index and nothing else.
WITH period AS (
    SELECT today, since, until, since::timestamp AT TIME ZONE zone AS begins,
           (until + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT trato.today() AS today, trato.setting_value('timezone') AS zone,
                   coalesce($1::date, (date_trunc('month', trato.today()) - interval '12 months')::date)
                       AS since, coalesce($2::date, trato.today()) AS until OFFSET 0) AS asked),
counted AS (
    SELECT CASE WHEN o.state = 'presented' AND o.valid_until < (SELECT today FROM period)
                THEN 'expired' ELSE o.state END AS state,
           o.currency, count(*) AS offers, sum(o.cents) AS cents
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state IN ('draft', 'presented')
     GROUP BY 1, 2
    UNION ALL
    SELECT 'approved', o.currency, count(*), sum(o.cents)
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'approved' AND o.approved_on >= (SELECT since FROM period)
       AND o.approved_on <= (SELECT until FROM period)
     GROUP BY 2
    UNION ALL
    SELECT 'rejected', o.currency, count(*), sum(o.cents)
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'rejected' AND o.rejected_at >= (SELECT begins FROM period)
       AND o.rejected_at < (SELECT ends FROM period)
     GROUP BY 2
    UNION ALL
    SELECT 'withdrawn', o.currency, count(*), sum(o.cents)
      FROM trato.state_change AS s
      JOIN trato.figure_offers($3, $4) AS o ON o.id = s.row_id
     WHERE s.entity = 'offer' AND s.to_state = 'withdrawn'
       AND s.at >= (SELECT begins FROM period) AND s.at < (SELECT ends FROM period)
       AND o.state = 'withdrawn'
     GROUP BY 2)
SELECT state, currency, sum(offers)::bigint AS offers, sum(cents)::bigint AS cents
  FROM counted
 GROUP BY state, currency
 ORDER BY array_position('{draft,presented,expired,approved,rejected,withdrawn}', state),
          currency <> 'EUR', currency;
