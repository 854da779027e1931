-- The people whose name has $1 in it or who log in so, one that is called just that first.
SELECT id, format('%s <%s>', name, email) AS name,
       lower($1) = email OR trato.fold(person.name) = trato.fold($1) AS whole
  FROM trato.person
 WHERE strpos(trato.fold(person.name), trato.fold($1)) > 0 OR email = lower($1)
 ORDER BY whole DESC, person.name, id
 LIMIT 2;
