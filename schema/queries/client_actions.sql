-- The actions of a client ($1) that the asker may see: the open ones, then the newest.
SELECT a.id AS key, a.number, a.title, a.state, a.owner, a.divisions, a.drafts, a.presented,
       (SELECT count(*) FROM trato.offer
         WHERE offer.action_id = a.id AND offer.state = 'presented'
           AND offer.valid_until < trato.today()) AS expired,
       a.approved, a.live_cents, a.approved_cents, a.next_step, a.next_step_on,
       a.next_step_on < trato.today() AS overdue,
       (a.opened_at AT TIME ZONE trato.setting_value('timezone'))::date AS opened_on,
       extract(epoch FROM now() - a.last_contact_at)::bigint AS contact_age
  FROM trato.action_overview AS a
 WHERE a.client_id = $1::bigint
 ORDER BY a.state <> 'open', a.number DESC
 LIMIT 200;
