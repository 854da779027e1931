-- The actions of a client ($1) that the asker may see: the open ones, then the newest. Of the columns of
-- action_overview only these, and each table once.
SELECT a.id AS key, a.number, a.title, a.state,
       (SELECT person.name FROM trato.action_member AS m JOIN trato.person ON person.id = m.person_id
         WHERE m.action_id = a.id AND m.is_owner AND m.left_at IS NULL) AS owner,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM trato.hold JOIN trato.division ON division.id = hold.division_id
         WHERE hold.action_id = a.id
           AND (hold.released_at IS NULL OR hold.released_by_closing)) AS divisions,
       offers.drafts, offers.presented, offers.expired, offers.approved, offers.live_cents,
       offers.approved_cents, a.next_step, a.next_step_on,
       a.next_step_on < trato.today() AS overdue,
       (a.opened_at AT TIME ZONE trato.setting_value('timezone'))::date AS opened_on,
       extract(epoch FROM now() - (SELECT max(communication.happened_at) FROM trato.communication
                                    WHERE communication.action_id = a.id))::bigint AS contact_age
  FROM trato.action AS a
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state = 'draft') AS drafts,
              count(*) FILTER (WHERE offer.state = 'presented') AS presented,
              count(*) FILTER (WHERE offer.state = 'presented' AND offer.valid_until < trato.today()) AS expired,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              least(coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_live), 0), 9223372036854775807)::bigint
                  AS live_cents,
              least(coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_approved), 0), 9223372036854775807)::bigint
                  AS approved_cents
         FROM trato.offer WHERE offer.action_id = a.id) AS offers
 WHERE a.client_id = $1::bigint
 ORDER BY a.state <> 'open', a.number DESC
 LIMIT 200;
