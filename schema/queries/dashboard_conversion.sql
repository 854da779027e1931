-- What became of the offers that were presented for the first time in the period ($1 to $2), of an
-- area ($3) and a rep ($4): each by its last presented revision, so that the parts make the whole.
-- A first revision was presented before there could be a second one.
WITH period AS (
    SELECT today, since::timestamp AT TIME ZONE zone AS begins,
           (until + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT trato.today() AS today, trato.setting_value('timezone') AS zone,
                   coalesce($1::date, (date_trunc('month', trato.today()) - interval '12 months')::date)
                       AS since, coalesce($2::date, trato.today()) AS until OFFSET 0) AS asked),
last AS (
    SELECT CASE WHEN o.state <> 'presented' THEN o.state
                WHEN o.valid_until < (SELECT today FROM period) THEN 'expired'
                ELSE 'live' END AS state, o.cents
      FROM trato.figure_offers($3, $4) AS o
      JOIN trato.offer AS root ON root.id = o.root_id
     WHERE root.revision = 1 AND root.presented_at IS NOT NULL
       AND root.presented_at >= (SELECT begins FROM period)
       AND root.presented_at < (SELECT ends FROM period)
       AND o.presented_at IS NOT NULL AND o.state <> 'superseded'
       AND o.currency = (SELECT trato.figure_currency())
       AND NOT EXISTS (SELECT FROM trato.offer AS later
                        WHERE later.root_id = o.root_id AND later.revision > o.revision
                          AND later.presented_at IS NOT NULL))
SELECT count(*) AS presented, coalesce(sum(cents), 0)::bigint AS presented_cents,
       count(*) FILTER (WHERE state = 'approved') AS approved,
       coalesce(sum(cents) FILTER (WHERE state = 'approved'), 0)::bigint AS approved_cents,
       count(*) FILTER (WHERE state = 'rejected') AS rejected,
       coalesce(sum(cents) FILTER (WHERE state = 'rejected'), 0)::bigint AS rejected_cents,
       count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
       coalesce(sum(cents) FILTER (WHERE state = 'withdrawn'), 0)::bigint AS withdrawn_cents,
       count(*) FILTER (WHERE state = 'expired') AS expired,
       coalesce(sum(cents) FILTER (WHERE state = 'expired'), 0)::bigint AS expired_cents,
       count(*) FILTER (WHERE state = 'live') AS live,
       coalesce(sum(cents) FILTER (WHERE state = 'live'), 0)::bigint AS live_cents
  FROM last;
