-- All that is known of a client with many contacts takes an eighth of the time: of its words only those are
-- looked for in a row that stand in some row of that table. And who is named where a line begins is found.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A line's end is no letter, which the n of \n would be; nor is what stands behind a backslash a part of it.
CREATE FUNCTION text_of_row(p_row jsonb)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT regexp_replace(p_row::text, '\\(?:[\\bfnrt]|u00[01][0-9a-f])', ' ', 'g')
$$;

DROP FUNCTION rows_that_name(name, jsonb, text);

-- Of these rows those of a table that are wholly his or name him: of another contact, no more than that.
CREATE FUNCTION rows_that_name(p_table name, p_rows jsonb, p_words text[])
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_others CONSTANT bigint[] := ARRAY(SELECT row_id FROM jsonb_to_recordset(p_rows)
        AS r (table_name name, row_id bigint, whole boolean) WHERE table_name = p_table
        GROUP BY row_id HAVING NOT bool_or(whole));
    v_found jsonb;
BEGIN
    EXECUTE format('SELECT coalesce(jsonb_agg(CASE WHEN r.whole THEN to_jsonb(t)'
                   ' ELSE to_jsonb(t) - ARRAY(SELECT column_name::text FROM register'
                   '  WHERE table_name = %1$L AND about = ''contact'') END ORDER BY t.id), ''[]'') FROM %1$I AS t JOIN'
                   ' (SELECT row_id, bool_or(whole) AS whole FROM jsonb_to_recordset($1)'
                   '  AS r (table_name name, row_id bigint, whole boolean) WHERE table_name = %1$L GROUP BY row_id) AS r'
                   ' ON r.row_id = t.id WHERE r.whole OR text_of_row(to_jsonb(t)) ~* $2', p_table)
       INTO v_found USING p_rows, words_said(p_words,
           format('SELECT text_of_row(to_jsonb(t)) FROM %I AS t WHERE id = ANY ($2)', p_table), v_others);
    RETURN v_found;
END
$$;

-- And of the trail.
CREATE FUNCTION lines_that_name(p_rows jsonb, p_words text[])
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_lines   CONSTANT bigint[] := ARRAY(SELECT a.id FROM (SELECT table_name, row_id FROM jsonb_to_recordset(p_rows)
        AS r (table_name name, row_id bigint, whole boolean) WHERE table_name <> 'contact'
        GROUP BY table_name, row_id HAVING NOT bool_or(whole)) AS r JOIN audit AS a USING (table_name, row_id));
    v_pattern CONSTANT text := words_said(p_words, 'SELECT concat(text_of_row(old), text_of_row(new)) FROM audit'
        ' WHERE id = ANY ($2)', v_lines);
BEGIN
    RETURN (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'login' ORDER BY a.id), '[]')
              FROM (SELECT DISTINCT table_name, row_id, whole FROM jsonb_to_recordset(p_rows)
                           AS r (table_name name, row_id bigint, whole boolean)) AS r
              JOIN audit AS a USING (table_name, row_id)
             WHERE r.whole OR (table_name <> 'contact' AND concat(text_of_row(a.old), text_of_row(a.new)) ~* v_pattern));
END
$$;

-- As before, with these.
CREATE OR REPLACE FUNCTION personal_data(p_kind text, p_subject bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_words   text[] := words_of_subject(p_kind, p_subject);
    v_rows    jsonb;
    v_client  bigint;
BEGIN
    PERFORM refuse_newcomer();
    IF current_setting('transaction_read_only')::boolean THEN
        PERFORM refuse('personal_data_are_put_down', 'who is given this has to be put down');
    END IF;
    RAISE LOG 'personal data of % % are asked for by %', p_kind, p_subject, session_user;
    IF EXISTS (SELECT FROM blocking WHERE kind = p_kind AND subject_id = p_subject AND state <> 'unblocked') THEN
        PERFORM refuse(p_kind || '_is_blocked', 'these data are blocked');
    ELSIF p_kind = 'person' THEN
        IF NOT EXISTS (SELECT FROM person WHERE id = p_subject) THEN
            PERFORM refuse_unknown('person');
        END IF;
        PERFORM put_opening('person_data', p_subject, NULL, NULL);
        RETURN jsonb_build_object('kind', 'person', 'generated_at', now(),
            'person', (SELECT to_jsonb(p) FROM person AS p WHERE id = p_subject),
            'action_member', (SELECT coalesce(jsonb_agg(m ORDER BY id), '[]') FROM action_member AS m WHERE person_id = p_subject),
            'communication', (SELECT coalesce(jsonb_agg(c ORDER BY id), '[]') FROM communication AS c WHERE author_id = p_subject),
            'mail', (SELECT coalesce(jsonb_agg(m ORDER BY id), '[]') FROM mail AS m WHERE person_id = p_subject),
            'opening', (SELECT coalesce(jsonb_agg(o ORDER BY id), '[]') FROM opening AS o WHERE person_id = p_subject),
            'audit', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', at, 'table_name', table_name, 'row_id', row_id,
                                                                   'operation', operation) ORDER BY id), '[]')
                        FROM audit WHERE person_id = p_subject),
            'register', (SELECT jsonb_agg(r ORDER BY table_name, column_name) FROM register AS r WHERE about = 'user'));
    END IF;
    v_rows := (SELECT jsonb_agg(r) FROM rows_of_subject(p_kind, p_subject, emails_of(v_words)) AS r);
    v_client := CASE p_kind WHEN 'client' THEN p_subject ELSE (SELECT client_id FROM contact WHERE id = p_subject) END;
    IF v_client IS NULL OR NOT EXISTS (SELECT FROM client WHERE id = v_client) THEN
        PERFORM refuse_unknown('subject');
    END IF;
    PERFORM put_opening('person_data', p_subject, v_client, NULL);
    RETURN jsonb_build_object('kind', p_kind, 'generated_at', now(), 'words', v_words,
        'register', (SELECT jsonb_agg(r ORDER BY table_name, column_name) FROM register AS r
                      WHERE about IN ('contact', 'client', 'anybody')))
        || (SELECT jsonb_object_agg(part.name, part.rows) FROM (
                SELECT name, rows_that_name(name, v_rows, v_words) AS rows
                  FROM unnest('{client,contact,division,action,communication,request,state_change,offer,offer_line,notice,
                                mail}'::name[]) AS name) AS part)
        || jsonb_build_object('audit', lines_that_name(v_rows, v_words));
END
$$;
