-- What must be zero: how many rows break a rule that the database guarantees, and one of them by its
-- number. For `trato db status` and the screen of a manager.
WITH wrong AS (
    SELECT 'approved_without_notice' AS name,
           trato.offer_number(o.year, o.serial, o.revision) AS number
      FROM trato.offer AS o
     WHERE o.state = 'approved'
       AND NOT EXISTS (SELECT FROM trato.notice AS n
                        WHERE n.id = o.notice_id AND n.offer_id = o.id AND n.state <> 'void')
    UNION ALL
    SELECT 'notice_without_approval', trato.offer_number(o.year, o.serial, o.revision)
      FROM trato.notice AS n
      LEFT JOIN trato.offer AS o ON o.id = n.offer_id
     WHERE n.state <> 'void' AND (o.state IS DISTINCT FROM 'approved' OR o.notice_id <> n.id)
    UNION ALL
    SELECT 'notice_with_other_amount', trato.offer_number(o.year, o.serial, o.revision)
      FROM trato.notice AS n
      JOIN trato.offer AS o ON o.id = n.offer_id
     WHERE n.state <> 'void' AND n.total_cents <> o.total_cents
    UNION ALL
    SELECT 'invoiced_beyond_total', trato.offer_number(o.year, o.serial, o.revision)
      FROM (SELECT notice_id, sum(total_cents) AS cents FROM trato.invoice GROUP BY notice_id) AS i
      JOIN trato.notice AS n ON n.id = i.notice_id
      JOIN trato.offer AS o ON o.id = n.offer_id
     WHERE i.cents > n.total_cents
    UNION ALL
    SELECT 'invoices_not_the_sum', trato.offer_number(o.year, o.serial, o.revision)
      FROM trato.notice AS n
      JOIN trato.offer AS o ON o.id = n.offer_id
      LEFT JOIN (SELECT notice_id, sum(total_cents) AS cents FROM trato.invoice GROUP BY notice_id)
             AS i ON i.notice_id = n.id
     WHERE n.invoiced_cents <> coalesce(i.cents, 0)
    UNION ALL
    SELECT 'closed_with_hold', a.number::text
      FROM trato.hold AS h
      JOIN trato.action AS a ON a.id = h.action_id
     WHERE h.released_at IS NULL AND a.state <> 'open'
    UNION ALL
    SELECT 'held_twice', max(a.number)::text
      FROM trato.hold AS h
      JOIN trato.action AS a ON a.id = h.action_id
     WHERE h.released_at IS NULL
     GROUP BY h.division_id
    HAVING count(*) > 1
    UNION ALL
    SELECT 'open_without_hold', a.number::text
      FROM trato.action AS a
     WHERE a.state = 'open'
       AND NOT EXISTS (SELECT FROM trato.hold AS h
                        WHERE h.action_id = a.id AND h.released_at IS NULL)
    UNION ALL
    SELECT 'open_without_owner', a.number::text
      FROM trato.action AS a
     WHERE a.state = 'open'
       AND (SELECT count(*) FROM trato.action_member AS m
             WHERE m.action_id = a.id AND m.is_owner AND m.left_at IS NULL) <> 1
    UNION ALL
    SELECT 'closed_with_live_offer', a.number::text
      FROM trato.offer AS o
      JOIN trato.action AS a ON a.id = o.action_id
     WHERE o.state IN ('draft', 'presented') AND a.state <> 'open'
    UNION ALL
    SELECT 'figures_not_the_sum', number FROM trato.wrong_figures() AS number)
SELECT rule.name, count(wrong.name) AS wrong, max(wrong.number) AS number
  FROM unnest('{approved_without_notice,notice_without_approval,notice_with_other_amount,
                invoiced_beyond_total,invoices_not_the_sum,closed_with_hold,held_twice,
                open_without_hold,open_without_owner,closed_with_live_offer,
                figures_not_the_sum}'::text[])
       WITH ORDINALITY AS rule (name, place)
  LEFT JOIN wrong ON wrong.name = rule.name
 GROUP BY rule.name, rule.place
 ORDER BY rule.place;
