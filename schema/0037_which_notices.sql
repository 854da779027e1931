-- More of what back office looks for among the notices: those that others have taken, that are late,
-- returned, invoiced in part, void.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE INDEX notice_void ON notice (id) WHERE state = 'void';

-- p_which: all, invoiced or void, the newest first, behind the one with the id p_id; waiting, or of
-- these mine, others, late, returned or partial, in their turn, behind the one that p_turn, p_made_at
-- and p_id say.
CREATE OR REPLACE FUNCTION found_notices(p_typed text, p_which text, p_forward boolean, p_limit integer,
    p_id bigint, p_made_at timestamptz DEFAULT NULL, p_turn integer DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps   CONSTANT integer := 2000;
    v_in_turn CONSTANT boolean := p_which NOT IN ('all', 'invoiced', 'void');
    v_key     CONSTANT text := CASE WHEN v_in_turn THEN 'notice_turn(n.state), n.made_at, n.id' ELSE 'n.id' END;
    v_up      CONSTANT boolean := p_forward = v_in_turn;
    v_order   CONSTANT text := 'ORDER BY ' || CASE WHEN v_up THEN v_key ELSE replace(v_key, ',', ' DESC,') || ' DESC' END;
    v_where   CONSTANT text := concat_ws(' AND ', 'true',
        CASE WHEN v_in_turn THEN 'n.state IN (''pending'', ''taken'', ''returned'', ''partial'')' END,
        CASE WHEN p_which IN ('returned', 'partial', 'invoiced', 'void') THEN format('n.state = %L', p_which)
             WHEN p_which = 'mine' THEN 'n.taken_by = $1'
             WHEN p_which = 'others' THEN 'n.taken_by <> $1'
             WHEN p_which = 'late' THEN format('n.state = ''pending'' AND n.made_at <= %L',
                                               (SELECT warning FROM notice_limits())) END,
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
            USING my_id(), p_turn, p_made_at, p_id, p_limit;
        RETURN;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT n.id'
                   '  FROM (SELECT * FROM notice AS n WHERE %s %s LIMIT %s) AS n'
                   '  JOIN action_search AS s ON s.action_id = n.action_id WHERE %s %2$s LIMIT $5) AS page',
                   v_where, v_order, c_steps, v_fits)
       INTO v_page
      USING my_id(), p_turn, p_made_at, p_id, p_limit, typed_pattern(p_typed),
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
        USING my_id(), p_turn, p_made_at, p_id, p_limit, typed_pattern(p_typed),
              substr(typed_pattern(p_typed), 3), fold(p_typed), v_words;
END
$$;
