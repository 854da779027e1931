-- The offers of an action, those that are alive first, then the newest.
SELECT offer.id AS key, offer.number, offer.title, offer.state, offer.expired, offer.currency,
       offer.total_cents, offer.valid_until, offer.notice_state
  FROM trato.offer_overview AS offer
 WHERE offer.action_id = $1::bigint
 ORDER BY offer.state NOT IN ('draft', 'presented'), offer.id DESC;
