-- Offers as the figures count them tell also of which offer they are a revision.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

DROP FUNCTION figure_offers(bigint, bigint);

CREATE FUNCTION figure_offers(p_area bigint, p_rep bigint)
RETURNS TABLE (id bigint, action_id bigint, root_id bigint, revision integer, state text,
               currency text, cents bigint, presented_at timestamptz, valid_until date,
               approved_on date, rejected_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT o.id, o.action_id, o.root_id, o.revision, o.state, o.currency,
           CASE WHEN p_area IS NULL THEN o.total_cents
                ELSE (SELECT part.cents FROM trato.area_parts(o.id, o.total_cents) AS part
                       WHERE part.area_id = p_area) END,
           o.presented_at, o.valid_until, o.approved_on, o.rejected_at
      FROM trato.offer AS o
     WHERE (p_area IS NULL
            OR o.id IN (SELECT od.offer_id FROM trato.offer_division AS od
                          JOIN trato.division AS d ON d.id = od.division_id
                         WHERE d.area_id = p_area))
       AND (p_rep IS NULL
            OR o.action_id IN (SELECT m.action_id FROM trato.action_member AS m
                                WHERE m.person_id = p_rep AND m.is_owner AND m.left_at IS NULL))
$$;

GRANT EXECUTE ON FUNCTION figure_offers(bigint, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
