-- What became of the offers that were presented for the first time in the period ($1 to $2), of an
-- area ($3) and a rep ($4): each by its last presented revision, so that the parts make the whole.
WITH asked AS (SELECT trato.today() AS today, trato.figure_currency() AS currency OFFSET 0),
last AS (
    SELECT CASE WHEN f.kind <> 'offered_presented' THEN f.kind
                WHEN f.until < asked.today THEN 'expired'
                ELSE 'live' END AS state, sum(f.offers) AS offers, sum(f.cents) AS cents
      FROM asked, trato.figures('{offered_presented,offered_approved,offered_rejected,offered_withdrawn}',
               coalesce($1::date, (date_trunc('month', today) - interval '12 months')::date),
               nullif(coalesce($2::date, today), today), NULL, $3, $4) AS f
     WHERE f.currency = asked.currency
     GROUP BY 1)
SELECT coalesce(sum(offers), 0)::bigint AS presented, coalesce(sum(cents), 0) AS presented_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'offered_approved'), 0)::bigint AS approved,
       coalesce(sum(cents) FILTER (WHERE state = 'offered_approved'), 0) AS approved_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'offered_rejected'), 0)::bigint AS rejected,
       coalesce(sum(cents) FILTER (WHERE state = 'offered_rejected'), 0) AS rejected_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'offered_withdrawn'), 0)::bigint AS withdrawn,
       coalesce(sum(cents) FILTER (WHERE state = 'offered_withdrawn'), 0) AS withdrawn_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'expired'), 0)::bigint AS expired,
       coalesce(sum(cents) FILTER (WHERE state = 'expired'), 0) AS expired_cents,
       coalesce(sum(offers) FILTER (WHERE state = 'live'), 0)::bigint AS live,
       coalesce(sum(cents) FILTER (WHERE state = 'live'), 0) AS live_cents
  FROM last;
