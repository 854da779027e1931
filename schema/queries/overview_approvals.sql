-- The last approvals, by their notices.
SELECT n.client, n.offer_number, n.currency, n.total_cents, n.rep, n.approved_by, n.state,
       extract(epoch FROM now() - n.made_at)::bigint AS age
  FROM trato.notice_overview AS n
 WHERE n.state <> 'void'
 ORDER BY n.id DESC
 LIMIT 60;
