-- The notices that wait, by state, with the age of the oldest, of an area ($1) and a rep ($2). Their
-- offers are looked up one by one: few wait among all that there are.
SELECT n.state, o.currency, count(*) AS notices,
       sum(n.total_cents - n.invoiced_cents)::bigint AS cents,
       extract(epoch FROM now() - min(n.waits_since))::bigint AS oldest,
       CASE WHEN n.state <> 'pending' THEN 0
            WHEN min(n.waits_since) <= max(limits.alarm) THEN 2
            WHEN min(n.waits_since) <= max(limits.warning) THEN 1 ELSE 0 END AS late
  FROM trato.notice AS n
 CROSS JOIN LATERAL (SELECT currency FROM trato.figure_offers($1, $2)
                      WHERE id = n.offer_id OFFSET 0) AS o
 CROSS JOIN trato.notice_limits() AS limits
 WHERE n.state IN ('pending', 'taken', 'returned', 'partial')
 GROUP BY n.state, o.currency
 ORDER BY array_position('{pending,taken,returned,partial}', n.state), o.currency;
