-- What notice_pending.sql says, with client and amount of each.
SELECT 'n' AS kind, id, label, cents, currency FROM trato.pending_notices();
