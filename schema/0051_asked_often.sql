-- What is asked often costs less: several frequent words that clients have together.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- clients that have several words

-- The words that begin so, where they are few; else NULL.
CREATE FUNCTION words_begun(p_word text)
RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    c_few   CONSTANT integer := 16;
    v_words text[] := '{}';
    v_next  text;
BEGIN
    FOR v_rank IN 0..3 LOOP
        v_next := p_word;
        LOOP
            SELECT word INTO v_next FROM client_word
             WHERE rank = v_rank AND word >= v_next AND word < p_word || chr(1114111)
             ORDER BY word LIMIT 1;
            EXIT WHEN v_next IS NULL;
            v_words := v_words || v_next;
            IF cardinality(v_words) > c_few THEN
                RETURN NULL;
            END IF;
            v_next := v_next || chr(1);
        END LOOP;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT unnest(v_words));
END
$$;

-- The index of all words reads every row of a beginning, but skips through the rows of whole words, in a
-- tenth of the time. So it is asked for the words that are begun, where they are few, and for at least
-- two of those typed; the rows that are left are looked at.
CREATE OR REPLACE FUNCTION clients_of_words(p_words text[])
RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET enable_seqscan = off SET work_mem = '32MB' AS $$
DECLARE
    v_asked text[] := '{}';
    v_left  text[] := '{}';
    v_word  text;
    v_begun text[];
BEGIN
    FOREACH v_word IN ARRAY p_words LOOP
        v_begun := words_begun(v_word);
        IF v_begun = '{}' THEN
            v_begun := ARRAY[v_word];
        END IF;
        IF v_begun IS NULL THEN
            v_left := v_left || v_word;
        ELSE
            v_asked := v_asked || format('(''%s'')', array_to_string(v_begun, ''' | '''));
        END IF;
    END LOOP;
    v_left := ARRAY(SELECT word FROM unnest(v_left) AS word ORDER BY length(word) DESC);
    v_asked := v_asked || ARRAY(SELECT format('''%s'':*', word)
                                  FROM unnest(v_left[:2 - cardinality(v_asked)]) AS word);
    RETURN ARRAY(SELECT client_id
                   FROM (SELECT client_id, words FROM client_search
                          WHERE words @@ array_to_string(v_asked, ' & ')::tsquery OFFSET 0) AS asked
                  WHERE v_left = '{}' OR words @@ all_words(v_left))
        || clients_with_words(ARRAY(SELECT client_id FROM client_search WHERE words IS NULL), p_words);
END
$$;

-- As before, but where the steps of a rank are used up, what stands in the next ones is not yet due: a page
-- that was filled from there would leave out for good what was not reached.
CREATE OR REPLACE FUNCTION walk_words(p_words text[], p_forward boolean, p_limit integer, p_from client_word,
    p_archived boolean, p_steps integer DEFAULT NULL)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    v_edge  client_word := CASE WHEN p_forward THEN ROW (0, 0, p_words[1], '') ELSE
        ROW (9223372036854775807, 3, p_words[1] || chr(1114111), '') END;
    v_at    client_word := coalesce(p_from, v_edge);
    v_left  integer := p_limit;
    v_found integer;
    v_more  boolean;
    v_order CONSTANT text := CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END;
    v_rows  CONSTANT text := format($q$
        SELECT * FROM client_word
         WHERE rank = $1 AND (word, name_folded, client_id) %s ($3, $4, $5) AND word %s
         ORDER BY word %s, name_folded %3$s, client_id %3$s $q$,
        CASE WHEN p_forward THEN '>' ELSE '<' END,
        CASE WHEN p_forward THEN '< $2 || chr(1114111)' ELSE '>= $2' END, v_order);
    v_query CONSTANT text := format($q$
        SELECT w.* FROM (%s LIMIT $6) AS w
         WHERE (SELECT true FROM client_word AS before
                 WHERE before.client_id = w.client_id AND before.word >= $2
                   AND before.word < $2 || chr(1114111)
                   AND (before.rank, before.word) < (w.rank, w.word) LIMIT 1) IS NULL
           AND (SELECT true FROM unnest($7) AS other
                 WHERE (SELECT true FROM client_word AS its
                         WHERE its.client_id = w.client_id AND its.word >= other
                           AND its.word < other || chr(1114111) LIMIT 1) IS NULL LIMIT 1) IS NULL
           AND ($8 OR NOT (SELECT archived FROM client WHERE id = w.client_id))
         ORDER BY w.word %s, w.name_folded %2$s, w.client_id %2$s LIMIT $9 $q$, v_rows, v_order);
BEGIN
    WHILE v_at.rank BETWEEN 0 AND 3 AND v_left > 0 LOOP
        RETURN QUERY EXECUTE v_query USING v_at.rank, p_words[1], v_at.word, v_at.name_folded,
            v_at.client_id, p_steps, p_words[2:], p_archived, v_left;
        GET DIAGNOSTICS v_found = ROW_COUNT;
        v_left := v_left - v_found;
        IF v_left > 0 AND p_steps IS NOT NULL THEN
            EXECUTE format('SELECT EXISTS (%s OFFSET $6)', v_rows) INTO v_more
              USING v_at.rank, p_words[1], v_at.word, v_at.name_folded, v_at.client_id, p_steps;
            EXIT WHEN v_more;
        END IF;
        v_edge.rank := v_at.rank + CASE WHEN p_forward THEN 1 ELSE -1 END;
        v_at := v_edge;
    END LOOP;
END
$$;

-- As before, but the second walk is shorter, since laying the words upon each other costs less now;
-- where that finds so many that putting them in order takes longer than walking on, it walks on.
CREATE OR REPLACE FUNCTION walk_several_words(p_words text[], p_forward boolean, p_limit integer,
    p_from client_word, p_archived boolean)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp AS $$
DECLARE
    c_few     CONSTANT integer := 1000;
    c_steps   CONSTANT integer := 150;
    c_far     CONSTANT integer := 1000;
    c_many    CONSTANT integer := 4000;
    v_long    CONSTANT text[] := ARRAY(SELECT word FROM unnest(p_words) AS word WHERE length(word) > 2);
    v_short   CONSTANT text[] := ARRAY(SELECT word FROM unnest(p_words) AS word WHERE length(word) < 3);
    v_word    text;
    v_page    client_word[];
    v_clients bigint[];
    v_fewest  bigint[];
    v_steps   integer := c_steps;
BEGIN
    FOREACH v_word IN ARRAY ARRAY(SELECT word FROM unnest(p_words) AS word ORDER BY length(word) DESC) LOOP
        EXECUTE format('SELECT array_agg(client_id) FROM (SELECT client_id FROM client_word'
                       ' WHERE rank = ANY (''{0,1,2,3}'') AND word >= %1$L AND word < %1$L || chr(1114111)'
                       ' LIMIT %2$s) AS first',
                       v_word, coalesce(cardinality(v_fewest), c_few)) INTO v_clients;
        IF v_clients IS NULL THEN
            RETURN;
        ELSIF cardinality(v_clients) < coalesce(cardinality(v_fewest), c_few) THEN
            v_fewest := v_clients;
        END IF;
    END LOOP;
    IF v_fewest IS NOT NULL THEN
        v_clients := clients_with_words(ARRAY(SELECT DISTINCT unnest(v_fewest)), p_words);
    ELSE
        LOOP
            v_page := ARRAY(SELECT w FROM walk_words(p_words, p_forward, p_limit, p_from, p_archived,
                                                     v_steps) AS w);
            IF cardinality(v_page) = p_limit OR v_steps IS NULL THEN
                RETURN QUERY SELECT * FROM unnest(v_page);
                RETURN;
            END IF;
            IF v_steps = c_steps THEN
                v_steps := CASE WHEN cardinality(v_long) > 1
                                THEN 2 * c_steps * p_limit / (cardinality(v_page) + 1) END;
                CONTINUE WHEN v_steps <= c_far OR v_steps IS NULL;
            END IF;
            v_clients := clients_of_words(v_long);
            EXIT WHEN cardinality(v_clients) <= c_many;
            v_steps := NULL;
        END LOOP;
        v_clients := clients_with_words(v_clients, v_short);
    END IF;
    RETURN QUERY SELECT * FROM words_in_order(v_clients, p_words[1], p_forward, p_limit, p_from,
                                              p_archived);
END
$$;

-- ---- one's own actions

-- Which of one's actions are open, and when they are due, without reading them all.
CREATE UNIQUE INDEX action_member_own ON action_member (person_id, action_id) INCLUDE (is_owner) WHERE left_at IS NULL;
DROP INDEX action_member_once;
ALTER INDEX action_member_own RENAME TO action_member_once;
CREATE INDEX action_open ON action (id) INCLUDE (number, next_step_on) WHERE state = 'open';

-- A page of one's own actions: mine, shared or closed ones, in the order of a column, behind a value and
-- a number. By due, the earliest first, and of a day the newest; by the others, the number decides.
CREATE FUNCTION found_own_actions(p_typed text, p_which text, p_column text, p_forward boolean,
    p_limit integer, p_at text, p_number bigint)
RETURNS TABLE (id bigint, at text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = trato, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_at     CONSTANT text := CASE p_column
        WHEN 'due' THEN 'coalesce(to_char(a.next_step_on, ''YYYY-MM-DD''), ''9999-12-31'')'
        WHEN 'client' THEN '(SELECT c.name_folded FROM client AS c WHERE c.id = a.client_id)'
        WHEN 'title' THEN 'fold(a.title)'
        WHEN 'next_step' THEN 'coalesce(to_char(a.next_step_on, ''YYYY-MM-DD''), ''9999'')'
        WHEN 'state' THEN 'a.state'
        WHEN 'first_division' THEN
            '(SELECT fold(min(d.name)) FROM hold AS h JOIN division AS d ON d.id = h.division_id'
            ' WHERE h.action_id = a.id AND (h.released_at IS NULL OR h.released_by_closing))'
        WHEN 'presented' THEN
            '(SELECT lpad(coalesce(sum(o.total_cents), 0)::text, 20, ''0'') FROM offer AS o'
            ' WHERE o.action_id = a.id AND o.state IN (''draft'', ''presented'', ''approved''))'
        WHEN 'contact_age' THEN
            'to_char(coalesce((SELECT max(k.happened_at) FROM communication AS k WHERE k.action_id = a.id),'
            ' a.opened_at) AT TIME ZONE ''UTC'', ''YYYY-MM-DD HH24:MI:SS.US'')'
        WHEN 'owner' THEN
            '(SELECT fold(p.name) FROM action_member AS w JOIN person AS p ON p.id = w.person_id'
            ' WHERE w.action_id = a.id AND w.is_owner AND w.left_at IS NULL)'
        ELSE '''''' END;
    v_number CONSTANT text := CASE WHEN p_column = 'due' THEN '-mine.number' ELSE 'mine.number' END;
    v_where  CONSTANT text := concat_ws(' AND ', 'm.person_id = $1', 'm.left_at IS NULL',
        CASE p_which WHEN 'mine' THEN 'm.is_owner AND a.state = ''open'''
                     WHEN 'shared' THEN 'NOT m.is_owner AND a.state = ''open'''
                     ELSE 'a.state <> ''open''' END,
        CASE WHEN p_typed IS NOT NULL THEN
            '(a.number::text = $2 OR (SELECT true FROM action_search AS s'
            ' WHERE s.action_id = a.id AND (s.title LIKE $3 OR s.client LIKE $3) LIMIT 1))' END);
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY EXECUTE format(
        'SELECT mine.id, mine.at FROM (SELECT a.id, a.number, coalesce(%1$s, '''') COLLATE "C" AS at'
        ' FROM action_member AS m JOIN action AS a ON a.id = m.action_id WHERE %2$s) AS mine'
        ' WHERE $5 IS NULL OR (mine.at, %3$s) %4$s (coalesce($4, ''''), $5) ORDER BY mine.at %5$s, %3$s %5$s LIMIT $6',
        v_at, v_where, v_number, CASE WHEN p_forward THEN '>' ELSE '<' END,
        CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END)
        USING my_id(), p_typed, typed_pattern(p_typed), p_at,
              CASE WHEN p_column = 'due' THEN -p_number ELSE p_number END, p_limit;
END
$$;

-- ---- one's own notices

-- A page of the notices of one's own actions, those that were returned first, then the newest.
CREATE FUNCTION found_own_notices(p_typed text, p_which text, p_area bigint, p_rep bigint, p_forward boolean,
    p_limit integer, p_rank integer, p_id bigint)
RETURNS TABLE (id bigint, rank integer) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = trato, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_rank  CONSTANT text := 'CASE n.state WHEN ''returned'' THEN 1 ELSE 2 END';
    v_where CONSTANT text := concat_ws(' AND ', 'm.person_id = $1', 'm.left_at IS NULL',
        CASE p_which WHEN 'all' THEN NULL
                     WHEN 'waiting' THEN 'n.state IN (''pending'', ''taken'', ''returned'', ''partial'')'
                     ELSE 'n.state = $2' END,
        CASE WHEN p_area IS NOT NULL THEN
            'EXISTS (SELECT FROM offer_division AS od JOIN division AS d ON d.id = od.division_id'
            ' WHERE od.offer_id = n.offer_id AND d.area_id = $3)' END,
        CASE WHEN p_rep IS NOT NULL THEN
            'EXISTS (SELECT FROM action_member AS w WHERE w.action_id = n.action_id AND w.person_id = $4'
            ' AND w.is_owner AND w.left_at IS NULL)' END,
        CASE WHEN p_id IS NOT NULL THEN
            format('(%s, -n.id) %s ($5, -$6)', v_rank, CASE WHEN p_forward THEN '>' ELSE '<' END) END,
        CASE WHEN p_typed IS NOT NULL THEN
            '((SELECT true FROM action_search AS s WHERE s.action_id = n.action_id AND s.client LIKE $8 LIMIT 1)'
            || CASE WHEN p_typed ~ '^\d' THEN ' OR (SELECT offer_number(o.year, o.serial, o.revision)'
               ' FROM offer AS o WHERE o.id = n.offer_id) LIKE $9' ELSE '' END || ')' END);
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY EXECUTE format(
        'SELECT n.id, %1$s FROM action_member AS m JOIN notice AS n ON n.action_id = m.action_id'
        ' WHERE %2$s ORDER BY 2 %3$s, -n.id %3$s LIMIT $7',
        v_rank, v_where, CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END)
        USING my_id(), p_which, p_area, p_rep, p_rank, p_id, p_limit,
              typed_pattern(p_typed), substr(typed_pattern(p_typed), 3);
END
$$;

-- ---- the tray

-- Whether somebody else has logged a message is asked for each that is read, so only those are that may be
-- shown, in order.
CREATE OR REPLACE VIEW mail_overview WITH (security_invoker) AS
SELECT mail.id, mail.person_id, person.name AS person, mail.message_id, mail.direction, mail.sender,
       mail.recipients, mail.addresses, mail.happened_at, mail.subject, mail.body, mail.attachments,
       CASE WHEN mail.state = 'logged' OR mail_is_logged(mail.id) THEN 'logged' ELSE mail.state END AS state,
       mail.state_note, mail.communication_id, mail.arrived_at, mail.settled_at, mail.version,
       mail.state AS own_state
  FROM mail
  JOIN person ON person.id = mail.person_id;
CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX mail_tray ON mail (person_id, state, id);
DROP INDEX mail_waiting;

-- ---- clients merged

-- A contact that goes to another client is looked for in all communications.
CREATE INDEX communication_contact ON communication (contact_id) WHERE contact_id IS NOT NULL;

-- ---- offers by their number

-- What is typed is the number of an offer, or its beginning, of which there are few.
CREATE FUNCTION is_offer_number(p_typed text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(p_typed ~ '^\d{4}-\d{4}', false)
$$;

-- The words of what was typed that an index is asked for: of a number the middle, since the year and the
-- revision are those of many.
CREATE FUNCTION asked_words(p_typed text)
RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT all_words(CASE WHEN is_offer_number(p_typed) THEN ARRAY[substring(left(p_typed, 200) FROM '^\d+-(\d+)')]
                          ELSE word_list(left(p_typed, 200)) END)
$$;

DO $$
DECLARE
    v_change record;
    v_was    text;
BEGIN
    FOR v_change IN VALUES
        -- A number is not walked for through all that is newer.
        ('found_offers', 'v_steps integer := c_steps;',
         'v_steps integer := CASE WHEN is_offer_number(p_typed) THEN 0 ELSE c_steps END;'),
        ('found_offers', 'EXIT WHEN v_from <> ''offer AS o'';', 'EXIT WHEN v_from <> ''offer AS o'' AND v_steps > 0;'),
        ('found_offers', 'EXECUTE ''SELECT count(*) FROM ('' || v_all || '') AS page'' INTO v_count',
         'EXECUTE CASE WHEN v_steps = 0 THEN ''SELECT 0'' ELSE ''SELECT count(*) FROM ('' || v_all || '') AS page'' END'
         ' INTO v_count'),
        ('found_offers', ''' FROM fitting JOIN offer AS o ON o.id = fitting.id WHERE''',
         'CASE WHEN v_steps = 0 THEN '' FROM fitting,'
         ' LATERAL (SELECT * FROM offer WHERE id = fitting.id OFFSET 0) AS o WHERE '''
         ' ELSE '' FROM fitting JOIN offer AS o ON o.id = fitting.id WHERE '' END'
         ' || CASE WHEN v_own THEN ''o.action_id IN (SELECT my_action_ids()) AND '' ELSE '''' END'
         ' || CASE WHEN p_rep IS NOT NULL THEN ''o.action_id IN (SELECT action_id FROM action_member'
         ' WHERE person_id = $6 AND is_owner AND left_at IS NULL) AND '' ELSE '''' END'),
        ('found_offers', 'all_words(word_list(left(p_typed, 200)))', 'asked_words(p_typed)'),
        -- A person's are put in order by themselves: the index of all in order leads through everybody's.
        ('search_communications', 'FROM communication_search''
            '' WHERE %s ORDER BY happened_at %s, communication_id %2$s LIMIT 2000)',
         'FROM ('' || v_own || '') AS own'
         ' ORDER BY happened_at %s, communication_id %2$s LIMIT '' || CASE WHEN v_fits = ''true'' THEN ''$10'' ELSE ''2000'' END || '')'),
        ('search_communications', '    v_walk    text;', '    v_own     CONSTANT text := ''SELECT communication_id, happened_at'
         ' FROM communication_search WHERE %s OFFSET 0'';
    v_walk    text;'),
        ('search_communications', 'v_actions := ARRAY(SELECT id FROM action
                            WHERE (v_client IS NULL OR client_id = v_client)
                              AND (v_all OR id IN (SELECT action_id FROM action_member
                                                    WHERE person_id = my_id() AND left_at IS NULL)));',
         'v_actions := CASE WHEN v_client IS NULL THEN ARRAY(SELECT my_action_ids())
                           ELSE ARRAY(SELECT id FROM action
                                       WHERE client_id = v_client AND (v_all OR id IN (SELECT my_action_ids()))) END;'),
        -- Where the newest are not enough, the planner says whether the word or the person has fewer.
        ('search_communications', 'v_where, v_fits, v_order)
        USING', 'v_where, replace(v_fits, ''ts_match_vq(words, $9)'', ''words @@ $9''), v_order)
        USING'),
        ('listed_notices', 'c_steps, v_fits)', 'CASE WHEN is_offer_number(p_typed) THEN 0 ELSE c_steps END, v_fits)'),
        ('listed_notices', 'all_words(word_list(left(p_typed, 200)))', 'asked_words(p_typed)')
    LOOP
        SELECT pg_get_functiondef(oid) INTO STRICT v_was FROM pg_proc
         WHERE pronamespace = 'trato'::regnamespace AND proname = v_change.column1;
        IF position(v_change.column2 IN v_was) = 0 THEN
            RAISE EXCEPTION '% is another function than expected', v_change.column1;
        END IF;
        EXECUTE replace(v_was, v_change.column2, v_change.column3);
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION words_begun(text), found_own_actions(text, text, text, boolean, integer, text, bigint),
    found_own_notices(text, text, bigint, bigint, boolean, integer, integer, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
