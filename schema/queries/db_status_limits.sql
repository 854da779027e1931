-- The watchdog of `trato db status`, on what a person with psql can take from the others in spite of
-- the limits of his login, which he may lift himself.
SELECT 'running' AS kind, usename AS login, pid, NULL AS number,
       extract(epoch FROM now() - query_start)::bigint AS seconds
  FROM pg_stat_activity JOIN trato.person ON email = usename
 WHERE datname = current_database() AND state = 'active' AND query_start < now() - interval '65 seconds'
UNION ALL
SELECT 'blocking', holder.usename, holder.pid, count(*)::text, NULL
  FROM pg_stat_activity AS waiting
 CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocker
  JOIN pg_stat_activity AS holder ON holder.pid = blocker
 WHERE waiting.wait_event_type = 'Lock' AND waiting.datname = current_database()
   AND waiting.state_change < now() - interval '5 seconds'
 GROUP BY holder.usename, holder.pid
UNION ALL
SELECT 'sessions', usename, NULL, count(*)::text, NULL
  FROM pg_stat_activity JOIN trato.person ON email = usename
 GROUP BY usename HAVING count(*) >= 20
UNION ALL
SELECT 'lifted', email, NULL, array_to_string(ARRAY(
           SELECT setting FROM unnest(setconfig) AS setting
            WHERE setting ~ '^(statement|lock|idle_in_transaction_session)_timeout=0'), ', '), NULL
  FROM trato.person
  JOIN pg_roles ON rolname = email
  JOIN pg_db_role_setting ON setrole = pg_roles.oid
 WHERE array_to_string(setconfig, ' ') ~ '\m(statement|lock|idle_in_transaction_session)_timeout=0'
 ORDER BY 1, 2, 3;
