-- A page of the divisions that are held, the longest first, before ($1 held at, $2 id). $4 is what was
-- typed, $5 the area, $6 the rep.
SELECT h.id AS key, h.held_at, h.held_at::date AS held_on, h.action_id, h.client_id, h.client,
       h.division, h.holder, h.action_number,
       extract(epoch FROM now() - h.held_at)::bigint AS age
  FROM trato.found_holds($4::text, $5::bigint, $6::bigint, false, $3::integer, $1::timestamptz,
                         $2::bigint) AS page (id)
 CROSS JOIN LATERAL (SELECT * FROM trato.hold_overview WHERE id = page.id OFFSET 0) AS h
 ORDER BY h.held_at DESC, h.id DESC;
