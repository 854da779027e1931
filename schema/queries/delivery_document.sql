-- What a watcher ($1) is to be given now, as a document: its keys are those of trato-schema(7).
SELECT json_build_object(
       'id', n.id, 'state', n.state, 'made_at', n.made_at,
       'action', json_build_object('number', n.action_number, 'rep', n.rep),
       'offer', json_build_object(
           'number', n.offer_number, 'title', n.offer_title, 'approved_at', offer.approved_at,
           'approved_by', n.approved_by, 'accepted_on', n.accepted_on, 'accepted_by', n.accepted_by,
           'document_reference', n.document_reference, 'payment_terms', offer.payment_terms,
           'notes', offer.notes),
       'client', json_build_object(
           'id', client.id, 'name', client.name, 'legal_name', client.legal_name,
           'tax_id', client.tax_id, 'address', client.address, 'city', client.city,
           'postcode', client.postcode, 'province', client.province, 'country', client.country),
       'currency', n.currency, 'net_cents', offer.net_cents, 'vat_cents', offer.vat_cents,
       'total_cents', n.total_cents, 'invoiced_cents', n.invoiced_cents,
       'lines', (SELECT json_agg(json_build_object(
                            'description', line.description, 'quantity', trim_scale(line.quantity),
                            'unit_price', trim_scale(line.unit_price),
                            'discount', trim_scale(line.discount), 'vat', trim_scale(line.vat),
                            'net_cents', line.net_cents) ORDER BY line.position)
                   FROM trato.offer_line AS line WHERE line.offer_id = n.offer_id),
       'vat', (SELECT json_agg(json_build_object('rate', rate.vat, 'net_cents', rate.net_cents,
                                                 'vat_cents', rate.vat_cents) ORDER BY rate.vat DESC)
                 FROM (SELECT trim_scale(line.vat) AS vat, sum(line.net_cents)::bigint AS net_cents,
                              sum(line.vat_cents)::bigint AS vat_cents
                         FROM trato.offer_line AS line WHERE line.offer_id = n.offer_id
                        GROUP BY line.vat) AS rate),
       'delivery', json_build_object('id', d.id, 'try', d.tries, 'watcher', watcher.name))
       AS document, n.offer_number AS number, n.client
  FROM trato.delivery AS d
  JOIN trato.watcher ON watcher.id = d.watcher_id
  JOIN trato.notice_overview AS n ON n.id = d.notice_id
  JOIN trato.offer ON offer.id = n.offer_id
  JOIN trato.client ON client.id = n.client_id
 WHERE d.watcher_id = $1::bigint AND d.state = 'begun';
