-- For `trato export offers`: the columns are the keys of its JSON and the headings of its CSV.
SELECT o.number, o.revision, o.title, o.state, o.expired, o.client, o.action_number,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM trato.offer_division
          JOIN trato.division ON division.id = offer_division.division_id
         WHERE offer_division.offer_id = o.id) AS divisions,
       o.currency, round(o.net_cents / 100.0, 2) AS net, round(o.vat_cents / 100.0, 2) AS vat,
       round(o.total_cents / 100.0, 2) AS total, o.probability, o.expected_close, o.valid_until,
       o.presented_at, o.approved_at, o.accepted_on, o.accepted_by, o.document_reference,
       o.rejected_at, o.notice_state
  FROM trato.offer_overview AS o
 ORDER BY o.number, o.id;
