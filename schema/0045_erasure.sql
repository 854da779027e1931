-- What is taken out of sight of a person, brought back or erased; and all that is known of one.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- As before, and who has blocked something and who has ended that.
CREATE OR REPLACE FUNCTION audit_value(p_field text, p_value text)
RETURNS text LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT CASE
        WHEN p_value IS NULL THEN NULL
        WHEN p_field IN ('client_id', 'merged_into') THEN (SELECT name FROM client WHERE id = p_value::bigint)
        WHEN p_field = 'contact_id' THEN (SELECT name FROM contact WHERE id = p_value::bigint)
        WHEN p_field = 'division_id' THEN (SELECT name FROM division WHERE id = p_value::bigint)
        WHEN p_field = 'area_id' THEN (SELECT name FROM area WHERE id = p_value::bigint)
        WHEN p_field IN ('person_id', 'author_id')
             OR p_field ~ '^(created|opened|presented|approved|seen|taken|recorded|answered|made|blocked|ended)_by$'
            THEN (SELECT name FROM person WHERE id = p_value::bigint)
        WHEN p_field LIKE '%\_at' THEN to_char(p_value::timestamptz AT TIME ZONE setting_value('timezone'),
                                               'YYYY-MM-DD HH24:MI')
        ELSE p_value END
$$;

-- ---- taking words out

-- A pattern for these words as people write them: whole ones, whatever their case, telephones with
-- other blanks. NULL where none is long enough to be nobody else's.
CREATE FUNCTION words_pattern(p_words text[])
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT '(?:' || string_agg(DISTINCT
               CASE WHEN word ~ '^\w' THEN '\m' ELSE '' END || piece || CASE WHEN word ~ '\w$' THEN '\M' ELSE '' END, '|')
           || ')'
      FROM (SELECT word, regexp_replace(word, '([][\\.^$*+?(){}|/-])', '\\\1', 'g') AS piece
              FROM unnest(p_words) AS word WHERE length(word) >= 4
             UNION ALL
            SELECT word, regexp_replace(phone_digits(word), '(\d)(?=\d)', '\1[ ./-]*', 'g')
              FROM unnest(p_words) AS word WHERE word ~ '^[0-9 +()./-]+$' AND length(phone_digits(word)) >= 6) AS pieces
$$;

-- The value without them, in whatever depth they stand.
CREATE FUNCTION without_words(p_value jsonb, p_pattern text)
RETURNS jsonb LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN CASE jsonb_typeof(p_value)
        WHEN 'string' THEN to_jsonb(regexp_replace(p_value #>> '{}', p_pattern, '—', 'gi'))
        WHEN 'array' THEN coalesce((SELECT jsonb_agg(without_words(item, p_pattern) ORDER BY place)
                                      FROM jsonb_array_elements(p_value) WITH ORDINALITY AS one (item, place)), '[]')
        WHEN 'object' THEN coalesce((SELECT jsonb_object_agg(key, without_words(value, p_pattern))
                                       FROM jsonb_each(p_value)), '{}')
        ELSE p_value END;
END
$$;

-- A row without what the register calls personal in it, all of it or only those words.
CREATE FUNCTION without_data(p_table name, p_row jsonb, p_whole boolean, p_pattern text)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT jsonb_object_agg(key, CASE
        WHEN r.column_name IS NULL OR value = 'null' THEN value
        WHEN NOT p_whole THEN CASE WHEN r.about = 'anybody' THEN without_words(value, p_pattern) ELSE value END
        WHEN a.atttypid = 'text[]'::regtype THEN '[]'
        WHEN p_table = 'mail' AND key = 'message_id' THEN to_jsonb('—' || (p_row ->> 'id'))
        WHEN a.attnotnull THEN '"—"'
        ELSE 'null' END)
      FROM jsonb_each(p_row)
      LEFT JOIN register AS r ON r.table_name = p_table AND r.column_name = key
                             AND r.about IN ('contact', 'client', 'anybody')
      LEFT JOIN pg_attribute AS a ON a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attname = key
$$;

-- Moves what differs into blocked_value.
CREATE FUNCTION block_values(p_blocking bigint, p_table name, p_row bigint, p_old jsonb, p_new jsonb, p_keep date)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_sets text;
BEGIN
    SELECT string_agg(format('%I = r.%1$I', a.attname), ', ') INTO v_sets
      FROM pg_attribute AS a
     WHERE a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attnum > 0 AND a.attgenerated = ''
       AND NOT a.attisdropped AND p_old -> a.attname <> p_new -> a.attname;
    IF v_sets IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO blocked_value (blocking_id, table_name, row_id, column_name, value, put, keep_until)
    SELECT p_blocking, p_table, p_row, a.attname, p_old -> a.attname, p_new -> a.attname, p_keep
      FROM pg_attribute AS a
     WHERE a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attnum > 0 AND a.attgenerated = ''
       AND NOT a.attisdropped AND p_old -> a.attname <> p_new -> a.attname;
    EXECUTE format('UPDATE %I AS t SET %s FROM jsonb_populate_record(NULL::%1$I, $1) AS r WHERE t.id = $2',
                   p_table, v_sets) USING p_new, p_row;
END
$$;

CREATE FUNCTION block_row(p_blocking bigint, p_table name, p_row bigint, p_whole boolean, p_pattern text, p_keep date)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_row jsonb;
BEGIN
    EXECUTE format('SELECT to_jsonb(t) FROM %I AS t WHERE id = $1 FOR NO KEY UPDATE', p_table) INTO v_row USING p_row;
    PERFORM block_values(p_blocking, p_table, p_row, v_row, without_data(p_table, v_row, p_whole, p_pattern), p_keep);
    -- What the trail says of it, this change among it.
    PERFORM block_values(p_blocking, 'audit', a.id, to_jsonb(a), to_jsonb(a) || jsonb_build_object(
                'old', coalesce(without_data(p_table, a.old, p_whole, p_pattern), 'null'),
                'new', coalesce(without_data(p_table, a.new, p_whole, p_pattern), 'null')), p_keep)
       FROM audit AS a WHERE a.table_name = p_table AND a.row_id = p_row;
END
$$;

-- ---- whose data, and where

-- The words that are his: what the record says of him, and has said.
CREATE FUNCTION words_of_subject(p_kind text, p_subject bigint)
RETURNS text[] LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH part (table_name, row_id) AS (
        SELECT p_kind::name, p_subject WHERE p_kind IN ('contact', 'client')
         UNION ALL SELECT 'client', id FROM client WHERE p_kind = 'client' AND merged_into = p_subject
         UNION ALL SELECT 'contact', id FROM contact WHERE p_kind = 'client' AND client_id = p_subject
    ), said (row) AS (
        SELECT to_jsonb(contact) FROM part JOIN contact ON table_name = 'contact' AND id = row_id
         UNION ALL SELECT to_jsonb(client) FROM part JOIN client ON table_name = 'client' AND id = row_id
         UNION ALL SELECT old FROM part JOIN audit USING (table_name, row_id)
         UNION ALL SELECT new FROM part JOIN audit USING (table_name, row_id)
         UNION ALL SELECT jsonb_build_object(column_name, value) FROM part JOIN blocked_value USING (table_name, row_id)
    )
    SELECT array_agg(DISTINCT btrim(row ->> field)) FROM said, unnest('{name,legal_name,tax_id,email,phone,mobile}'::text[]) AS field
     WHERE row ->> field <> '—' AND length(btrim(row ->> field)) > 0
$$;

-- The rows in which something of him may stand, wholly his or in words, and until when the law keeps
-- them: what belongs to an action with an approval, six years from that.
CREATE FUNCTION rows_of_subject(p_kind text, p_subject bigint, p_emails text[])
RETURNS TABLE (table_name name, row_id bigint, whole boolean, law_until date)
LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH clients AS (
        SELECT id FROM client
         WHERE id = CASE p_kind WHEN 'client' THEN p_subject
                                WHEN 'contact' THEN (SELECT client_id FROM contact WHERE id = p_subject) END
         UNION ALL
        SELECT id FROM client
         WHERE merged_into = CASE p_kind WHEN 'client' THEN p_subject
                                         WHEN 'contact' THEN (SELECT client_id FROM contact WHERE id = p_subject) END
    ), actions AS (
        SELECT action.id, (SELECT (max(approved_at) + interval '6 years')::date FROM offer
                            WHERE action_id = action.id AND state = 'approved') AS law_until
          FROM action WHERE client_id IN (SELECT id FROM clients)
    )
    SELECT 'client'::name, id, p_kind = 'client',
           CASE WHEN p_kind = 'client' THEN (SELECT max(law_until) FROM actions) END FROM clients
     UNION ALL SELECT 'contact', id, p_kind = 'client' OR id = p_subject, NULL FROM contact
                WHERE client_id IN (SELECT id FROM clients)
     UNION ALL SELECT 'division', id, false, NULL FROM division WHERE client_id IN (SELECT id FROM clients)
     UNION ALL SELECT 'action', id, false, law_until FROM actions
     UNION ALL SELECT 'communication', c.id, p_kind = 'client' OR coalesce(c.contact_id = p_subject, false), law_until
                 FROM actions JOIN communication AS c ON c.action_id = actions.id
     UNION ALL SELECT 'request', r.id, false, law_until FROM actions JOIN request AS r ON r.action_id = actions.id
     UNION ALL SELECT 'state_change', s.id, false, law_until FROM actions JOIN state_change AS s ON s.action_id = actions.id
     UNION ALL SELECT 'offer', o.id, false, law_until FROM actions JOIN offer AS o ON o.action_id = actions.id
     UNION ALL SELECT 'offer_line', l.id, false, law_until FROM actions JOIN offer_line AS l ON l.action_id = actions.id
     UNION ALL SELECT 'notice', n.id, false, law_until FROM actions JOIN notice AS n ON n.action_id = actions.id
     UNION ALL SELECT 'delivery', d.id, false, law_until
                 FROM actions JOIN notice AS n ON n.action_id = actions.id JOIN delivery AS d ON d.notice_id = n.id
     -- Lines of drafts that are there no more.
     UNION ALL SELECT a.table_name, a.row_id, false, law_until FROM actions JOIN audit AS a ON a.action_id = actions.id
                WHERE a.operation = 'delete'
     UNION ALL SELECT 'mail', id, true, NULL FROM mail
                WHERE addresses && p_emails OR (p_kind = 'person' AND person_id = p_subject)
$$;

CREATE FUNCTION block_all(p_blocking blocking)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_words   text[] := words_of_subject(p_blocking.kind, p_blocking.subject_id);
    v_pattern text := coalesce(words_pattern(v_words), '(?!)');
    v_like    text[] := ARRAY(SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
                                FROM unnest(v_words) AS word WHERE length(word) >= 4);
    v_rows    jsonb;
BEGIN
    v_rows := (SELECT jsonb_agg(r) FROM rows_of_subject(p_blocking.kind, p_blocking.subject_id,
                   ARRAY(SELECT lower(word) FROM unnest(v_words) AS word WHERE word LIKE '%@%')) AS r);
    PERFORM moving(true);
    PERFORM block_row(p_blocking.id, r.table_name, r.row_id, r.whole, v_pattern,
                      greatest(p_blocking.erase_on, r.law_until))
       FROM jsonb_to_recordset(v_rows) AS r (table_name name, row_id bigint, whole boolean, law_until date);
    -- What writes were answered is of no use for claims.
    UPDATE write_log
       SET result = without_words(result, v_pattern)
                    || CASE WHEN result ? 'subject' THEN '{"subject": "—"}'::jsonb ELSE '{}' END
     WHERE (verb IN ('save_contact', 'save_client', 'log_mail', 'assign_mail', 'import_rows')
            AND result::text ILIKE ANY (v_like))
        OR (verb IN ('log_mail', 'assign_mail')
            AND (CASE WHEN result ->> 'result' IN ('logged', 'known') THEN 'communication' ELSE 'mail' END::name,
                 (result ->> 'id')::bigint) IN (
                SELECT table_name, row_id FROM jsonb_to_recordset(v_rows) AS r (table_name name, row_id bigint, whole boolean)
                 WHERE whole));
    PERFORM find_communications_again(ARRAY(
        SELECT row_id FROM jsonb_to_recordset(v_rows) AS r (table_name name, row_id bigint)
         WHERE table_name = 'communication'));
    PERFORM moving(false);
END
$$;

-- ---- the verbs

-- p_kind: contact, client (who is one person), or person: a user who has left. His name stays with what
-- he has written; the mail in his tray goes.
CREATE FUNCTION block_data(p_request uuid, p_kind text, p_subject bigint, p_reason text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'block_data');
    v_blocking blocking;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_kind = 'contact' THEN
        PERFORM FROM contact WHERE id = p_subject FOR NO KEY UPDATE;
    ELSIF p_kind = 'client' THEN
        PERFORM FROM client WHERE id = p_subject AND merged_into IS NULL FOR NO KEY UPDATE;
    ELSE
        PERFORM FROM person WHERE id = p_subject AND p_kind = 'person' FOR NO KEY UPDATE;
    END IF;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('subject');
    ELSIF p_kind = 'client' AND EXISTS (SELECT FROM action WHERE client_id = p_subject AND state = 'open') THEN
        PERFORM refuse('client_has_open_actions', 'this client has open actions');
    ELSIF p_kind = 'person' AND EXISTS (SELECT FROM person WHERE id = p_subject AND active) THEN
        PERFORM refuse('person_is_disabled', 'only who has left is blocked');
    END IF;
    INSERT INTO blocking (kind, subject_id, reason, erase_on)
    VALUES (p_kind, p_subject, filled(p_reason), today() + setting_value('blocking_days')::integer)
    RETURNING * INTO v_blocking;
    PERFORM block_all(v_blocking);
    IF p_kind = 'client' THEN
        UPDATE client SET archived = true WHERE id = p_subject;
    ELSIF p_kind = 'contact' THEN
        UPDATE contact SET active = false WHERE id = p_subject;
    END IF;
    RETURN done(p_request, 'block_data', jsonb_build_object(
        'id', v_blocking.id, 'erase_on', v_blocking.erase_on,
        'values', (SELECT count(*) FROM blocked_value WHERE blocking_id = v_blocking.id),
        'law_until', (SELECT max(keep_until) FROM blocked_value
                       WHERE blocking_id = v_blocking.id AND keep_until > v_blocking.erase_on)));
END
$$;

CREATE FUNCTION lock_blocking(p_blocking bigint)
RETURNS blocking LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_blocking blocking;
BEGIN
    SELECT * INTO v_blocking FROM blocking WHERE id = p_blocking FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('blocking');
    ELSIF v_blocking.state = 'unblocked' OR (v_blocking.state = 'erased' AND v_blocking.kept_until IS NULL) THEN
        PERFORM refuse('blocking_has_ended', 'this blocking has ended');
    END IF;
    RETURN v_blocking;
END
$$;

-- All goes back to where it stood, unless a later blocking has taken more out of the same place.
CREATE FUNCTION unblock_data(p_request uuid, p_blocking bigint, p_reason text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'unblock_data');
    v_blocking blocking;
    v_row      record;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_blocking := lock_blocking(p_blocking);
    IF v_blocking.state = 'erased' THEN
        PERFORM refuse('blocking_has_ended', 'this was erased');
    ELSIF EXISTS (SELECT FROM blocked_value AS mine JOIN blocked_value AS later USING (table_name, row_id, column_name)
                   WHERE mine.blocking_id = p_blocking AND later.blocking_id > p_blocking) THEN
        PERFORM refuse('blocking_is_last', 'a later blocking is to be ended first');
    END IF;
    PERFORM moving(true);
    FOR v_row IN SELECT table_name, row_id, jsonb_object_agg(column_name, value) AS old,
                        string_agg(format('%I = r.%1$I', column_name), ', ') AS sets
                   FROM (SELECT DISTINCT ON (table_name, row_id, column_name) * FROM blocked_value
                          WHERE blocking_id = p_blocking ORDER BY table_name, row_id, column_name, id) AS first
                  GROUP BY table_name, row_id
    LOOP
        EXECUTE format('UPDATE %I AS t SET %s FROM jsonb_populate_record(NULL::%1$I, $1) AS r WHERE t.id = $2',
                       v_row.table_name, v_row.sets) USING v_row.old, v_row.row_id;
    END LOOP;
    PERFORM find_communications_again(ARRAY(SELECT row_id FROM blocked_value WHERE blocking_id = p_blocking
                                                              AND table_name = 'communication'));
    DELETE FROM blocked_value WHERE blocking_id = p_blocking;
    PERFORM moving(false);
    UPDATE blocking SET state = 'unblocked', ended_at = now(), ended_by = my_id(), end_reason = filled(p_reason)
     WHERE id = p_blocking;
    RETURN done(p_request, 'unblock_data', jsonb_build_object('id', p_blocking));
END
$$;

-- For good, but for what the law keeps longer: that goes at another call, when its day has come.
CREATE FUNCTION erase_data(p_request uuid, p_blocking bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'erase_data');
    v_blocking blocking;
    v_words    text[];
    v_erased   bigint;
    v_next     date;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_blocking := lock_blocking(p_blocking);
    IF v_blocking.erase_on > today() THEN
        PERFORM refuse('blocking_is_running', 'the time of this blocking is not over', 'until=' || v_blocking.erase_on);
    END IF;
    v_words := words_of_subject(v_blocking.kind, v_blocking.subject_id);
    -- What was written of him meanwhile.
    PERFORM block_all(v_blocking);
    PERFORM moving(true);
    DELETE FROM blocked_value WHERE blocking_id = p_blocking AND keep_until <= today();
    GET DIAGNOSTICS v_erased = ROW_COUNT;
    UPDATE blocked_value SET value = without_words(value, words_pattern(v_words)), put = without_words(put, words_pattern(v_words))
     WHERE blocking_id <> p_blocking AND words_pattern(v_words) IS NOT NULL
       AND without_words(value, words_pattern(v_words)) <> value;
    PERFORM moving(false);
    SELECT min(keep_until) INTO v_next FROM blocked_value WHERE blocking_id = p_blocking;
    UPDATE blocking
       SET state = 'erased', ended_at = coalesce(ended_at, now()), ended_by = coalesce(ended_by, my_id()),
           erase_on = coalesce(v_next, erase_on),
           kept_until = (SELECT max(keep_until) FROM blocked_value WHERE blocking_id = p_blocking)
     WHERE id = p_blocking RETURNING * INTO v_blocking;
    RETURN done(p_request, 'erase_data', jsonb_build_object(
        'id', p_blocking, 'erased', v_erased, 'kept_until', v_blocking.kept_until));
END
$$;

-- Which of these contacts are blocked or erased: a program that has kept something of them on its disk
-- throws that away.
CREATE FUNCTION blocked_contacts(p_contacts bigint[])
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT id FROM contact
     WHERE id = ANY (p_contacts)
       AND (EXISTS (SELECT FROM blocking WHERE kind = 'contact' AND subject_id = contact.id AND state <> 'unblocked')
            OR EXISTS (SELECT FROM blocking WHERE kind = 'client' AND subject_id = contact.client_id AND state <> 'unblocked'))
$$;

-- ---- what is known of a person

-- One document for who asks what is known of him (RGPD, articles 15 and 20); keys are columns.
CREATE FUNCTION personal_data(p_kind text, p_subject bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_words   text[] := words_of_subject(p_kind, p_subject);
    v_pattern text := coalesce(words_pattern(v_words), '(?!)');
    v_rows    jsonb;
    v_client  bigint;
BEGIN
    PERFORM refuse_newcomer();
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
    v_rows := (SELECT jsonb_agg(r) FROM rows_of_subject(p_kind, p_subject,
                   ARRAY(SELECT lower(word) FROM unnest(v_words) AS word WHERE word LIKE '%@%')) AS r);
    v_client := CASE p_kind WHEN 'client' THEN p_subject ELSE (SELECT client_id FROM contact WHERE id = p_subject) END;
    IF v_client IS NULL OR NOT EXISTS (SELECT FROM client WHERE id = v_client) THEN
        PERFORM refuse_unknown('subject');
    END IF;
    PERFORM put_opening('person_data', p_subject, v_client, NULL);
    RETURN jsonb_build_object('kind', p_kind, 'generated_at', now(), 'words', v_words,
        'register', (SELECT jsonb_agg(r ORDER BY table_name, column_name) FROM register AS r
                      WHERE about IN ('contact', 'client', 'anybody')))
        || (SELECT jsonb_object_agg(part.name, part.rows) FROM (
                SELECT name, rows_that_name(name, v_rows, v_pattern) AS rows
                  FROM unnest('{client,contact,division,action,communication,request,state_change,offer,offer_line,notice,
                                mail}'::name[]) AS name) AS part)
        || jsonb_build_object('audit', (
               SELECT coalesce(jsonb_agg(to_jsonb(a) - 'login' ORDER BY a.id), '[]')
                 FROM (SELECT DISTINCT table_name, row_id, whole FROM jsonb_to_recordset(v_rows)
                              AS r (table_name name, row_id bigint, whole boolean)) AS r
                 JOIN audit AS a USING (table_name, row_id)
                WHERE r.whole OR (table_name <> 'contact' AND concat(a.old, a.new) ~* v_pattern)));
END
$$;

-- Of these rows those of a table that are wholly his or name him: of another contact, no more than that.
CREATE FUNCTION rows_that_name(p_table name, p_rows jsonb, p_pattern text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_found jsonb;
BEGIN
    EXECUTE format('SELECT coalesce(jsonb_agg(CASE WHEN r.whole THEN to_jsonb(t)'
                   ' ELSE to_jsonb(t) - ARRAY(SELECT column_name::text FROM register'
                   '  WHERE table_name = %1$L AND about = ''contact'') END ORDER BY t.id), ''[]'') FROM %1$I AS t JOIN'
                   ' (SELECT row_id, bool_or(whole) AS whole FROM jsonb_to_recordset($1)'
                   '  AS r (table_name name, row_id bigint, whole boolean) WHERE table_name = %1$L GROUP BY row_id) AS r'
                   ' ON r.row_id = t.id WHERE r.whole OR to_jsonb(t)::text ~* $2', p_table)
       INTO v_found USING p_rows, p_pattern;
    RETURN v_found;
END
$$;

GRANT EXECUTE ON FUNCTION block_data(uuid, text, bigint, text), unblock_data(uuid, bigint, text),
    erase_data(uuid, bigint), personal_data(text, bigint) TO trato_manager;
GRANT EXECUTE ON FUNCTION blocked_contacts(bigint[])
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
