-- Approvals of this month and of the twelve before it, of an area ($1) and a rep ($2).
SELECT to_char(month.first, 'YYYY-MM') AS month, coalesce(sum(f.offers), 0)::bigint AS offers,
       coalesce(sum(f.cents), 0) AS cents
  FROM (SELECT (date_trunc('month', trato.today()) - make_interval(months => ago))::date AS first, ago
          FROM generate_series(12, 0, -1) AS ago OFFSET 0) AS month
  LEFT JOIN (SELECT day, offers, cents
               FROM trato.figures('{approved}', (date_trunc('month', trato.today()) - interval '12 months')::date,
                                  NULL, NULL, $1, $2)
              WHERE currency = (SELECT trato.figure_currency())) AS f
         ON f.day >= month.first AND f.day < month.first + interval '1 month'
 GROUP BY month.first, month.ago
 ORDER BY month.ago DESC;
