-- Approvals of this month and of the twelve before it, of an area ($1) and a rep ($2).
SELECT to_char(month.first, 'YYYY-MM') AS month, coalesce(approved.offers, 0) AS offers,
       coalesce(approved.cents, 0) AS cents
  FROM (SELECT (date_trunc('month', trato.today()) - make_interval(months => ago))::date AS first, ago
          FROM generate_series(12, 0, -1) AS ago) AS month
  LEFT JOIN (SELECT date_trunc('month', o.approved_on)::date AS first, count(*) AS offers,
                    sum(o.cents)::bigint AS cents
               FROM trato.figure_offers($1, $2) AS o
              WHERE o.state = 'approved'
                AND o.approved_on >= (SELECT (date_trunc('month', trato.today()) - interval '12 months')::date)
                AND o.currency = (SELECT trato.figure_currency())
              GROUP BY 1) AS approved USING (first)
 ORDER BY month.ago DESC;
