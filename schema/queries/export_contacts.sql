-- For `trato export contacts`: the columns are the keys of its JSON and the headings of its CSV,
-- which import knows.
SELECT contact.id, client.name AS client, client.tax_id AS client_tax_id, contact.name,
       contact.job_title, contact.email, contact.phone, contact.mobile, contact.notes,
       contact.active
  FROM trato.contact
  JOIN trato.client ON client.id = contact.client_id
 ORDER BY contact.id;
