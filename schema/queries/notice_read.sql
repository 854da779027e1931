-- What an invoice needs of one notice ($1), and how it stands; $2 is the language.
SELECT n.id, n.version, n.state, n.client, n.client_id, n.action_id, n.action_number, n.offer_id,
       n.offer_number, n.offer_title, n.currency, offer.net_cents, offer.vat_cents, n.total_cents,
       n.invoiced_cents, n.total_cents - n.invoiced_cents AS left_cents, offer.payment_terms,
       offer.notes AS offer_notes, n.document_reference, n.accepted_by, n.accepted_on,
       n.approved_by, n.rep, n.seen_at IS NOT NULL AS seen,
       n.taken_by, n.taken_by_id = (SELECT trato.my_id()) AS mine,
       CASE $2::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason,
       n.state_note, n.voided_by,
       to_char(n.voided_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS voided_at,
       client.legal_name, client.tax_id, client.address, client.postcode,
       client.city, client.province, client.country, client.phone,
       extract(epoch FROM now() - n.waits_since)::bigint AS age,
       extract(epoch FROM now() - n.taken_at)::bigint AS taken_age,
       CASE WHEN n.state <> 'pending' THEN 0
            WHEN n.waits_since <= limits.alarm THEN 2
            WHEN n.waits_since <= limits.warning THEN 1 ELSE 0 END AS late,
       CASE n.state WHEN 'pending' THEN trato.working_seconds(n.waits_since, now()) END AS working_age,
       to_char(offer.approved_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS approved_at,
       to_char(n.taken_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS taken_at,
       EXISTS (SELECT FROM trato.action_member AS m
                WHERE m.action_id = n.action_id AND m.left_at IS NULL
                  AND m.person_id = (SELECT trato.my_id())) AS is_member
  FROM trato.notice_overview AS n
  JOIN trato.offer ON offer.id = n.offer_id
  JOIN trato.client ON client.id = n.client_id
  LEFT JOIN trato.reason ON reason.id = n.state_reason_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  CROSS JOIN trato.notice_limits() AS limits
 WHERE n.id = $1::bigint;
