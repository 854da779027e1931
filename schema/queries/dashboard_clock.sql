-- The server's clock, the period that is asked for ($1, $2: its first and last day; else the last
-- twelve months and this one), the currency of the amounts, and the approvals of this month, of the
-- same days of the last one and of this year, of an area ($3) and a rep ($4).
SELECT to_char(now() AT TIME ZONE trato.setting_value('timezone'), 'HH24:MI:SS') AS clock,
       day.today, coalesce($1::date, (day.month - interval '12 months')::date) AS period_from,
       coalesce($2::date, day.today) AS period_to, day.currency,
       pg_is_in_recovery() AS standby, trato.dashboard_mark() AS mark, approved.*, last.*
  FROM (SELECT today, currency, date_trunc('month', today)::date AS month,
               (date_trunc('month', today) - interval '1 month')::date AS last_month,
               (today - interval '1 month')::date AS last_day,
               date_trunc('year', today)::date AS year
          FROM (SELECT trato.today() AS today, trato.figure_currency() AS currency OFFSET 0) AS now
        OFFSET 0) AS day
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(f.offers) FILTER (WHERE f.day >= day.month), 0)::bigint AS month_offers,
              coalesce(sum(f.cents) FILTER (WHERE f.day >= day.month), 0) AS month_cents,
              coalesce(sum(f.offers), 0)::bigint AS year_offers,
              coalesce(sum(f.cents), 0) AS year_cents
         FROM trato.figures('{approved}', day.year, NULL, NULL, $3, $4) AS f
        WHERE f.currency = day.currency) AS approved
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(f.offers), 0)::bigint AS last_month_offers,
              coalesce(sum(f.cents), 0) AS last_month_cents
         FROM trato.figures('{approved}', day.last_month, day.last_day, NULL, $3, $4) AS f
        WHERE f.currency = day.currency) AS last;
