-- For `trato db status`: which of several servers this is. How far a standby is behind can be told
-- only while it has something to replay.
SELECT pg_is_in_recovery() AS standby,
       CASE WHEN pg_last_wal_receive_lsn() IS DISTINCT FROM pg_last_wal_replay_lsn()
            THEN extract(epoch FROM now() - pg_last_xact_replay_timestamp())::bigint
            ELSE 0 END AS behind,
       current_setting('synchronous_standby_names') AS awaited,
       (SELECT string_agg(application_name || ' (' || sync_state || ')', ', '
                          ORDER BY application_name)
          FROM pg_stat_replication WHERE state = 'streaming') AS standbys,
       (SELECT count(*) FROM pg_stat_replication
         WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum')) AS waiting_for;
