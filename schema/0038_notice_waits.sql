-- How long a notice has waited is counted from when back office last got it: one that was returned
-- begins anew with the answer. And the lists behind a figure: notices in one state, notices and
-- actions of an area and of a rep.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- NULL where it was never returned.
ALTER TABLE notice ADD COLUMN answered_at timestamptz;
UPDATE notice SET answered_at = change.at
  FROM (SELECT row_id, max(at) AS at FROM state_change
         WHERE entity = 'notice' AND from_state = 'returned' AND to_state = 'pending'
         GROUP BY row_id) AS change
 WHERE notice.id = change.row_id;
ALTER TABLE notice ADD COLUMN
    waits_since timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(answered_at, made_at)) STORED;

CREATE FUNCTION notice_waits_again()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    NEW.answered_at := CASE WHEN OLD.state = 'returned' AND NEW.state = 'pending' THEN now()
                            ELSE OLD.answered_at END;
    RETURN NEW;
END
$$;
CREATE TRIGGER waits_again BEFORE UPDATE ON notice
    FOR EACH ROW EXECUTE FUNCTION notice_waits_again();

DROP INDEX notice_in_turn;
CREATE INDEX notice_in_turn ON notice (notice_turn(state), waits_since, id)
    WHERE state IN ('pending', 'taken', 'returned', 'partial');

-- A page of everybody's notices. p_which: all, invoiced or void, the newest first, behind the one with
-- the id p_id; waiting, or of these mine, others, late, or those in one state, in their turn, behind the
-- one that p_turn, p_since and p_id say. p_area, p_rep: only those of an area, of the actions that are
-- a rep's now.
CREATE FUNCTION listed_notices(p_typed text, p_which text, p_forward boolean, p_limit integer,
    p_id bigint, p_since timestamptz, p_turn integer, p_area bigint, p_rep bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps   CONSTANT integer := 2000;
    v_in_turn CONSTANT boolean := p_which NOT IN ('all', 'invoiced', 'void');
    v_key     CONSTANT text := CASE WHEN v_in_turn THEN 'notice_turn(n.state), n.waits_since, n.id' ELSE 'n.id' END;
    v_up      CONSTANT boolean := p_forward = v_in_turn;
    v_order   CONSTANT text := 'ORDER BY ' || CASE WHEN v_up THEN v_key ELSE replace(v_key, ',', ' DESC,') || ' DESC' END;
    v_where   CONSTANT text := concat_ws(' AND ', 'true',
        CASE WHEN v_in_turn THEN 'n.state IN (''pending'', ''taken'', ''returned'', ''partial'')' END,
        CASE WHEN p_which IN ('pending', 'taken', 'returned', 'partial', 'invoiced', 'void')
             THEN format('n.state = %L', p_which)
             WHEN p_which = 'mine' THEN 'n.taken_by = $1'
             WHEN p_which = 'others' THEN 'n.taken_by <> $1'
             WHEN p_which = 'late' THEN format('n.state = ''pending'' AND n.waits_since <= %L',
                                               (SELECT warning FROM notice_limits())) END,
        CASE WHEN p_area IS NOT NULL THEN
            format('EXISTS (SELECT FROM offer_division AS od JOIN division AS d ON d.id = od.division_id'
                   ' WHERE od.offer_id = n.offer_id AND d.area_id = %s)', p_area) END,
        CASE WHEN p_rep IS NOT NULL THEN
            format('EXISTS (SELECT FROM action_member AS m WHERE m.action_id = n.action_id'
                   ' AND m.person_id = %s AND m.is_owner AND m.left_at IS NULL)', p_rep) END,
        CASE WHEN p_id IS NOT NULL THEN format('(%s) %s (%s)', v_key, CASE WHEN v_up THEN '>' ELSE '<' END,
                                               CASE WHEN v_in_turn THEN '$2, $3, $4' ELSE '$4' END) END);
    v_fits    CONSTANT text := '(s.client LIKE $6' || CASE WHEN p_typed ~ '^\d' THEN
        ' OR (SELECT offer_number(year, serial, revision) FROM offer WHERE id = n.offer_id) LIKE $7' ELSE '' END || ')';
    v_words   CONSTANT tsquery := all_words(word_list(left(p_typed, 200)));
    v_page    bigint[];
BEGIN
    IF NOT may_see_all() THEN
        RETURN;
    ELSIF p_typed IS NULL THEN
        RETURN QUERY EXECUTE format('SELECT n.id FROM notice AS n WHERE %s %s LIMIT $5', v_where, v_order)
            USING my_id(), p_turn, p_since, p_id, p_limit;
        RETURN;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT n.id'
                   '  FROM (SELECT * FROM notice AS n WHERE %s %s LIMIT %s) AS n'
                   '  JOIN action_search AS s ON s.action_id = n.action_id WHERE %s %2$s LIMIT $5) AS page',
                   v_where, v_order, c_steps, v_fits)
       INTO v_page
      USING my_id(), p_turn, p_since, p_id, p_limit, typed_pattern(p_typed),
            substr(typed_pattern(p_typed), 3);
    IF cardinality(v_page) = p_limit THEN
        RETURN QUERY SELECT * FROM unnest(v_page);
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('WITH fitting AS MATERIALIZED ('
        'SELECT notice.id FROM action_search AS s JOIN notice USING (action_id) WHERE s.client LIKE $6 %s'
        ' UNION SELECT notice.id FROM offer AS o JOIN notice ON offer_id = o.id'
        '  WHERE o.serial IS NOT NULL AND offer_number(o.year, o.serial, o.revision) COLLATE "C" >= $8'
        '    AND offer_number(o.year, o.serial, o.revision) COLLATE "C" < $8 || chr(1114111))'
        ' SELECT n.id FROM fitting JOIN notice AS n ON n.id = fitting.id WHERE %s %s LIMIT $5',
        CASE WHEN v_words IS NOT NULL THEN 'AND s.words @@ $9' END,
        v_where, v_order)
        USING my_id(), p_turn, p_since, p_id, p_limit, typed_pattern(p_typed),
              substr(typed_pattern(p_typed), 3), fold(p_typed), v_words;
END
$$;

-- For programs that know of no answer: the last row of their page says where it was by its id.
CREATE OR REPLACE FUNCTION found_notices(p_typed text, p_which text, p_forward boolean, p_limit integer,
    p_id bigint, p_made_at timestamptz DEFAULT NULL, p_turn integer DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT listed_notices(p_typed, p_which, p_forward, p_limit, p_id,
                          (SELECT waits_since FROM notice WHERE id = p_id), p_turn, NULL, NULL)
$$;

-- Such a page of everybody's actions, open or closed, the newest first.
CREATE FUNCTION listed_actions(p_typed text, p_open boolean, p_forward boolean, p_limit integer,
    p_number bigint, p_area bigint, p_rep bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps CONSTANT integer := 2000;
    v_order CONSTANT text := 'ORDER BY number ' || CASE WHEN p_forward THEN 'DESC' ELSE 'ASC' END;
    v_where CONSTANT text := concat_ws(' AND ', 'is_open = $1',
        CASE WHEN p_number IS NOT NULL THEN 'number ' || CASE WHEN p_forward THEN '<' ELSE '>' END || ' $2' END,
        CASE WHEN p_area IS NOT NULL THEN
            format('EXISTS (SELECT FROM hold AS h JOIN division AS d ON d.id = h.division_id'
                   ' WHERE h.action_id = action.id AND d.area_id = %s)', p_area) END,
        CASE WHEN p_rep IS NOT NULL THEN
            format('EXISTS (SELECT FROM action_member AS m WHERE m.action_id = action.id'
                   ' AND m.person_id = %s AND m.is_owner AND m.left_at IS NULL)', p_rep) END);
    v_words CONSTANT tsquery := all_words(word_list(left(p_typed, 200)));
    v_page  bigint[];
BEGIN
    IF NOT may_see_all() THEN
        RETURN;
    ELSIF p_typed IS NULL THEN
        RETURN QUERY EXECUTE format('SELECT id FROM action WHERE %s %s LIMIT $3', v_where, v_order)
            USING p_open, p_number, p_limit;
        RETURN;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id'
                   '  FROM (SELECT id, number FROM action WHERE %s %s LIMIT %s) AS near'
                   '  JOIN action_search ON action_id = id'
                   ' WHERE number::text = $4 OR title LIKE $5 OR client LIKE $5 %2$s LIMIT $3) AS page',
                   v_where, v_order, c_steps)
       INTO v_page USING p_open, p_number, p_limit, p_typed, typed_pattern(p_typed);
    IF cardinality(v_page) = p_limit THEN
        RETURN QUERY SELECT * FROM unnest(v_page);
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('WITH fitting AS MATERIALIZED ('
        'SELECT action_id FROM action_search WHERE (title LIKE $5 OR client LIKE $5) %s'
        ' UNION SELECT id FROM action WHERE number = $7)'
        ' SELECT id FROM fitting JOIN action ON id = action_id WHERE %s %s LIMIT $3',
        CASE WHEN v_words IS NOT NULL THEN 'AND words @@ $6' END,
        v_where, v_order)
        USING p_open, p_number, p_limit, p_typed, typed_pattern(p_typed), v_words,
              CASE WHEN p_typed ~ '^[1-9][0-9]{0,17}$' THEN p_typed::bigint END;
END
$$;

CREATE OR REPLACE FUNCTION found_actions(p_typed text, p_open boolean, p_forward boolean, p_limit integer,
    p_number bigint)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT listed_actions(p_typed, p_open, p_forward, p_limit, p_number, NULL, NULL)
$$;

CREATE OR REPLACE VIEW notice_overview WITH (security_invoker) AS
SELECT notice.id, notice.offer_id, notice.action_id, action.number AS action_number,
       action.client_id, client.name AS client,
       offer_number(offer.year, offer.serial, offer.revision) AS offer_number,
       offer.title AS offer_title, offer.currency, notice.total_cents, notice.invoiced_cents,
       notice.state, notice.state_reason_id, notice.state_note, notice.made_at, notice.seen_at,
       notice.taken_at, notice.taken_by AS taken_by_id, taker.name AS taken_by,
       owner.name AS rep, approver.name AS approved_by, offer.accepted_on, offer.accepted_by,
       offer.document_reference, notice.version,
       (SELECT change.at FROM state_change AS change
         WHERE notice.state = 'void' AND change.action_id = notice.action_id
           AND change.entity = 'notice' AND change.row_id = notice.id
           AND change.to_state = 'void') AS voided_at,
       (SELECT person.name FROM state_change AS change JOIN person ON person.id = change.person_id
         WHERE notice.state = 'void' AND change.action_id = notice.action_id
           AND change.entity = 'notice' AND change.row_id = notice.id
           AND change.to_state = 'void') AS voided_by,
       notice.answered_at, notice.waits_since
  FROM notice
  JOIN offer ON offer.id = notice.offer_id
  JOIN action ON action.id = notice.action_id
  JOIN client ON client.id = action.client_id
  LEFT JOIN person AS taker ON taker.id = notice.taken_by
  LEFT JOIN person AS approver ON approver.id = offer.approved_by
  LEFT JOIN action_member AS member
         ON member.action_id = notice.action_id AND member.is_owner AND member.left_at IS NULL
  LEFT JOIN person AS owner ON owner.id = member.person_id;

GRANT EXECUTE ON FUNCTION
    listed_actions(text, boolean, boolean, integer, bigint, bigint, bigint),
    listed_notices(text, text, boolean, integer, bigint, timestamptz, integer, bigint, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
