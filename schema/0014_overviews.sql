-- What is read over several tables. The views run with the rights of who reads them, so that
-- row-level security holds; division_status alone tells everybody who holds what, and no more.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE VIEW division_status WITH (security_barrier) AS
SELECT division.id AS division_id, division.client_id, division.name, division.area_id,
       area.name AS area, division.active, division.version,
       CASE WHEN hold.id IS NULL THEN 'free' ELSE 'held' END AS status,
       action.number AS action_number, owner.person_id AS holder_id, person.name AS holder,
       hold.held_at,
       -- How long nobody has been in contact with the client about it.
       today() - (coalesce((SELECT max(happened_at) FROM communication
                             WHERE communication.action_id = hold.action_id), hold.held_at)
                  AT TIME ZONE setting_value('timezone'))::date AS quiet_days
  FROM division
  LEFT JOIN area ON area.id = division.area_id
  LEFT JOIN hold ON hold.division_id = division.id AND hold.released_at IS NULL
  LEFT JOIN action ON action.id = hold.action_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = hold.action_id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id;

-- Every hold that is open now.
CREATE VIEW hold_overview WITH (security_barrier) AS
SELECT hold.id, hold.action_id, hold.division_id, division.name AS division, hold.client_id,
       client.name AS client, action.number AS action_number, person.name AS holder,
       person.email AS holder_email, hold.held_at
  FROM hold
  JOIN division ON division.id = hold.division_id
  JOIN client ON client.id = hold.client_id
  JOIN action ON action.id = hold.action_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = hold.action_id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id
 WHERE hold.released_at IS NULL;

CREATE VIEW offer_overview WITH (security_invoker) AS
SELECT offer.id, offer.action_id, action.number AS action_number, action.client_id,
       client.name AS client,
       offer_number(offer.year, offer.serial, offer.revision) AS number,
       offer.root_id, offer.revision, offer.title, offer.state,
       offer.state = 'presented' AND offer.valid_until < today() AS expired,
       offer.currency, offer.net_cents, offer.vat_cents, offer.total_cents, offer.probability,
       offer.expected_close, offer.valid_until, offer.presented_at, offer.approved_at,
       offer.accepted_on, offer.accepted_by, offer.document_reference, offer.rejected_at,
       offer.notice_id, notice.state AS notice_state, offer.version
  FROM offer
  JOIN action ON action.id = offer.action_id
  JOIN client ON client.id = action.client_id
  LEFT JOIN notice ON notice.id = offer.notice_id;

CREATE VIEW action_overview WITH (security_invoker) AS
SELECT action.id, action.number, action.client_id, client.name AS client, action.title,
       action.state, owner.person_id AS owner_id, person.name AS owner, action.opened_at,
       action.closed_at, action.next_step, action.next_step_on, action.expected_close,
       action.version,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM hold JOIN division ON division.id = hold.division_id
         WHERE hold.action_id = action.id
           AND (hold.released_at IS NULL OR hold.released_by_closing)) AS divisions,
       (SELECT max(happened_at) FROM communication
         WHERE communication.action_id = action.id) AS last_contact_at,
       offers.drafts, offers.presented, offers.approved, offers.live_cents, offers.approved_cents
  FROM action
  JOIN client ON client.id = action.client_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = action.id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state = 'draft') AS drafts,
              count(*) FILTER (WHERE offer.state = 'presented') AS presented,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_live), 0)::bigint AS live_cents,
              coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_approved), 0)::bigint
                  AS approved_cents
         FROM offer WHERE offer.action_id = action.id) AS offers;

CREATE VIEW notice_overview WITH (security_invoker) AS
SELECT notice.id, notice.offer_id, notice.action_id, action.number AS action_number,
       action.client_id, client.name AS client,
       offer_number(offer.year, offer.serial, offer.revision) AS offer_number,
       offer.title AS offer_title, offer.currency, notice.total_cents, notice.invoiced_cents,
       notice.state, notice.state_reason_id, notice.state_note, notice.made_at, notice.seen_at,
       notice.taken_at, notice.taken_by AS taken_by_id, taker.name AS taken_by,
       owner.name AS rep, approver.name AS approved_by, offer.accepted_on, offer.accepted_by,
       offer.document_reference, notice.version
  FROM notice
  JOIN offer ON offer.id = notice.offer_id
  JOIN action ON action.id = notice.action_id
  JOIN client ON client.id = action.client_id
  LEFT JOIN person AS taker ON taker.id = notice.taken_by
  LEFT JOIN person AS approver ON approver.id = offer.approved_by
  LEFT JOIN action_member AS member
         ON member.action_id = notice.action_id AND member.is_owner AND member.left_at IS NULL
  LEFT JOIN person AS owner ON owner.id = member.person_id;

-- The time line of an action: communications (their last versions) and changes of state with
-- their reasons. `kind` says what it is, `row_id` which row of that kind.
CREATE VIEW timeline_overview WITH (security_invoker) AS
SELECT 'c' || communication.id AS key, communication.action_id, communication.happened_at AS at,
       'communication' AS kind, communication.id AS row_id, communication.channel AS what,
       communication.direction AS detail, communication.subject AS text, contact.name AS other,
       person.name AS person, NULL AS reason_en, NULL AS reason_es
  FROM communication
  LEFT JOIN contact ON contact.id = communication.contact_id
  LEFT JOIN person ON person.id = communication.author_id
 WHERE NOT EXISTS (SELECT FROM communication AS later WHERE later.corrects_id = communication.id)
UNION ALL
SELECT 's' || change.id, change.action_id, change.at, change.entity, change.row_id,
       change.to_state, change.from_state, change.note,
       CASE change.entity WHEN 'offer' THEN (
           SELECT coalesce(offer_number(offer.year, offer.serial, offer.revision), offer.title)
             FROM offer WHERE offer.id = change.row_id) END, person.name,
       reason.name_en, reason.name_es
  FROM state_change AS change
  LEFT JOIN reason ON reason.id = change.reason_id
  LEFT JOIN person ON person.id = change.person_id
UNION ALL
SELECT 'a' || action.id, action.id, action.opened_at, 'action', action.id, 'open', NULL,
       action.title, NULL, person.name, NULL, NULL
  FROM action
  LEFT JOIN person ON person.id = action.opened_by
UNION ALL
SELECT 'o' || offer.id, offer.action_id, offer.created_at, 'offer', offer.id, 'draft', NULL,
       offer.title, NULL, person.name, NULL, NULL
  FROM offer
  LEFT JOIN person ON person.id = offer.created_by;

-- Numbers and amounts of everything that is going on: what the supervisors' first screen shows.
CREATE VIEW pipeline_overview WITH (security_invoker) AS
SELECT offer.state, offer.state = 'presented' AND offer.valid_until < today() AS expired,
       offer.currency, count(*) AS offers, sum(offer.total_cents)::bigint AS total_cents
  FROM offer
 GROUP BY 1, 2, 3;
