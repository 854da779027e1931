-- The contacts of an offer's client, of whom one may have accepted it, for a choice: the name is
-- what is taken.
SELECT contact.name AS id, concat_ws(', ', contact.name, contact.job_title) AS label
  FROM trato.offer
  JOIN trato.action ON action.id = offer.action_id
  JOIN trato.contact ON contact.client_id = action.client_id
 WHERE offer.id = $1::bigint AND contact.active
 ORDER BY contact.name, contact.id;
