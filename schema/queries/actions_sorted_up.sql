-- A page of the asker's actions sorted by a column ($6), from the lowest up: behind ($1 sort key, $2
-- number). $4 is what was typed, $5 which ones: mine, shared or closed.
-- All that are his are looked at, which are few; see actions_mine_next.
WITH mine AS (
    SELECT a.id, a.number, a.client_id, a.title, a.state, a.opened_at, a.closed_at, a.next_step,
           a.next_step_on, a.expected_close, a.version,
           CASE $6::text
           WHEN 'client' THEN c.name_folded
           WHEN 'title' THEN trato.fold(a.title)
           WHEN 'next_step' THEN coalesce(a.next_step_on::text, '9999')
           WHEN 'state' THEN a.state
           WHEN 'first_division' THEN
               (SELECT trato.fold(min(d.name)) FROM trato.hold AS h
                  JOIN trato.division AS d ON d.id = h.division_id
                 WHERE h.action_id = a.id AND (h.released_at IS NULL OR h.released_by_closing))
           WHEN 'presented' THEN
               (SELECT lpad(coalesce(sum(o.total_cents), 0)::text, 20, '0') FROM trato.offer AS o
                 WHERE o.action_id = a.id AND o.state IN ('draft', 'presented', 'approved'))
           WHEN 'contact_age' THEN
               to_char(coalesce((SELECT max(k.happened_at) FROM trato.communication AS k
                                  WHERE k.action_id = a.id), a.opened_at) AT TIME ZONE 'UTC',
                       'YYYY-MM-DD HH24:MI:SS.US')
           WHEN 'owner' THEN
               (SELECT trato.fold(p.name) FROM trato.action_member AS w
                  JOIN trato.person AS p ON p.id = w.person_id
                 WHERE w.action_id = a.id AND w.is_owner AND w.left_at IS NULL)
           END COLLATE "C" AS sort_value
      FROM trato.action_member AS m
      JOIN trato.action AS a ON a.id = m.action_id
      JOIN trato.client AS c ON c.id = a.client_id
      CROSS JOIN (SELECT replace(replace(replace(trato.fold($4), '\', '\\'), '%', '\%'),
                                     '_', '\_') AS word) AS typed
     WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL
       AND CASE $5::text WHEN 'mine' THEN m.is_owner AND a.state = 'open'
                         WHEN 'shared' THEN NOT m.is_owner AND a.state = 'open'
                         ELSE a.state <> 'open' END
       AND ($4::text IS NULL OR a.number::text = $4
            OR ' ' || trato.fold(a.title) LIKE '% ' || typed.word || '%'
            OR c.search_text LIKE '% ' || typed.word || '%')),
page AS (
    SELECT mine.*, key.of_row AS sort_key
      FROM mine
      -- Without a value, or sorted by number, the number alone decides.
      CROSS JOIN LATERAL (SELECT coalesce(mine.sort_value, '') COLLATE "C" AS of_row) AS key
     WHERE (key.of_row, mine.number) > (coalesce($1::text, ''), coalesce($2::bigint, 0))
     ORDER BY key.of_row, mine.number
     LIMIT $3::integer)
SELECT page.id AS key, page.number, page.sort_key, page.client_id, client.name AS client, page.title,
       page.state, page.next_step, page.next_step_on, page.next_step_on < trato.today() AS overdue,
       page.expected_close, page.closed_at::date AS closed_on, page.version, person.name AS owner,
       held.divisions, held.first_division, offers.drafts, offers.presented, offers.expired,
       offers.approved,
       offers.cents,
       floor(extract(epoch FROM now() - contact.last_at))::bigint AS contact_age,
       page.state = 'open' AND coalesce(contact.last_at, page.opened_at)
           < now() - make_interval(days => trato.setting_value('quiet_days')::integer) AS quiet,
       floor(extract(epoch FROM now() - coalesce(contact.last_at, page.opened_at)))::bigint
           AS quiet_age
  FROM page
  JOIN trato.client ON client.id = page.client_id
  LEFT JOIN trato.action_member AS owner
         ON owner.action_id = page.id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN trato.person ON person.id = owner.person_id
  CROSS JOIN LATERAL (
       SELECT count(*) AS divisions, min(division.name) AS first_division
         FROM trato.hold JOIN trato.division ON division.id = hold.division_id
        WHERE hold.action_id = page.id
          AND (hold.released_at IS NULL OR hold.released_by_closing)) AS held
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state = 'draft') AS drafts,
              count(*) FILTER (WHERE offer.state = 'presented') AS presented,
              count(*) FILTER (WHERE offer.state = 'presented'
                                 AND offer.valid_until < trato.today()) AS expired,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              coalesce(sum(offer.total_cents)
                       FILTER (WHERE offer.state IN ('draft', 'presented', 'approved')), 0)
                  AS cents
         FROM trato.offer WHERE offer.action_id = page.id) AS offers
  CROSS JOIN LATERAL (
       SELECT max(communication.happened_at) AS last_at
         FROM trato.communication WHERE communication.action_id = page.id) AS contact
 ORDER BY page.sort_key, page.number;
