-- What the dashboard and the reports ask for: offers with the part of their amount that a filter
-- leaves, and the cheap question whether anything has changed.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Index-only: none of the figures of a period reads the offers themselves.
CREATE INDEX offer_approved ON offer (approved_on)
    INCLUDE (id, action_id, currency, total_cents) WHERE state = 'approved';
CREATE INDEX offer_live ON offer (state)
    INCLUDE (id, action_id, currency, total_cents, valid_until) WHERE state IN ('draft', 'presented');
CREATE INDEX offer_first_presented ON offer (presented_at)
    INCLUDE (id, action_id, currency, total_cents) WHERE revision = 1 AND presented_at IS NOT NULL;
CREATE INDEX offer_rejected ON offer (rejected_at)
    INCLUDE (id, action_id, currency, total_cents) WHERE state = 'rejected';
CREATE INDEX state_change_withdrawn ON state_change (at) INCLUDE (row_id, from_state)
    WHERE entity = 'offer' AND to_state = 'withdrawn';

-- An offer's amount belongs to the areas of its divisions in equal parts, in whole cents, such that
-- the parts make the whole; an offer without divisions has one part without an area. Inlined, so
-- no fixed search path; the same holds for the next two.
CREATE FUNCTION area_parts(p_offer bigint, p_cents bigint)
RETURNS TABLE (area_id bigint, cents bigint) LANGUAGE sql STABLE AS $$
    SELECT part.area_id, sum(p_cents * part.nth / part.all_of_it - p_cents * (part.nth - 1) / part.all_of_it)::bigint
      FROM (SELECT d.area_id, row_number() OVER (ORDER BY od.division_id) AS nth,
                   count(*) OVER () AS all_of_it
              FROM trato.offer_division AS od
              JOIN trato.division AS d ON d.id = od.division_id
             WHERE od.offer_id = p_offer
            UNION ALL
            SELECT NULL, 1, 1
             WHERE NOT EXISTS (SELECT FROM trato.offer_division WHERE offer_id = p_offer)) AS part
     GROUP BY part.area_id
$$;

-- All offers but those that a later revision replaced; with an area those that concern it, and its
-- part of their amounts; with a rep those of the actions that are his now.
CREATE FUNCTION figure_offers(p_area bigint, p_rep bigint)
RETURNS TABLE (id bigint, action_id bigint, revision integer, state text, currency text,
               cents bigint, presented_at timestamptz, valid_until date, approved_on date,
               rejected_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT o.id, o.action_id, o.revision, o.state, o.currency,
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

-- The actions that a filter leaves: those of a rep, those that hold (held, when closed) a division
-- of an area.
CREATE FUNCTION figure_actions(p_area bigint, p_rep bigint)
RETURNS SETOF action LANGUAGE sql STABLE AS $$
    SELECT a.*
      FROM trato.action AS a
     WHERE (p_area IS NULL
            OR a.id IN (SELECT h.action_id FROM trato.hold AS h
                          JOIN trato.division AS d ON d.id = h.division_id
                         WHERE d.area_id = p_area))
       AND (p_rep IS NULL
            OR a.id IN (SELECT m.action_id FROM trato.action_member AS m
                         WHERE m.person_id = p_rep AND m.is_owner AND m.left_at IS NULL))
$$;

-- In what amounts are shown: euros, or where nobody offers in euros the currency of the last offer.
CREATE FUNCTION figure_currency()
RETURNS text LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT coalesce((SELECT currency FROM offer WHERE currency = 'EUR' LIMIT 1),
                    (SELECT currency FROM offer ORDER BY id DESC LIMIT 1), 'EUR')
$$;

-- What stands for all that has been committed: it changes with every write of anybody in this
-- database cluster, and never without one; so the same mark is a promise that nothing is new, also
-- of writes that were under way. Reading it costs next to nothing, on a standby too.
CREATE FUNCTION dashboard_mark()
RETURNS text LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT pg_current_snapshot()::text
$$;

GRANT EXECUTE ON FUNCTION area_parts(bigint, bigint), figure_offers(bigint, bigint),
    figure_actions(bigint, bigint), figure_currency(), dashboard_mark()
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
