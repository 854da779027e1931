-- Offers by state: numbers, amounts, and those approved this month. A revision that another one
-- replaced is left out: its amount stands in the later one.
SELECT CASE WHEN o.state = 'presented' AND o.valid_until < day.today THEN 'expired'
            ELSE o.state END AS state, o.currency, count(*) AS offers,
       sum(o.total_cents)::bigint AS cents,
       count(*) FILTER (WHERE o.approved_on >= day.month) AS month_offers,
       coalesce(sum(o.total_cents) FILTER (WHERE o.approved_on >= day.month), 0)::bigint
           AS month_cents
  FROM trato.offer AS o
  CROSS JOIN (SELECT trato.today() AS today,
                     date_trunc('month', trato.today())::date AS month) AS day
 WHERE o.state <> 'superseded'
 GROUP BY 1, 2
 ORDER BY o.currency <> 'EUR', o.currency, 1;
