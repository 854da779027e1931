-- What blocking somebody ($1 contact, client or person, $2 id) would take out of sight, until when the
-- law keeps a part of it, how many contacts elsewhere have the same e-mail, and whether it is a person.
SELECT subject.name, (trato.today() + trato.setting_value('blocking_days')::integer) AS erase_on,
       (SELECT count(*) FROM trato.communication AS c JOIN trato.action AS a ON a.id = c.action_id
         WHERE a.client_id = subject.client_id AND ($1 = 'client' OR c.contact_id = $2)) AS communications,
       (SELECT count(*) FROM trato.mail AS m
         WHERE CASE $1 WHEN 'person' THEN m.person_id = $2 ELSE m.addresses && subject.emails END) AS mails,
       (SELECT (max(o.approved_at) + interval '6 years')::date
          FROM trato.action AS a JOIN trato.offer AS o ON o.action_id = a.id AND o.state = 'approved'
         WHERE a.client_id = subject.client_id
        HAVING max(o.approved_at) + interval '6 years' > now()) AS law_until,
       (SELECT count(*) FROM trato.contact AS k
         WHERE lower(k.email) = ANY (subject.emails) AND k.client_id <> subject.client_id) AS others,
       is_company, may_be_company
  FROM (SELECT name, client_id, array_remove(ARRAY[lower(email)], NULL) AS emails, false AS is_company,
               false AS may_be_company
          FROM trato.contact WHERE $1::text = 'contact' AND id = $2::bigint
        UNION ALL
        SELECT name, id, ARRAY(SELECT lower(email) FROM trato.contact WHERE client_id = $2 AND email IS NOT NULL),
               trato.is_company(client), country <> 'ES' OR tax_id IS NULL
          FROM trato.client WHERE $1 = 'client' AND id = $2
        UNION ALL
        SELECT name, NULL, '{}', false, false FROM trato.person WHERE $1 = 'person' AND id = $2) AS subject;
