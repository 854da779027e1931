-- The watchdog of `trato db status`: what no grant can forbid a person with psql to do, such as
-- sitting in a transaction. Listeners would then never get their notifications.
SELECT usename AS login, pid, state,
       extract(epoch FROM now() - xact_start)::bigint AS seconds
  FROM pg_stat_activity
 WHERE datname = current_database() AND backend_type = 'client backend'
   AND xact_start < now() - interval '1 minute'
 ORDER BY xact_start;
