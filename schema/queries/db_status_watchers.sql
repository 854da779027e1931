-- For `trato db status`, as the database's administrator: each watcher but those that
-- were retired, and what it was not given yet.
SELECT watcher.name, turn.place, turn.until > now() AS at_work,
       extract(epoch FROM now() - turn.seen_at)::bigint AS seconds,
       (SELECT count(*) FROM trato.delivery AS d
         WHERE d.watcher_id = watcher.id AND d.state = 'given') AS given,
       (SELECT count(*) FROM trato.notice
         WHERE notice.id > turn.done_through AND notice.made_at >= watcher.since
           AND notice.id <> ALL (watcher.found)
           AND NOT EXISTS (SELECT FROM trato.delivery AS d WHERE d.watcher_id = watcher.id
                              AND d.notice_id = notice.id AND d.state = 'given')) AS waiting,
       failed.notice_id, failed.tries, failed.message
  FROM trato.watcher
  JOIN trato.watcher_turn AS turn ON turn.watcher_id = watcher.id
  LEFT JOIN LATERAL (SELECT notice_id, tries, message FROM trato.delivery AS d
                      WHERE d.watcher_id = watcher.id AND d.state = 'failed'
                      ORDER BY tries DESC, notice_id LIMIT 1) AS failed ON true
 WHERE watcher.retired_at IS NULL
 ORDER BY watcher.name;
