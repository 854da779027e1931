-- A page of the notices of the asker's own actions, those that were returned to him first, then
-- the newest, before ($1 id, $6 rank). $3 is what was typed, $4 which ones: all, waiting or one state; $5
-- the language, $7 the area and $8 the rep whose they are.
WITH page AS (
    SELECT id, rank
      FROM trato.found_own_notices($3::text, $4::text, $7::bigint, $8::bigint, false, $2::integer,
                                   $6::integer, $1::bigint))
SELECT n.id AS key, page.rank, n.version, n.waits_since, n.state, n.client, n.offer_number,
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
       CASE $5::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason,
       n.state_note, n.voided_by, client.legal_name, client.tax_id, client.address, client.postcode,
       client.city, client.province, client.country, offer.net_cents, offer.vat_cents,
       offer.payment_terms, n.document_reference, n.accepted_by, n.accepted_on, n.approved_by
  FROM page
  -- Asked for each row of the page: with so many tables the planner would join all notices first.
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = page.id OFFSET 0) AS n
  JOIN trato.client ON client.id = n.client_id
  JOIN trato.offer ON offer.id = n.offer_id
  LEFT JOIN trato.reason ON reason.id = n.state_reason_id
  CROSS JOIN trato.notice_limits() AS limits
 ORDER BY page.rank, n.id DESC;
