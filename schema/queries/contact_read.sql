-- Everything of one contact that a form can change.
SELECT id, client_id, name, job_title, email, phone, mobile, notes, active, version
  FROM trato.contact WHERE id = $1::bigint;
