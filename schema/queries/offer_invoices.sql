-- The invoices recorded against the notices of an offer.
SELECT invoice.series, invoice.number, invoice.issued_on, invoice.total_cents
  FROM trato.notice
  JOIN trato.invoice ON invoice.notice_id = notice.id
 WHERE notice.offer_id = $1::bigint
 ORDER BY invoice.issued_on, invoice.id;
