-- A page of the asker's actions, those with the earliest next step first, then the newest;
-- behind ($1 due, $2 number). $4 is what was typed, $5 which ones: mine, shared or closed.
WITH page AS (
    SELECT a.id, a.number, a.client_id, a.title, a.state, a.opened_at, a.closed_at, a.next_step,
           a.next_step_on, a.expected_close, a.version, found.at AS due
      FROM trato.found_own_actions($4::text, $5::text, 'due', true, $3::integer, $1::text, $2::bigint)
           AS found
      JOIN trato.action AS a ON a.id = found.id)
SELECT page.id AS key, page.number, page.due, page.client_id, client.name AS client, page.title,
       page.state, page.next_step, page.next_step_on, page.next_step_on < (SELECT trato.today()) AS overdue,
       page.expected_close, page.closed_at::date AS closed_on, page.version, person.name AS owner,
       held.divisions, held.first_division, offers.drafts, offers.presented, offers.expired,
       offers.approved,
       offers.cents,
       floor(extract(epoch FROM now() - contact.last_at))::bigint AS contact_age,
       page.state = 'open' AND coalesce(contact.last_at, page.opened_at)
           < now() - make_interval(days => (SELECT trato.setting_value('quiet_days')::integer)) AS quiet,
       floor(extract(epoch FROM now() - coalesce(contact.last_at, page.opened_at)))::bigint
           AS quiet_age
  FROM page
  JOIN trato.client ON client.id = page.client_id
  LEFT JOIN trato.action_member AS owner
         ON owner.action_id = page.id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN trato.person ON person.id = owner.person_id
  CROSS JOIN LATERAL (
       SELECT count(*) AS divisions, min(division.name) AS first_division
         FROM trato.hold JOIN trato.division ON division.id = hold.division_id
        WHERE hold.action_id = page.id
          AND (hold.released_at IS NULL OR hold.released_by_closing)) AS held
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state = 'draft') AS drafts,
              count(*) FILTER (WHERE offer.state = 'presented') AS presented,
              count(*) FILTER (WHERE offer.state = 'presented'
                                 AND offer.valid_until < (SELECT trato.today())) AS expired,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              coalesce(sum(offer.total_cents)
                       FILTER (WHERE offer.state IN ('draft', 'presented', 'approved')), 0)
                  AS cents
         FROM trato.offer WHERE offer.action_id = page.id) AS offers
  CROSS JOIN LATERAL (
       SELECT max(communication.happened_at) AS last_at
         FROM trato.communication WHERE communication.action_id = page.id) AS contact
 ORDER BY page.due, page.number DESC;
