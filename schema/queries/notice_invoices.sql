-- The invoices that are recorded against a notice ($1).
SELECT invoice.id, invoice.series, invoice.number, invoice.issued_on, invoice.net_cents,
       invoice.vat_cents, invoice.total_cents, person.name AS recorded_by, offer.currency
  FROM trato.invoice
  JOIN trato.notice ON notice.id = invoice.notice_id
  JOIN trato.offer ON offer.id = notice.offer_id
  LEFT JOIN trato.person ON person.id = invoice.recorded_by
 WHERE invoice.notice_id = $1::bigint
 ORDER BY invoice.issued_on, invoice.id;
