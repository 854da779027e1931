-- The page of the tray before $1, in the order of the list; see tray_next.
SELECT * FROM (
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
       AND m.id > coalesce($1::bigint, 0)
     ORDER BY m.id
     LIMIT $2::integer) AS page
 ORDER BY key DESC;
