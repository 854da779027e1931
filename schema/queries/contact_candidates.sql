-- The contacts of a client ($1) that match what was typed ($2), for a choice by typing.
SELECT contact.id, contact.name AS label, concat_ws(', ', contact.job_title, contact.email) AS note
  FROM trato.contact
 WHERE contact.client_id = $1::bigint AND contact.active
   AND ' ' || trato.fold(contact.name) || ' ' || coalesce(trato.fold(contact.job_title), '')
       LIKE '% ' || replace(replace(replace(trato.fold($2::text), '\', '\\'), '%', '\%'),
                            '_', '\_') || '%'
 ORDER BY trato.fold(contact.name), contact.id
 LIMIT 8;
