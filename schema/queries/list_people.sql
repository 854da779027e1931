-- For `trato user list`: the columns are the keys of its JSON.
SELECT email, name, roles, active, must_change_password, created_at
  FROM trato.person
 ORDER BY email;
