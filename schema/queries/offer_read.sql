-- All about one offer ($1) and its notice; reasons in the language of the screens ($2). Names stand in
-- sub-selects, since the planner tries the orders of all that is joined, which took longer than the rest.
SELECT o.id, o.action_id, a.number AS action_number, a.title AS action_title,
       a.state AS action_state, a.version AS action_version, a.client_id, client.name AS client,
       client.country, trato.offer_number(o.year, o.serial, o.revision) AS number, o.revision,
       -- What a draft that revises another one will be called.
       (SELECT trato.offer_number(root.year, root.serial, o.revision)
          FROM trato.offer AS root WHERE root.id = o.root_id) AS future_number, o.title,
       o.state, o.state = 'presented' AND o.valid_until < trato.today() AS expired,
       o.currency, o.net_cents, o.vat_cents, o.total_cents, o.probability, o.expected_close,
       o.valid_until, o.payment_terms, o.notes, o.accepted_on, o.accepted_by,
       o.document_reference, o.state_note, o.version,
       (SELECT CASE $2::text WHEN 'es' THEN name_es ELSE name_en END
          FROM trato.reason WHERE id = o.state_reason_id) AS reason,
       n.id AS notice_id, n.state AS notice_state, n.version AS notice_version,
       to_char(n.made_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS notice_made,
       to_char(n.seen_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS notice_seen,
       (SELECT name FROM trato.person WHERE id = n.seen_by) AS notice_seen_by,
       to_char(n.taken_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS notice_taken,
       (SELECT name FROM trato.person WHERE id = n.taken_by) AS notice_taken_by,
       n.state_note AS notice_note,
       n.total_cents AS notice_total_cents, n.invoiced_cents AS notice_invoiced_cents,
       (SELECT CASE $2 WHEN 'es' THEN name_es ELSE name_en END
          FROM trato.reason WHERE id = n.state_reason_id) AS notice_reason,
       coalesce(mine.is_member, false) AS is_member, coalesce(mine.is_owner, false) AS is_owner,
       (SELECT count(*) FROM trato.offer AS other
         WHERE other.action_id = o.action_id AND other.state IN ('draft', 'presented')) AS live,
       trato.today() AS today,
       to_char(gone.at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS notice_voided,
       (SELECT name FROM trato.person WHERE id = gone.person_id) AS notice_voided_by
  FROM trato.offer AS o
  JOIN trato.action AS a ON a.id = o.action_id
  JOIN trato.client ON client.id = a.client_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  LEFT JOIN trato.notice AS n ON n.id = o.notice_id
  -- The one that a revoked approval has left behind.
  LEFT JOIN LATERAL (
       SELECT change.at, change.person_id FROM trato.state_change AS change
        WHERE o.state = 'presented' AND change.action_id = o.action_id AND change.entity = 'notice'
          AND change.to_state = 'void'
          AND change.row_id = (SELECT max(v.id) FROM trato.notice AS v
                                WHERE v.offer_id = o.id AND v.state = 'void')
        LIMIT 1) AS gone ON true
  LEFT JOIN LATERAL (
       SELECT true AS is_member, m.is_owner FROM trato.action_member AS m
        WHERE m.action_id = o.action_id AND m.left_at IS NULL
          AND m.person_id = (SELECT trato.my_id())) AS mine ON true
 WHERE o.id = $1::bigint;
