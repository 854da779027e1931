-- A page of the tray, the newest first: behind $1. $3 says which ones: waiting, set_aside, logged; of
-- everybody where $4 is true. Whose client it may be is looked up now, since contacts are added.
SELECT m.id AS key, m.version, $3::text AS state, m.direction, m.subject, m.attachments, m.state_note,
       coalesce(CASE m.direction WHEN 'in' THEN m.sender ELSE m.recipients END,
                m.sender, m.recipients) AS who,
       to_char(m.happened_at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       (SELECT string_agg(found.name, ', ') FROM trato.clients_of_addresses(m.addresses) AS found) AS clients,
       m.person, m.person_id = (SELECT trato.my_id()) AS mine, left(m.body, 4000) AS body
  FROM trato.mail_overview AS m
 WHERE CASE $3::text WHEN 'logged' THEN m.own_state = 'logged' OR trato.mail_is_logged(m.id)
       ELSE m.own_state = $3 AND NOT trato.mail_is_logged(m.id) END
   AND ($4::boolean OR m.person_id = (SELECT trato.my_id()))
   AND m.id < coalesce($1::bigint, 9223372036854775807)
 ORDER BY m.id DESC
 LIMIT $2::integer;
