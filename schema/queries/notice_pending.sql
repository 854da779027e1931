-- Every notice that waits for back office, the newest last: compared with what waited at the
-- last look. Never "since": a slow writer's row would be missed. All ask it at once at a doorbell,
-- so it is of one table; who they are of says notice_named.sql.
SELECT 'n' AS kind, id FROM trato.notice
 WHERE state = 'pending' AND (SELECT trato.has_role('backoffice'))
 ORDER BY waits_since, notice.id;
