-- The last approvals, by their notices, of an area ($1) and a rep ($2).
SELECT n.id AS notice_id, n.client, n.offer_number, n.currency, n.total_cents, n.rep,
       n.approved_by, n.state, extract(epoch FROM now() - n.made_at)::bigint AS age
  FROM (SELECT n.id
          FROM trato.notice AS n
         WHERE n.state <> 'void'
           AND ($1::bigint IS NULL
                OR EXISTS (SELECT FROM trato.offer_division AS od
                             JOIN trato.division AS d ON d.id = od.division_id
                            WHERE od.offer_id = n.offer_id AND d.area_id = $1 OFFSET 0))
           AND ($2::bigint IS NULL
                OR n.action_id IN (SELECT action_id FROM trato.action_member
                                    WHERE person_id = $2 AND is_owner AND left_at IS NULL))
         ORDER BY n.id DESC
         LIMIT 60) AS last
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = last.id OFFSET 0) AS n
 ORDER BY n.id DESC;
