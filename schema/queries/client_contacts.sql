-- The people at a client ($1), those who have left it last.
SELECT id AS key, name, job_title, email, coalesce(mobile, phone) AS phone, notes, active
  FROM trato.contact
 WHERE client_id = $1::bigint
 ORDER BY NOT active, trato.fold(name), id;
