-- The lists that are behind the dashboard's figures: offers, actions that wait, divisions held.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE INDEX offer_validity ON offer (valid_until, id) WHERE state = 'presented';
CREATE INDEX offer_in_state ON offer (state, id);
CREATE INDEX hold_in_order ON hold (held_at, id) WHERE released_at IS NULL;

-- A page of offers. p_which: a state, also expired (presented is without them then), or all but what a later
-- revision replaced; withdrawn-presented: not the drafts among them. p_since, p_until: decided, or
-- expired, in these days; p_area: that concern it (0: none); p_rep: of the actions that are his now. What waits
-- longest comes first, of what is decided the latest. Behind (before, where p_forward is false) the one
-- that p_at and p_id say. Runs as the owner, as found_actions does and for its reason; who may not
-- see all gets his own.
CREATE FUNCTION found_offers(p_typed text, p_which text, p_since date, p_until date, p_area bigint,
    p_rep bigint, p_forward boolean, p_limit integer, p_at text, p_id bigint)
RETURNS TABLE (id bigint, at text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps CONSTANT integer := 2000;
    c_most  CONSTANT integer := 40000;
    c_number CONSTANT text := 'offer_number(o.year, o.serial, o.revision) COLLATE "C"';
    c_zone  CONSTANT text := setting_value('timezone');
    v_own   CONSTANT boolean := NOT may_see_all();
    v_state CONSTANT text := split_part(p_which, '-', 1);
    v_at    CONSTANT text := CASE v_state WHEN 'approved' THEN 'o.approved_on'
        WHEN 'presented' THEN 'o.valid_until' WHEN 'expired' THEN 'o.valid_until'
        WHEN 'rejected' THEN 'o.rejected_at' END;
    v_type  CONSTANT text := CASE v_state WHEN 'rejected' THEN 'timestamptz' ELSE 'date' END;
    v_key   CONSTANT text := concat_ws(', ', v_at, 'o.id');
    v_up    CONSTANT boolean := p_forward = (v_state = 'presented');
    v_order CONSTANT text := 'ORDER BY ' || CASE WHEN v_up THEN v_key
                                                 ELSE replace(v_key, ',', ' DESC,') || ' DESC' END;
    v_begin CONSTANT timestamptz := p_since::timestamp AT TIME ZONE c_zone;
    v_end   CONSTANT timestamptz := (p_until + 1)::timestamp AT TIME ZONE c_zone;
    v_where CONSTANT text := concat_ws(' AND ',
        CASE v_state WHEN 'all' THEN 'o.state <> ''superseded'''
                     WHEN 'presented' THEN 'o.state = ''presented'' AND o.valid_until >= today()'
                     WHEN 'expired' THEN 'o.state = ''presented'' AND o.valid_until < today()'
                     ELSE format('o.state = %L', v_state) END,
        CASE WHEN p_which = 'withdrawn-presented' THEN 'o.presented_at IS NOT NULL' END,
        CASE WHEN p_since IS NOT NULL THEN
            CASE v_state WHEN 'approved' THEN 'o.approved_on BETWEEN $1 AND $2'
                         WHEN 'expired' THEN 'o.valid_until BETWEEN $1 AND $2'
                         WHEN 'rejected' THEN 'o.rejected_at >= $3 AND o.rejected_at < $4'
                         WHEN 'withdrawn' THEN 'o.id IN (SELECT row_id FROM state_change'
                             ' WHERE entity = ''offer'' AND to_state = ''withdrawn'' AND at >= $3 AND at < $4)'
            END END,
        CASE WHEN p_area IS NOT NULL THEN 'EXISTS (SELECT FROM offer_division AS od'
            ' JOIN division AS d ON d.id = od.division_id WHERE od.offer_id = o.id AND d.area_id IS NOT DISTINCT FROM nullif($5, 0))' END,
        CASE WHEN p_id IS NOT NULL THEN format('(%s) %s (%s)', v_key, CASE WHEN v_up THEN '>' ELSE '<' END,
            CASE WHEN v_at IS NULL THEN '$8' ELSE format('$7::%s, $8', v_type) END) END);
    -- A person's are few: all of them are read, and then put in order.
    v_from  CONSTANT text := CASE WHEN v_own OR p_rep IS NOT NULL THEN
        '(SELECT * FROM offer WHERE ' || concat_ws(' AND ',
            CASE WHEN v_own THEN 'action_id IN (SELECT my_action_ids())' END,
            CASE WHEN p_rep IS NOT NULL THEN 'action_id IN (SELECT action_id FROM action_member'
                ' WHERE person_id = $6 AND is_owner AND left_at IS NULL)' END) || ' OFFSET 0) AS o'
        ELSE 'offer AS o' END;
    v_fits  CONSTANT text := '(s.client LIKE $10 OR s.title LIKE $10' || CASE WHEN p_typed ~ '^\d' THEN
        ' OR ' || c_number || ' LIKE $11' ELSE '' END || ')';
    v_page  CONSTANT text := format(' %s %s LIMIT $9', v_where, v_order);
    v_select CONSTANT text := 'SELECT o.id, ' || coalesce(v_at || '::text', 'NULL::text');
    v_words CONSTANT tsquery := all_words(word_list(left(p_typed, 200)));
    v_steps integer := c_steps;
    v_all   text;
    v_count bigint;
BEGIN
    IF p_typed IS NULL THEN
        v_all := v_select || ' FROM ' || v_from || ' WHERE' || v_page;
    ELSE
        -- What is frequent fills the page within some steps, or within more of them where the first ones
        -- promise it; of a person's all are read.
        LOOP
            v_all := format('%s FROM (SELECT o.* FROM %s WHERE %s %s LIMIT %s) AS o'
                            ' JOIN action_search AS s ON s.action_id = o.action_id WHERE %s %4$s LIMIT $9',
                            v_select, v_from, v_where, v_order,
                            CASE WHEN v_from = 'offer AS o' THEN v_steps::text ELSE 'ALL' END, v_fits);
            EXIT WHEN v_from <> 'offer AS o';
            EXECUTE 'SELECT count(*) FROM (' || v_all || ') AS page' INTO v_count
              USING p_since, p_until, v_begin, v_end, p_area, p_rep, p_at, p_id, p_limit,
                    typed_pattern(p_typed), substr(typed_pattern(p_typed), 3);
            EXIT WHEN v_count = p_limit;
            IF v_steps = c_steps AND v_count >= 3 THEN
                v_steps := least(c_most, c_steps * p_limit / v_count * 3 / 2);
            ELSE
                v_all := 'WITH fitting AS MATERIALIZED ('
                    'SELECT offer.id FROM action_search AS s JOIN offer USING (action_id)'
                    ' WHERE (s.client LIKE $10 OR s.title LIKE $10)'
                    || CASE WHEN v_words IS NOT NULL THEN ' AND s.words @@ $12' ELSE '' END
                    || format(' UNION SELECT o.id FROM offer AS o WHERE o.serial IS NOT NULL'
                              ' AND %s >= $13 AND %1$s < $13 || chr(1114111)) ', c_number)
                    || v_select || ' FROM fitting JOIN offer AS o ON o.id = fitting.id WHERE' || v_page;
                EXIT;
            END IF;
        END LOOP;
    END IF;
    RETURN QUERY EXECUTE v_all
        USING p_since, p_until, v_begin, v_end, p_area, p_rep, p_at, p_id, p_limit,
              typed_pattern(p_typed), substr(typed_pattern(p_typed), 3), v_words, fold(p_typed);
END
$$;

-- A page of open actions that wait. p_which: overdue, by the day of their next step, or quiet, by the
-- last contact. The rest as above.
CREATE FUNCTION found_waiting(p_typed text, p_which text, p_area bigint, p_rep bigint,
    p_forward boolean, p_limit integer, p_at text, p_id bigint)
RETURNS TABLE (id bigint, at text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = trato, pg_temp AS $$
DECLARE
    v_quiet CONSTANT boolean := p_which = 'quiet';
    v_order CONSTANT text := CASE WHEN p_forward THEN 'ORDER BY a.at, a.id'
                                  ELSE 'ORDER BY a.at DESC, a.id DESC' END;
    v_whose CONSTANT text := concat_ws(' AND ', 'a.state = ''open''',
        CASE WHEN NOT v_quiet THEN 'a.next_step_on < today()' END,
        CASE WHEN NOT may_see_all() THEN 'a.id IN (SELECT my_action_ids())' END,
        CASE WHEN p_rep IS NOT NULL THEN 'a.id IN (SELECT action_id FROM action_member'
            ' WHERE person_id = $2 AND is_owner AND left_at IS NULL)' END,
        CASE WHEN p_area IS NOT NULL THEN 'a.id IN (SELECT h.action_id FROM hold AS h'
            ' JOIN division AS d ON d.id = h.division_id WHERE d.area_id = $1)' END,
        CASE WHEN p_typed IS NOT NULL THEN 'a.id IN (SELECT action_id FROM action_search'
            ' WHERE (client LIKE $6 OR title LIKE $6) UNION ALL SELECT id FROM action'
            ' WHERE number = $7)' END);
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT a.id, a.at::text FROM (SELECT a.id, %s AS at FROM action AS a WHERE %s) AS a WHERE %s %s LIMIT $5',
        CASE WHEN v_quiet THEN 'coalesce((SELECT max(c.happened_at) FROM communication AS c'
                               ' WHERE c.action_id = a.id), a.opened_at)'
             ELSE 'a.next_step_on' END, v_whose,
        concat_ws(' AND ', CASE WHEN v_quiet THEN
            'a.at < now() - make_interval(days => setting_value(''quiet_days'')::integer)' ELSE 'true' END,
            CASE WHEN p_id IS NOT NULL THEN format('(a.at, a.id) %s ($3::%s, $4)',
                CASE WHEN p_forward THEN '>' ELSE '<' END,
                CASE WHEN v_quiet THEN 'timestamptz' ELSE 'date' END) END), v_order)
        USING p_area, p_rep, p_at, p_id, p_limit, typed_pattern(p_typed),
              CASE WHEN p_typed ~ '^[1-9][0-9]{0,17}$' THEN p_typed::bigint END;
END
$$;

-- A page of the divisions that are held, the longest first; the rest as above. Everybody may know
-- of all of them.
CREATE FUNCTION found_holds(p_typed text, p_area bigint, p_rep bigint, p_forward boolean,
    p_limit integer, p_at timestamptz, p_id bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_clients CONSTANT bigint[] := CASE WHEN p_typed IS NOT NULL
        THEN clients_of_words(word_list(left(p_typed, 200))) END;
BEGIN
    RETURN QUERY EXECUTE concat_ws(' AND ',
        'SELECT h.id FROM hold AS h WHERE h.released_at IS NULL',
        CASE WHEN p_id IS NOT NULL THEN '(h.held_at, h.id) ' || CASE WHEN p_forward THEN '>' ELSE '<' END
                                        || ' ($3, $4)' END,
        CASE WHEN p_typed IS NOT NULL THEN 'h.client_id = ANY ($6)' END,
        CASE WHEN p_area IS NOT NULL THEN 'EXISTS (SELECT FROM division AS d'
            ' WHERE d.id = h.division_id AND d.area_id = $1)' END,
        CASE WHEN p_rep IS NOT NULL THEN 'h.action_id IN (SELECT action_id FROM action_member'
            ' WHERE person_id = $2 AND is_owner AND left_at IS NULL)' END)
        || CASE WHEN p_forward THEN ' ORDER BY h.held_at, h.id LIMIT $5'
                ELSE ' ORDER BY h.held_at DESC, h.id DESC LIMIT $5' END
        USING p_area, p_rep, p_at, p_id, p_limit, v_clients;
END
$$;

GRANT EXECUTE ON FUNCTION
    found_holds(text, bigint, bigint, boolean, integer, timestamptz, bigint),
    found_offers(text, text, date, date, bigint, bigint, boolean, integer, text, bigint),
    found_waiting(text, text, bigint, bigint, boolean, integer, text, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
