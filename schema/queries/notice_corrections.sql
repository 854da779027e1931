-- What was put right in the invoices of a notice ($1), as it was and as it is, the newest first.
SELECT to_char(a.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS at,
       coalesce(person.name, a.login::text) AS person, offer.currency,
       a.old ->> 'series' AS series, a.new ->> 'series' AS new_series,
       a.old ->> 'number' AS number, a.new ->> 'number' AS new_number,
       a.old ->> 'issued_on' AS issued_on, a.new ->> 'issued_on' AS new_issued_on,
       a.old ->> 'net_cents' AS net_cents, a.new ->> 'net_cents' AS new_net_cents,
       a.old ->> 'vat_cents' AS vat_cents, a.new ->> 'vat_cents' AS new_vat_cents
  FROM trato.invoice
  JOIN trato.audit AS a
    ON a.table_name = 'invoice' AND a.row_id = invoice.id AND a.operation = 'update'
  JOIN trato.notice ON notice.id = invoice.notice_id
  JOIN trato.offer ON offer.id = notice.offer_id
  LEFT JOIN trato.person ON person.id = a.person_id
 WHERE invoice.notice_id = $1::bigint
 ORDER BY a.id DESC;
