-- The contacts of an offer's client who may have accepted it, for a choice; nobody first.
SELECT '' AS id, '' AS label
UNION ALL
(SELECT contact.name, concat_ws(', ', contact.name, contact.job_title)
   FROM trato.offer
   JOIN trato.action ON action.id = offer.action_id
   JOIN trato.contact ON contact.client_id = action.client_id
  WHERE offer.id = $1::bigint AND contact.active
  ORDER BY contact.name, contact.id);
