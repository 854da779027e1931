-- From presented to approved, of an area ($3) and a rep ($4): offers presented for the first time in
-- the period ($1 to $2), those decided in it, those whose validity ended in it without an answer,
-- and those on the table now. What was withdrawn before it was presented does not count.
WITH period AS (
    SELECT today, since, until, since::timestamp AT TIME ZONE zone AS begins,
           (until + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT trato.today() AS today, trato.setting_value('timezone') AS zone,
                   coalesce($1::date, (date_trunc('month', trato.today()) - interval '12 months')::date)
                       AS since, coalesce($2::date, trato.today()) AS until OFFSET 0) AS asked),
offers AS (
    SELECT 'first' AS what, o.currency, o.cents
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.revision = 1 AND o.presented_at IS NOT NULL
       AND o.presented_at >= (SELECT begins FROM period)
       AND o.presented_at < (SELECT ends FROM period)
    UNION ALL
    SELECT 'approved', o.currency, o.cents
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'approved' AND o.approved_on >= (SELECT since FROM period)
       AND o.approved_on <= (SELECT until FROM period)
    UNION ALL
    SELECT 'rejected', o.currency, o.cents
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'rejected' AND o.rejected_at >= (SELECT begins FROM period)
       AND o.rejected_at < (SELECT ends FROM period)
    UNION ALL
    SELECT 'withdrawn', o.currency, o.cents
      FROM trato.state_change AS s
      JOIN trato.figure_offers($3, $4) AS o ON o.id = s.row_id
     WHERE s.entity = 'offer' AND s.to_state = 'withdrawn' AND s.from_state = 'presented'
       AND s.at >= (SELECT begins FROM period) AND s.at < (SELECT ends FROM period)
       AND o.state = 'withdrawn'
    UNION ALL
    SELECT CASE WHEN o.valid_until >= (SELECT today FROM period) THEN 'live'
                WHEN o.valid_until BETWEEN (SELECT since FROM period) AND (SELECT until FROM period)
                THEN 'expired' END, o.currency, o.cents
      FROM trato.figure_offers($3, $4) AS o
     WHERE o.state = 'presented'),
counted AS (
    SELECT what, count(*) AS offers, sum(cents)::bigint AS cents
      FROM offers
     WHERE currency = (SELECT trato.figure_currency())
     GROUP BY what)
SELECT coalesce(sum(offers) FILTER (WHERE what = 'first'), 0)::bigint AS presented,
       coalesce(sum(cents) FILTER (WHERE what = 'first'), 0)::bigint AS presented_cents,
       coalesce(sum(offers) FILTER (WHERE what = 'approved'), 0)::bigint AS approved,
       coalesce(sum(cents) FILTER (WHERE what = 'approved'), 0)::bigint AS approved_cents,
       coalesce(sum(offers) FILTER (WHERE what = 'rejected'), 0)::bigint AS rejected,
       coalesce(sum(cents) FILTER (WHERE what = 'rejected'), 0)::bigint AS rejected_cents,
       coalesce(sum(offers) FILTER (WHERE what = 'withdrawn'), 0)::bigint AS withdrawn,
       coalesce(sum(cents) FILTER (WHERE what = 'withdrawn'), 0)::bigint AS withdrawn_cents,
       coalesce(sum(offers) FILTER (WHERE what = 'expired'), 0)::bigint AS expired,
       coalesce(sum(cents) FILTER (WHERE what = 'expired'), 0)::bigint AS expired_cents,
       coalesce(sum(offers) FILTER (WHERE what = 'live'), 0)::bigint AS live,
       coalesce(sum(cents) FILTER (WHERE what = 'live'), 0)::bigint AS live_cents
  FROM counted;
