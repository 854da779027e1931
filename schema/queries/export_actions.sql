-- For `trato export actions`: the columns are the keys of its JSON and the headings of its CSV.
SELECT a.number, a.state, a.client, a.title, a.owner, a.divisions, a.opened_at, a.closed_at,
       a.next_step, a.next_step_on, a.expected_close, a.last_contact_at, a.drafts, a.presented,
       a.approved, round(a.live_cents / 100.0, 2) AS live_amount,
       round(a.approved_cents / 100.0, 2) AS approved_amount, action.notes
  FROM trato.action_overview AS a
  JOIN trato.action ON action.id = a.id
 ORDER BY a.number;
