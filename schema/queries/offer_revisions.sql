-- All revisions of an offer ($1), the earliest first.
SELECT o.id, o.revision,
       -- A draft that revises another one has the number that it will get.
       coalesce(trato.offer_number(o.year, o.serial, o.revision),
                trato.offer_number(root.year, root.serial, o.revision)) AS number,
       o.state, o.state = 'presented' AND o.valid_until < trato.today() AS expired,
       to_char(coalesce(o.presented_at, o.created_at)
               AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD') AS dated
  FROM trato.offer AS asked
  JOIN trato.offer AS o ON o.root_id = asked.root_id
  JOIN trato.offer AS root ON root.id = o.root_id
 WHERE asked.id = $1::bigint
 ORDER BY o.revision;
