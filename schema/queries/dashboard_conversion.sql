-- What became of the offers that were presented for the first time in the period ($1 to $2), of an
-- area ($3) and a rep ($4): each by its last presented revision, so that the parts make the whole.
-- Read in the order of the index that carries all of it.
WITH period AS (
    SELECT today, since::timestamp AT TIME ZONE zone AS begins,
           (until + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT trato.today() AS today, trato.setting_value('timezone') AS zone,
                   coalesce($1::date, (date_trunc('month', trato.today()) - interval '12 months')::date)
                       AS since, coalesce($2::date, trato.today()) AS until OFFSET 0) AS asked),
revision AS (
    SELECT state, currency, cents, valid_until,
           first_value(presented_at) OVER family AS first_at, lead(root_id) OVER family AS later
      FROM trato.figure_offers($3, $4)
     WHERE presented_at IS NOT NULL
    WINDOW family AS (PARTITION BY root_id ORDER BY revision)),
last AS (
    SELECT CASE WHEN state <> 'presented' THEN state
                WHEN valid_until < (SELECT today FROM period) THEN 'expired'
                ELSE 'live' END AS state, count(*) AS offers, sum(cents) AS cents
      FROM revision
     WHERE later IS NULL AND state <> 'superseded'
       AND first_at >= (SELECT begins FROM period) AND first_at < (SELECT ends FROM period)
       AND currency = (SELECT trato.figure_currency())
     GROUP BY 1)
SELECT coalesce(sum(offers), 0)::bigint AS presented, coalesce(sum(cents), 0)::bigint AS presented_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'approved'), 0)::bigint AS approved,
       coalesce(sum(cents) FILTER (WHERE state = 'approved'), 0)::bigint AS approved_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'rejected'), 0)::bigint AS rejected,
       coalesce(sum(cents) FILTER (WHERE state = 'rejected'), 0)::bigint AS rejected_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'withdrawn'), 0)::bigint AS withdrawn,
       coalesce(sum(cents) FILTER (WHERE state = 'withdrawn'), 0)::bigint AS withdrawn_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'expired'), 0)::bigint AS expired,
       coalesce(sum(cents) FILTER (WHERE state = 'expired'), 0)::bigint AS expired_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'live'), 0)::bigint AS live,
       coalesce(sum(cents) FILTER (WHERE state = 'live'), 0)::bigint AS live_cents
  FROM last;
