-- Every notice that waits for back office, the newest last: compared with what waited at the
-- last look. Never "since": a slow writer's row would be missed.
SELECT 'n' AS kind, id, label, cents, currency FROM trato.pending_notices();
