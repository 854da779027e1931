-- For `trato list holds`: the columns are the keys of its JSON.
SELECT client, division, action_number, holder, holder_email, held_at
  FROM trato.hold_overview
 ORDER BY client, division, held_at;
