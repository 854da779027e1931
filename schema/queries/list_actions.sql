-- For `trato list actions`: the columns are the keys of its JSON.
SELECT number, state, client, title, owner, divisions, opened_at, closed_at, next_step,
       next_step_on, expected_close, last_contact_at, drafts, presented, approved, live_cents,
       approved_cents
  FROM trato.action_overview
 ORDER BY number;
