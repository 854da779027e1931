-- For `trato report approvals`: what was approved in the period ($1 to $2), of an area ($3), with its
-- part of the amounts, and a rep ($4).
SELECT o.approved_on, trato.offer_number(offer.year, offer.serial, offer.revision) AS offer_number,
       offer.title, action.number AS action_number, client.name AS client, person.name AS rep,
       o.currency, o.cents, approver.name AS approved_by, offer.accepted_by,
       notice.state AS notice_state
  FROM trato.figure_offers($3, $4) AS o
  JOIN trato.offer ON offer.id = o.id
  JOIN trato.action ON action.id = o.action_id
  JOIN trato.client ON client.id = action.client_id
  JOIN trato.notice ON notice.id = offer.notice_id
  LEFT JOIN trato.person AS approver ON approver.id = offer.approved_by
  LEFT JOIN trato.action_member AS m
         ON m.action_id = o.action_id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person ON person.id = m.person_id
 WHERE o.state = 'approved'
   AND o.approved_on >= (SELECT coalesce($1::date, (date_trunc('month', trato.today())
                                                    - interval '12 months')::date))
   AND o.approved_on <= (SELECT coalesce($2::date, trato.today()))
 ORDER BY o.approved_on, notice.id;
