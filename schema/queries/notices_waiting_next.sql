-- A page of the notices that wait, behind ($1 waits since, $2 id, $7 rank).
-- Those that nobody has taken come first, the oldest of each state before the others. $4 is what
-- was typed, $5 which ones: waiting, or of these mine (that the asker has taken), others, late,
-- or one state; $6 the language, $8 the area and $9 the rep whose they are.
WITH page AS (
    SELECT id
      FROM trato.listed_notices($4::text, $5::text, true, $3::integer, $2::bigint, $1::timestamptz,
                                $7::integer, $8::bigint, $9::bigint) AS id)
SELECT n.id AS key, rank.of_state AS rank, n.version, n.waits_since, n.state, n.client, n.offer_number,
       n.offer_title, n.action_number, n.currency, n.total_cents, n.invoiced_cents, n.rep,
       n.taken_by, n.taken_by_id = (SELECT trato.my_id()) AS mine,
       extract(epoch FROM now() - n.waits_since)::bigint AS age,
       (SELECT string_agg(concat_ws(' ', nullif(i.series, ''), i.number), ', ' ORDER BY i.issued_on, i.id)
          FROM trato.invoice AS i WHERE i.notice_id = n.id) AS invoices,
       extract(epoch FROM now() - n.taken_at)::bigint AS taken_age,
       CASE WHEN n.state <> 'pending' THEN 0
            WHEN n.waits_since <= limits.alarm THEN 2
            WHEN n.waits_since <= limits.warning THEN 1 ELSE 0 END AS late,
       CASE n.state WHEN 'pending' THEN trato.working_seconds(n.waits_since, now()) END AS working_age,
       CASE $6::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason,
       n.state_note, n.voided_by, client.legal_name, client.tax_id, client.address, client.postcode,
       client.city, client.province, client.country, offer.net_cents, offer.vat_cents,
       offer.payment_terms, n.document_reference, n.accepted_by, n.accepted_on, n.approved_by
  FROM page
  -- Asked for each row of the page: with so many tables the planner would join all notices first.
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = page.id OFFSET 0) AS n
 CROSS JOIN LATERAL (SELECT trato.notice_turn(n.state) AS of_state) AS rank
  JOIN trato.client ON client.id = n.client_id
  JOIN trato.offer ON offer.id = n.offer_id
  LEFT JOIN trato.reason ON reason.id = n.state_reason_id
 CROSS JOIN trato.notice_limits() AS limits
 ORDER BY rank.of_state, n.waits_since, n.id;
