-- For `trato db status`, as the database's administrator.
WITH last_version AS (
    SELECT client_min, client_max FROM trato.schema_version ORDER BY version DESC LIMIT 1)
SELECT current_database() AS database, current_setting('server_version') AS server,
       last_version.client_min, last_version.client_max,
       (SELECT count(*) FILTER (WHERE active) FROM trato.person) AS active,
       (SELECT count(*) FILTER (WHERE NOT active) FROM trato.person) AS disabled,
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS sessions,
       current_setting('max_connections') AS sessions_max,
       round(pg_notification_queue_usage() * 100) AS queue_percent,
       pg_size_pretty(pg_database_size(current_database())) AS size
  FROM last_version;
