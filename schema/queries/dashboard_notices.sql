-- The notices that wait, by state, with the age of the oldest, of an area ($1), with its part of what is
-- not invoiced yet, and a rep ($2). Which is the oldest, is looked up from the first month on that has one.
WITH waiting AS (
    SELECT kind, state, currency, sum(offers)::bigint AS notices, sum(cents) AS cents,
           min(month) AS first
      FROM (SELECT kind, substr(kind, 8) AS state, currency, date_trunc('month', day::timestamp) AS month,
                   sum(offers) AS offers, sum(cents) AS cents
              FROM trato.figures('{notice_pending,notice_taken,notice_returned,notice_partial}',
                                 NULL, NULL, NULL, $1, $2)
             GROUP BY kind, currency, month) AS months
     WHERE offers > 0
     GROUP BY kind, state, currency)
SELECT w.state, w.currency, w.notices, w.cents,
       extract(epoch FROM now() - oldest.waits_since)::bigint AS oldest,
       CASE WHEN w.state <> 'pending' THEN 0
            WHEN oldest.waits_since <= limits.alarm THEN 2
            WHEN oldest.waits_since <= limits.warning THEN 1 ELSE 0 END AS late
  FROM waiting AS w
 CROSS JOIN trato.notice_limits() AS limits
 CROSS JOIN LATERAL (
       SELECT n.waits_since
         FROM trato.notice AS n
        WHERE n.state = w.state AND n.state IN ('pending', 'taken', 'returned', 'partial')
          AND n.waits_since >= w.first AT TIME ZONE trato.setting_value('timezone')
          AND EXISTS (SELECT FROM trato.offer AS o
                       WHERE o.id = n.offer_id AND o.currency = w.currency OFFSET 0)
          AND ($1::bigint IS NULL
               OR EXISTS (SELECT FROM trato.offer_division AS od
                            JOIN trato.division AS d ON d.id = od.division_id
                           WHERE od.offer_id = n.offer_id AND d.area_id = $1 OFFSET 0))
          AND ($2::bigint IS NULL
               OR EXISTS (SELECT FROM trato.action_member AS m
                           WHERE m.action_id = n.action_id AND m.person_id = $2 AND m.is_owner
                             AND m.left_at IS NULL OFFSET 0))
        ORDER BY n.waits_since
        LIMIT 1) AS oldest
 ORDER BY array_position('{pending,taken,returned,partial}', w.state), w.currency;
