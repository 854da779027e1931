-- A page of the communications that fit ($1 words, $2 client, $3 contact, $4 author, $5 channel,
-- $6 first and $7 last day), the newest first, behind ($8 when, $9 key), $10 at most.
SELECT c.id AS key, found.happened_at AS at,
       to_char(found.happened_at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       c.channel, c.direction, c.subject, trato.text_excerpt(c.body, $1::text) AS excerpt,
       client.name AS client, contact.name AS contact, author.name AS author, a.number AS action_number
  FROM trato.search_communications($1::text, $2::bigint, $3::bigint, $4::bigint, $5::text, $6::date,
           $7::date, true, $8::timestamptz, $9::bigint, $10::integer) AS found
  JOIN trato.communication AS c ON c.id = found.communication_id
  JOIN trato.action AS a ON a.id = c.action_id
  JOIN trato.client ON client.id = a.client_id
  LEFT JOIN trato.contact ON contact.id = c.contact_id
  LEFT JOIN trato.person AS author ON author.id = c.author_id
 ORDER BY found.happened_at DESC, c.id DESC;
