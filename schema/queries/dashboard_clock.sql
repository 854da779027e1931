-- The server's clock, the period that is asked for ($1, $2: its first and last day; else the last
-- twelve months and this one), the currency of the amounts, and the approvals of this month, of the
-- same days of the last one and of this year, of an area ($3) and a rep ($4).
SELECT to_char(now() AT TIME ZONE trato.setting_value('timezone'), 'HH24:MI:SS') AS clock,
       day.today, coalesce($1::date, (day.month - interval '12 months')::date) AS period_from,
       coalesce($2::date, day.today) AS period_to, day.currency,
       pg_is_in_recovery() AS standby, trato.dashboard_mark() AS mark, approved.*
  FROM (SELECT today, currency, date_trunc('month', today)::date AS month,
               (date_trunc('month', today) - interval '1 month')::date AS last_month,
               (today - interval '1 month')::date AS last_day,
               date_trunc('year', today)::date AS year
          FROM (SELECT trato.today() AS today, trato.figure_currency() AS currency OFFSET 0) AS now
        OFFSET 0) AS day
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(offers) FILTER (WHERE approved_on >= day.month), 0)::bigint
                  AS month_offers,
              coalesce(sum(cents) FILTER (WHERE approved_on >= day.month), 0)::bigint AS month_cents,
              coalesce(sum(offers) FILTER (WHERE approved_on BETWEEN day.last_month AND day.last_day),
                       0)::bigint AS last_month_offers,
              coalesce(sum(cents) FILTER (WHERE approved_on BETWEEN day.last_month AND day.last_day),
                       0)::bigint AS last_month_cents,
              coalesce(sum(offers) FILTER (WHERE approved_on >= day.year), 0)::bigint AS year_offers,
              coalesce(sum(cents) FILTER (WHERE approved_on >= day.year), 0)::bigint AS year_cents
         FROM (SELECT o.approved_on, count(*) AS offers, sum(o.cents) AS cents
                 FROM trato.figure_offers($3, $4) AS o
                WHERE o.state = 'approved' AND o.approved_on >= least(day.year, day.last_month)
                  AND o.currency = day.currency
                GROUP BY o.approved_on) AS days) AS approved;
