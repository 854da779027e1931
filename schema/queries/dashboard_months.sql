-- Approvals of this month and of the twelve before it, of an area ($1) and a rep ($2).
SELECT to_char(month.first, 'YYYY-MM') AS month, coalesce(sum(days.offers), 0)::bigint AS offers,
       coalesce(sum(days.cents), 0)::bigint AS cents
  FROM (SELECT (date_trunc('month', trato.today()) - make_interval(months => ago))::date AS first, ago
          FROM generate_series(12, 0, -1) AS ago OFFSET 0) AS month
  LEFT JOIN (SELECT o.approved_on, count(*) AS offers, sum(o.cents) AS cents
               FROM trato.figure_offers($1, $2) AS o
              WHERE o.state = 'approved'
                AND o.approved_on >= (SELECT (date_trunc('month', trato.today()) - interval '12 months')::date)
                AND o.currency = (SELECT trato.figure_currency())
              GROUP BY o.approved_on) AS days
         ON days.approved_on >= month.first
        AND days.approved_on < month.first + interval '1 month'
 GROUP BY month.first, month.ago
 ORDER BY month.ago DESC;
