-- What is opened for the first time in a session costs less of the server, and what took it over 50 ms where there
-- are 1,000,000 clients. Some lists are read as the owner, who asks once what one may see: the planner is
-- spared row-level security for each table, and its limits to what an index may be asked.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- an action's time line

-- A page of it, the newest first or, backward, the earliest, behind a moment and a key.
CREATE FUNCTION found_timeline(p_action bigint, p_forward boolean, p_limit integer, p_at timestamptz, p_key text)
RETURNS SETOF timeline_overview LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse_newcomer();
    IF NOT is_member(p_action) AND NOT may_see_all() THEN
        RETURN;
    ELSIF p_forward THEN
        RETURN QUERY SELECT * FROM timeline_overview AS line
                      WHERE line.action_id = p_action
                        AND (line.at, line.key) < (coalesce(p_at, 'infinity'), coalesce(p_key, ''))
                      ORDER BY line.at DESC, line.key DESC LIMIT p_limit;
    ELSE
        RETURN QUERY SELECT * FROM timeline_overview AS line
                      WHERE line.action_id = p_action
                        AND (line.at, line.key) > (coalesce(p_at, '-infinity'), coalesce(p_key, ''))
                      ORDER BY line.at, line.key LIMIT p_limit;
    END IF;
END
$$;

-- ---- one's own next steps

-- A page of them by day, those without one last. A client is looked up where something was typed. Each of
-- one's actions is looked up by itself, instead of laying them upon the open ones of everybody.
CREATE FUNCTION found_own_agenda(p_typed text, p_forward boolean, p_limit integer, p_due date, p_number bigint)
RETURNS TABLE (id bigint, due date, is_owner boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
SET search_path = trato, pg_temp SET enable_mergejoin = off SET enable_hashjoin = off SET enable_bitmapscan = off
SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    v_due   CONSTANT text := 'coalesce(a.next_step_on, ''9999-12-31'')';
    v_where CONSTANT text := concat_ws(' AND ', 'm.person_id = $1', 'm.left_at IS NULL',
        'a.state = ''open''', 'a.next_step IS NOT NULL',
        CASE WHEN p_number IS NOT NULL THEN
            format('(%s, a.number) %s ($5, $6)', v_due, CASE WHEN p_forward THEN '>' ELSE '<' END) END,
        CASE WHEN p_typed IS NOT NULL THEN
            '(a.number::text = $2 OR '' '' || fold(a.next_step || '' '' || a.title) LIKE $3'
            ' OR (SELECT c.search_text FROM client AS c WHERE c.id = a.client_id) LIKE $3)' END);
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY EXECUTE format(
        'SELECT a.id, %1$s, m.is_owner FROM action_member AS m JOIN action AS a ON a.id = m.action_id'
        ' WHERE %2$s ORDER BY 2 %3$s, a.number %3$s LIMIT $4',
        v_due, v_where, CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END)
        USING my_id(), p_typed, typed_pattern(p_typed), p_limit, p_due, p_number;
END
$$;

-- ---- where an invoice is recorded

-- The one with this number. Under row-level security no index would be asked for it: upper() might tell.
CREATE FUNCTION found_invoice(p_series text, p_number text, p_year integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY SELECT id FROM invoice
                  WHERE upper(series) = upper(coalesce(filled(p_series), '')) AND upper(number) = upper(filled(p_number))
                    AND issue_year = p_year;
END
$$;

-- ---- whose client a message may be

-- Asked for each message of a tray: planned once in a session.
ALTER FUNCTION clients_of_addresses(text[]) SET plan_cache_mode = force_generic_plan;

-- ---- several frequent words in communications

-- What has a frequent word is a list of hundreds of thousands, of which the usual memory keeps only the
-- pages, and then every row of them is read. And the planner takes what has several words for rare, so what a
-- person or a client has is looked through for them, whatever it says.
ALTER FUNCTION search_communications(text, bigint, bigint, bigint, text, date, date, boolean, timestamptz, bigint, integer)
    SET work_mem = '32MB';

-- ---- what is searched

DO $$
DECLARE
    v_change record;
    v_was    text;
BEGIN
    FOR v_change IN VALUES
        ('search_communications', ARRAY[
            ['replace(v_fits, ''ts_match_vq(words, $9)'', ''words @@ $9'')',
             'CASE WHEN numnode(v_query) > 1 THEN v_fits ELSE replace(v_fits, ''ts_match_vq(words, $9)'', ''words @@ $9'') END']]),
        -- An index says which actions have the words, as in the other lists.
        ('found_waiting', ARRAY[
            [''' WHERE (client LIKE $6 OR title LIKE $6) UNION ALL', ''' WHERE (client LIKE $6 OR title LIKE $6)'
             ' AND ($9 IS NULL OR words @@ $9) UNION ALL'],
            ['now() - make_interval(days => setting_value(''quiet_days'')::integer);',
             'now() - make_interval(days => setting_value(''quiet_days'')::integer), asked_words(p_typed);']]),
        -- Only what begins with a digit may be a number.
        ('listed_notices', ARRAY[
            [''' UNION SELECT notice.id', '|| CASE WHEN fold(p_typed) ~ ''^\d'' THEN '' UNION SELECT notice.id'],
            ['< $8 || chr(1114111))''', '< $8 || chr(1114111)'' ELSE '''' END || '')''']])
    LOOP
        SELECT pg_get_functiondef(oid) INTO STRICT v_was FROM pg_proc
         WHERE pronamespace = 'trato'::regnamespace AND proname = v_change.column1;
        FOR v_part IN 1..array_length(v_change.column2, 1) LOOP
            IF position(v_change.column2[v_part][1] IN v_was) = 0 THEN
                RAISE EXCEPTION '% is another function than expected', v_change.column1;
            END IF;
            v_was := replace(v_was, v_change.column2[v_part][1], v_change.column2[v_part][2]);
        END LOOP;
        EXECUTE v_was;
    END LOOP;
END
$$;

-- ---- what writes were answered

-- Whether an answer to this may have words in it: those to what is done most often are ids, numbers and states.
-- Whoever changes the list makes the index below anew.
CREATE FUNCTION answers_words(p_verb text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT p_verb NOT IN ('set_next_step', 'log_communication', 'correct_communication', 'open_action', 'save_action',
        'close_action', 'hold_divisions', 'release_division', 'save_offer', 'present_offer', 'approve_offer',
        'see_notice', 'take_notice', 'record_invoice')
$$;

-- Where somebody is to be blocked, all answers are looked through for what names him. By the verb, which does not
-- change as the answer does, so that no write has to keep the index twice.
CREATE INDEX write_log_words ON write_log (at) WHERE answers_words(verb);

-- As before, but for that.
CREATE OR REPLACE FUNCTION block_all(p_blocking blocking)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_words   text[] := words_of_subject(p_blocking.kind, p_blocking.subject_id);
    v_pattern text;
    v_tables  jsonb;
BEGIN
    v_tables := (SELECT jsonb_object_agg(table_name, rows) FROM (
        SELECT table_name, jsonb_agg(jsonb_build_object('row_id', row_id, 'whole', whole, 'keep_until', keep_until)) AS rows
          FROM (SELECT table_name, row_id, bool_or(whole) AS whole,
                       greatest(p_blocking.erase_on, max(law_until)) AS keep_until
                  FROM rows_of_subject(p_blocking.kind, p_blocking.subject_id, emails_of(v_words))
                 GROUP BY table_name, row_id) AS row
         GROUP BY table_name) AS part);
    PERFORM moving(true);
    PERFORM block_rows(p_blocking.id, key, value, v_words) FROM jsonb_each(v_tables) ORDER BY key;
    PERFORM block_values(p_blocking.id, 'client', id, jsonb_build_object('archived', archived),
                         '{"archived": true}', p_blocking.erase_on)
       FROM client WHERE p_blocking.kind = 'client' AND id = p_blocking.subject_id;
    PERFORM block_values(p_blocking.id, 'contact', id, jsonb_build_object('active', active),
                         '{"active": false}', p_blocking.erase_on)
       FROM contact WHERE p_blocking.kind = 'contact' AND id = p_blocking.subject_id;
    -- What writes were answered is of no use for claims.
    v_pattern := words_said(v_words, 'SELECT result::text FROM write_log WHERE answers_words(verb)');
    UPDATE write_log
       SET result = without_words(result, v_pattern)
                    || CASE WHEN result ? 'subject' THEN '{"subject": "—"}'::jsonb ELSE '{}' END
     WHERE answers_words(verb)
       AND (result::text ~* v_pattern
        OR (verb IN ('log_mail', 'assign_mail') AND result ->> 'result' IN ('logged', 'known')
            AND result -> 'id' IN (SELECT r -> 'row_id' FROM jsonb_array_elements(v_tables -> 'communication') AS r
                                    WHERE (r -> 'whole')::boolean))
        OR (verb = 'log_mail' AND result ->> 'result' NOT IN ('logged', 'known')
            AND result -> 'id' IN (SELECT r -> 'row_id' FROM jsonb_array_elements(v_tables -> 'mail') AS r)));
    PERFORM find_communications_again(ARRAY(SELECT (r ->> 'row_id')::bigint
                                              FROM jsonb_array_elements(v_tables -> 'communication') AS r));
    PERFORM moving(false);
END
$$;

GRANT EXECUTE ON FUNCTION found_timeline(bigint, boolean, integer, timestamptz, text),
    found_own_agenda(text, boolean, integer, date, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION found_invoice(text, text, integer) TO trato_backoffice, trato_manager;
