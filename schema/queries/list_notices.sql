-- For `trato list notices`: the columns are the keys of its JSON.
SELECT id, state, client, action_number, offer_number, offer_title, currency, total_cents,
       invoiced_cents, made_at, taken_by, taken_at, rep, approved_by
  FROM trato.notice_overview
 ORDER BY made_at, id;
