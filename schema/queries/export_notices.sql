-- For `trato export notices`: the columns are the keys of its JSON and the headings of its CSV.
SELECT id, state, client, action_number, offer_number, offer_title, currency,
       round(total_cents / 100.0, 2) AS total, round(invoiced_cents / 100.0, 2) AS invoiced,
       state_note, made_at, seen_at, taken_by, taken_at, rep, approved_by, accepted_on,
       accepted_by, document_reference, waits_since,
       CASE WHEN state <> 'pending' THEN NULL
            WHEN waits_since <= limits.alarm THEN 'very_late'
            WHEN waits_since <= limits.warning THEN 'late' END AS lateness,
       (SELECT string_agg(concat_ws(' ', nullif(i.series, ''), i.number), ', ' ORDER BY i.issued_on, i.id)
          FROM trato.invoice AS i WHERE i.notice_id = notice_overview.id) AS invoices
  FROM trato.notice_overview
 CROSS JOIN trato.notice_limits() AS limits
 ORDER BY made_at, id;
