-- For `trato list offers`: the columns are the keys of its JSON.
SELECT number, revision, title, state, expired, client, action_number, currency, net_cents,
       vat_cents, total_cents, probability, expected_close, valid_until, presented_at, approved_at,
       notice_state
  FROM trato.offer_overview
 ORDER BY number, id;
