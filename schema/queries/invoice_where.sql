-- Where the invoice with this series ($1) and number ($2) of the year of $3 is recorded.
SELECT n.client, n.offer_number, invoice.series, invoice.number, invoice.issued_on
  FROM trato.found_invoice($1::text, $2::text, extract(year FROM $3::date)::integer) AS found
  JOIN trato.invoice ON invoice.id = found
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = invoice.notice_id OFFSET 0) AS n;
