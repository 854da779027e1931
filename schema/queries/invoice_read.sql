-- A recorded invoice ($1), to correct it, and what its notice would have left without it.
SELECT i.id, i.version, i.series, i.number, i.issued_on, i.net_cents, i.vat_cents, n.client,
       n.offer_number, n.currency, n.total_cents - n.invoiced_cents + i.total_cents AS left_cents
  FROM trato.invoice AS i
  JOIN trato.notice_overview AS n ON n.id = i.notice_id
 WHERE i.id = $1::bigint;
