-- For `trato list notices`: the columns are the keys of its JSON.
SELECT id, state, client, action_number, offer_number, offer_title, currency, total_cents,
       invoiced_cents, made_at, taken_by, taken_at, rep, approved_by, waits_since,
       extract(epoch FROM now() - waits_since)::bigint AS age,
       CASE WHEN state <> 'pending' THEN NULL
            WHEN waits_since <= limits.alarm THEN 'very_late'
            WHEN waits_since <= limits.warning THEN 'late' END AS lateness,
       (SELECT string_agg(concat_ws(' ', nullif(i.series, ''), i.number), ', ' ORDER BY i.issued_on, i.id)
          FROM trato.invoice AS i WHERE i.notice_id = notice_overview.id) AS invoices
  FROM trato.notice_overview
 CROSS JOIN trato.notice_limits() AS limits
 ORDER BY made_at, id;
