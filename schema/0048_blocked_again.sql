-- Blocking, unblocking and erasing a table at a time; and what is in force stays so when something else
-- is brought back.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- whose rows, and which words

CREATE FUNCTION emails_of(p_words text[])
RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT ARRAY(SELECT lower(word) FROM unnest(p_words) AS word WHERE word LIKE '%@%')
$$;

-- The client and all that became it, by however many merges.
CREATE FUNCTION clients_of_subject(p_kind text, p_subject bigint)
RETURNS SETOF bigint LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH RECURSIVE clients (id) AS (
        SELECT id FROM client
         WHERE id = CASE p_kind WHEN 'client' THEN p_subject
                                WHEN 'contact' THEN (SELECT client_id FROM contact WHERE id = p_subject) END
         UNION SELECT client.id FROM clients JOIN client ON client.merged_into = clients.id
    )
    SELECT id FROM clients
$$;

-- As before, of a client with all that became it.
CREATE OR REPLACE FUNCTION words_of_subject(p_kind text, p_subject bigint)
RETURNS text[] LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH part (table_name, row_id) AS (
        SELECT 'contact'::name, p_subject WHERE p_kind = 'contact'
         UNION ALL SELECT 'client', id FROM clients_of_subject(p_kind, p_subject) AS id WHERE p_kind = 'client'
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

-- As before, with the reasons of the blockings there, which people write, and with mail whose addresses
-- somebody else's blocking has taken out.
CREATE OR REPLACE FUNCTION rows_of_subject(p_kind text, p_subject bigint, p_emails text[])
RETURNS TABLE (table_name name, row_id bigint, whole boolean, law_until date)
LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH clients AS (
        SELECT id FROM clients_of_subject(p_kind, p_subject) AS id
    ), actions AS (
        SELECT action.id, (SELECT (max(approved_at) + interval '6 years')::date FROM offer
                            WHERE action_id = action.id AND state = 'approved') AS law_until
          FROM action WHERE client_id IN (SELECT id FROM clients)
    )
    SELECT 'client'::name, id, p_kind = 'client',
           CASE WHEN p_kind = 'client' THEN (SELECT max(law_until) FROM actions) END FROM clients
     UNION ALL SELECT 'contact', id, p_kind = 'client' OR id = p_subject, NULL FROM contact
                WHERE client_id IN (SELECT id FROM clients)
     UNION ALL SELECT 'blocking', b.id, false, NULL FROM blocking AS b
                WHERE (b.kind = 'client' AND b.subject_id IN (SELECT id FROM clients))
                   OR (b.kind = 'contact' AND b.subject_id IN (SELECT id FROM contact
                                                                WHERE client_id IN (SELECT id FROM clients)))
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
     UNION ALL SELECT 'mail', b.row_id, true, NULL FROM blocked_value AS b
                WHERE b.table_name = 'mail' AND b.column_name = 'addresses' AND b.value ?| p_emails
$$;

-- ---- taking out and putting back, a table at a time

-- Also of a line of the trail, which speaks of a row of another table.
CREATE FUNCTION without_row(p_table name, p_row jsonb, p_whole boolean, p_pattern text, p_of name DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_of name := p_of;
BEGIN
    IF p_table <> 'audit' THEN
        RETURN without_data(p_table, p_row, p_whole, p_pattern);
    END IF;
    v_of := coalesce(v_of, (SELECT table_name FROM audit WHERE id = (p_row ->> 'id')::bigint));
    RETURN (SELECT jsonb_object_agg(key, CASE WHEN key IN ('old', 'new') AND value <> 'null'
                                              THEN without_data(v_of, value, p_whole, p_pattern) ELSE value END)
              FROM jsonb_each(p_row));
END
$$;

-- Of these values of a table, each of another place, what stands there meanwhile is written, or what
-- stood there before.
CREATE FUNCTION move_values(p_table text, p_values bigint[], p_back boolean)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_sets text := (SELECT string_agg(DISTINCT format('%I = r.%1$I', column_name), ', ')
                      FROM blocked_value WHERE id = ANY (p_values));
BEGIN
    IF v_sets IS NOT NULL THEN
        EXECUTE format('UPDATE %1$I AS t SET %2$s FROM (SELECT r.* FROM (SELECT row_id,'
                       ' jsonb_object_agg(column_name, CASE WHEN $2 THEN value ELSE put END) AS moved'
                       ' FROM blocked_value WHERE id = ANY ($1) GROUP BY row_id) AS b'
                       ' JOIN %1$I AS stands ON stands.id = b.row_id, LATERAL jsonb_populate_record(stands, moved) AS r) AS r'
                       ' WHERE t.id = r.id', p_table, v_sets) USING p_values, p_back;
    END IF;
END
$$;

-- Of these rows ("row_id", "whole", "keep_until") of a table what is wholly his, or these words, goes to
-- blocked_value; then the same of what the trail says of them, this change among it.
CREATE FUNCTION block_rows(p_blocking bigint, p_table text, p_rows jsonb, p_words text[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_rows  bigint[] := ARRAY(SELECT (r ->> 'row_id')::bigint FROM jsonb_array_elements(p_rows) AS r);
    v_said  text := (SELECT string_agg(format('%%1$s ->> %L', column_name), ', ') FROM register
                      WHERE table_name = p_table AND about = 'anybody' AND kept NOT IN ('source', 'blocking'));
    v_part  record;
    v_ids   bigint[];
BEGIN
    EXECUTE format('SELECT FROM %I WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', p_table) USING v_rows;
    FOR v_part IN
        SELECT p_table AS name, 't.id = r.row_id' AS condition, format('concat_ws(E''\n'', %s)', format(v_said, 'to_jsonb(t)')) AS said
         UNION ALL
        SELECT 'audit', format('t.table_name = %L AND t.row_id = r.row_id', p_table),
               format('concat_ws(E''\n'', %s, %s)', format(v_said, 't.old'), format(v_said, 't.new'))
    LOOP
        v_ids := NULL;
        EXECUTE format('WITH moved AS (INSERT INTO blocked_value'
                       ' (blocking_id, table_name, row_id, column_name, value, put, keep_until)'
                       ' SELECT $1, %1$L, id, key, value, changed -> key, keep_until FROM (SELECT t.id, to_jsonb(t) AS was,'
                       '   without_row(%1$L, to_jsonb(t), r.whole, $3, %4$L) AS changed, r.keep_until'
                       '  FROM jsonb_to_recordset($2) AS r (row_id bigint, whole boolean, keep_until date)'
                       '  JOIN %1$I AS t ON %2$s WHERE r.whole OR %3$s ~* $3 OFFSET 0) AS rows, LATERAL jsonb_each(was)'
                       ' WHERE value <> changed -> key AND key NOT IN (SELECT column_name FROM register'
                       '  WHERE table_name = %1$L AND kept = ''source'') RETURNING id) SELECT array_agg(id) FROM moved',
                       v_part.name, v_part.condition, v_part.said, p_table)
           INTO v_ids USING p_blocking, p_rows, words_said(p_words, format('SELECT %s FROM %I AS t WHERE %s',
                v_part.said, v_part.name, replace(v_part.condition, 'r.row_id', 'ANY ($2)')), v_rows);
        PERFORM move_values(v_part.name, v_ids, false);
    END LOOP;
END
$$;

-- As before, in three statements for each table.
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
    v_pattern := words_said(v_words, 'SELECT result::text FROM write_log');
    UPDATE write_log
       SET result = without_words(result, v_pattern)
                    || CASE WHEN result ? 'subject' THEN '{"subject": "—"}'::jsonb ELSE '{}' END
     WHERE result::text ~* v_pattern
        OR (verb IN ('log_mail', 'assign_mail') AND result ->> 'result' IN ('logged', 'known')
            AND result -> 'id' IN (SELECT r -> 'row_id' FROM jsonb_array_elements(v_tables -> 'communication') AS r
                                    WHERE (r -> 'whole')::boolean))
        OR (verb = 'log_mail' AND result ->> 'result' NOT IN ('logged', 'known')
            AND result -> 'id' IN (SELECT r -> 'row_id' FROM jsonb_array_elements(v_tables -> 'mail') AS r));
    PERFORM find_communications_again(ARRAY(SELECT (r ->> 'row_id')::bigint
                                              FROM jsonb_array_elements(v_tables -> 'communication') AS r));
    PERFORM moving(false);
END
$$;

-- What did that row by row.
DROP FUNCTION block_row(bigint, name, bigint, boolean, text, date);

-- Which blockings are in force at these clients.
CREATE FUNCTION blockings_of(p_clients bigint[])
RETURNS SETOF blocking LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT * FROM blocking
     WHERE state = 'blocked'
       AND ((kind = 'client' AND subject_id = ANY (p_clients))
            OR (kind = 'contact' AND subject_id IN (SELECT id FROM contact WHERE client_id = ANY (p_clients))))
$$;

-- What is in force there, and what has to do with these mails, once more: for what has come back.
CREATE FUNCTION block_again(p_clients bigint[], p_mails bigint[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM block_all(b) FROM blocking AS b
      WHERE b.id IN (SELECT id FROM blockings_of(p_clients))
         OR (b.state = 'blocked' AND EXISTS (
             SELECT FROM mail WHERE mail.id = ANY (p_mails)
                AND ((b.kind = 'person' AND b.subject_id = mail.person_id)
                     OR mail.addresses && emails_of(words_of_subject(b.kind, b.subject_id)))))
      ORDER BY b.id;
END
$$;

-- ---- the verbs

-- The only order in which these rows are locked: who writes anything about the client waits, and what is
-- being written is waited for. Mail first, since who assigns it has that before the action; contacts
-- before the client's key, which who renames one of them needs.
CREATE FUNCTION lock_subject(p_kind text, p_subject bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_clients bigint[] := ARRAY(SELECT clients_of_subject(p_kind, p_subject));
BEGIN
    PERFORM FROM mail
      WHERE id IN (SELECT row_id FROM rows_of_subject(p_kind, p_subject, emails_of(words_of_subject(p_kind, p_subject)))
                    WHERE table_name = 'mail')
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM person WHERE p_kind = 'person' AND id = p_subject FOR NO KEY UPDATE;
    PERFORM FROM client WHERE id = ANY (v_clients) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM contact WHERE client_id = ANY (v_clients) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM client WHERE id = ANY (v_clients) ORDER BY id FOR UPDATE;
    PERFORM FROM action WHERE client_id = ANY (v_clients) ORDER BY id FOR UPDATE;
    PERFORM FROM division WHERE client_id = ANY (v_clients) ORDER BY id FOR NO KEY UPDATE;
END
$$;

-- A company's tax id says that it is one (Orden EHA/451/2008).
CREATE FUNCTION is_company(p_client client)
RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT p_client.country = 'ES' AND coalesce(p_client.tax_id, '') ~ '^[ABCDEFGHJNPQRSUVW]'
$$;

GRANT EXECUTE ON FUNCTION is_company(client) TO trato_manager;

CREATE OR REPLACE FUNCTION block_data(p_request uuid, p_kind text, p_subject bigint, p_reason text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'block_data');
    v_client   client;
    v_blocking blocking;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_subject(p_kind, p_subject);
    IF NOT EXISTS (SELECT FROM contact WHERE p_kind = 'contact' AND id = p_subject
                    UNION ALL SELECT FROM client WHERE p_kind = 'client' AND id = p_subject AND merged_into IS NULL
                    UNION ALL SELECT FROM person WHERE p_kind = 'person' AND id = p_subject) THEN
        PERFORM refuse_unknown('subject');
    END IF;
    IF p_kind = 'client' THEN
        SELECT * INTO v_client FROM client WHERE id = p_subject;
        IF is_company(v_client) THEN
            PERFORM refuse('client_is_one_person', 'a company is no person');
        ELSIF EXISTS (SELECT FROM action WHERE client_id = p_subject AND state = 'open') THEN
            PERFORM refuse('client_has_open_actions', 'this client has open actions');
        ELSIF EXISTS (SELECT FROM notice JOIN action ON action.id = notice.action_id
                       WHERE client_id = p_subject AND notice.state NOT IN ('invoiced', 'void')) THEN
            -- Who makes the invoice needs what would be blocked.
            PERFORM refuse('client_has_notices', 'this client has notices that are to be invoiced');
        END IF;
    ELSIF p_kind = 'person' AND EXISTS (SELECT FROM person WHERE id = p_subject AND active) THEN
        PERFORM refuse('person_is_disabled', 'only who has left is blocked');
    END IF;
    -- What is blocked already: what came since.
    SELECT * INTO v_blocking FROM blocking WHERE kind = p_kind AND subject_id = p_subject AND state = 'blocked';
    IF NOT FOUND THEN
        INSERT INTO blocking (kind, subject_id, reason, erase_on)
        VALUES (p_kind, p_subject, filled(p_reason), today() + setting_value('blocking_days')::integer)
        RETURNING * INTO v_blocking;
    END IF;
    PERFORM block_all(v_blocking);
    RETURN done(p_request, 'block_data', jsonb_build_object(
        'id', v_blocking.id, 'erase_on', v_blocking.erase_on,
        'values', (SELECT count(*) FROM blocked_value WHERE blocking_id = v_blocking.id),
        'law_until', (SELECT max(keep_until) FROM blocked_value
                       WHERE blocking_id = v_blocking.id AND keep_until > v_blocking.erase_on)));
END
$$;

-- Puts back what these blockings have, and what others in force have taken out of the same places since, the
-- last first. Answers which values could be put back.
CREATE FUNCTION put_back(p_blockings bigint[])
RETURNS bigint[] LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_back bigint[] := '{}';
    v_part record;
    v_ids  bigint[];
    v_id   bigint;
BEGIN
    FOR v_part IN
        SELECT turn, table_name, is_unique_text(table_name, column_name) AS is_unique, array_agg(id ORDER BY row_id) AS ids,
               array_agg(row_id) AS rows
          FROM (SELECT *, row_number() OVER (PARTITION BY table_name, row_id, column_name ORDER BY id DESC) AS turn
                  FROM blocked_value AS b
                 WHERE blocking_id = ANY (p_blockings)
                    OR (EXISTS (SELECT FROM blocking WHERE id = b.blocking_id AND state = 'blocked')
                        AND EXISTS (SELECT FROM blocked_value AS mine
                                     WHERE mine.blocking_id = ANY (p_blockings) AND mine.id < b.id
                                       AND (mine.table_name, mine.row_id, mine.column_name)
                                           = (b.table_name, b.row_id, b.column_name)))) AS value
         GROUP BY turn, table_name, is_unique ORDER BY turn, table_name, is_unique
    LOOP
        EXECUTE format('SELECT FROM %I WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', v_part.table_name)
          USING v_part.rows;
        EXECUTE format('SELECT array_agg(b.id ORDER BY b.id) FROM blocked_value AS b JOIN %I AS t ON t.id = b.row_id'
                       ' WHERE b.id = ANY ($1) AND to_jsonb(t) -> b.column_name = b.put', v_part.table_name)
           INTO v_ids USING v_part.ids;
        IF NOT v_part.is_unique THEN
            PERFORM move_values(v_part.table_name, v_ids, true);
            v_back := v_back || v_ids;
            CONTINUE;
        END IF;
        FOREACH v_id IN ARRAY coalesce(v_ids, '{}') LOOP
            BEGIN
                PERFORM move_values(v_part.table_name, ARRAY[v_id], true);
                v_back := v_back || v_id;
            EXCEPTION WHEN unique_violation THEN
                -- Somebody has it by now: the dash stays.
                NULL;
            END;
        END LOOP;
    END LOOP;
    RETURN v_back;
END
$$;

-- All goes back to where it stood, where nobody has changed that since or has the same unique text by
-- now. What later blockings have taken out of the same places goes back before it and is taken out again.
CREATE OR REPLACE FUNCTION unblock_data(p_request uuid, p_blocking bigint, p_reason text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'unblock_data');
    v_blocking blocking;
    v_back     bigint[];
    v_left     bigint;
    v_mails    bigint[];
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_subject(kind, subject_id) FROM blocking WHERE id = p_blocking;
    v_blocking := lock_blocking(p_blocking);
    IF v_blocking.state = 'erased' THEN
        PERFORM refuse('blocking_has_ended', 'this was erased');
    ELSIF v_blocking.kind = 'contact' THEN
        PERFORM refuse_blocked('client', (SELECT client_id FROM contact WHERE id = v_blocking.subject_id));
    END IF;
    PERFORM moving(true);
    v_back := put_back(ARRAY[p_blocking]);
    -- What the law keeps of somebody who was erased later stays there, whole.
    WITH mine AS (
        SELECT table_name, row_id, column_name, max(id) AS id, (array_agg(value ORDER BY id))[1] AS value,
               (array_agg(put ORDER BY id DESC))[1] AS put
          FROM blocked_value WHERE blocking_id = p_blocking GROUP BY table_name, row_id, column_name
    )
    UPDATE blocked_value AS later SET value = mine.value FROM mine
     WHERE (later.table_name, later.row_id, later.column_name) = (mine.table_name, mine.row_id, mine.column_name)
       AND later.blocking_id <> p_blocking AND later.id > mine.id AND later.value = mine.put AND later.id <> ALL (v_back);
    v_mails := ARRAY(SELECT row_id FROM blocked_value WHERE blocking_id = p_blocking AND table_name = 'mail');
    v_left := (SELECT count(*) FROM blocked_value WHERE blocking_id = p_blocking AND id <> ALL (v_back));
    PERFORM find_communications_again(ARRAY(SELECT row_id FROM blocked_value WHERE blocking_id = p_blocking
                                                              AND table_name = 'communication'));
    DELETE FROM blocked_value WHERE blocking_id = p_blocking OR id = ANY (v_back);
    PERFORM moving(false);
    UPDATE blocking SET state = 'unblocked', ended_at = now(), ended_by = my_id(), end_reason = filled(p_reason)
     WHERE id = p_blocking;
    PERFORM block_again(ARRAY(SELECT clients_of_subject(v_blocking.kind, v_blocking.subject_id)), v_mails);
    RETURN done(p_request, 'unblock_data', jsonb_build_object('id', p_blocking, 'left', v_left));
END
$$;

-- What other blockings have of him, out of his rows alone: what is wholly his goes, of other texts his
-- words. What they have put there is then what stands there, so that they can be brought back. What the
-- law keeps is this blocking's from then on, where another one had it before. In a later part of the
-- erasure his words are known no more: what was taken out of the same places before him goes.
CREATE FUNCTION erase_from_others(p_blocking blocking, p_words text[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_emails  text[] := emails_of(p_words);
    v_pattern text := words_said(p_words, 'SELECT value #>> ''{}'' FROM blocked_value');
    v_other   record;
    v_new     jsonb;
BEGIN
    FOR v_other IN
        WITH his AS (
            SELECT table_name, row_id, bool_or(whole) AS whole, nullif(greatest(max(law_until), today()), today()) AS law_until
              FROM rows_of_subject(p_blocking.kind, p_blocking.subject_id, v_emails)
             GROUP BY table_name, row_id
        ), place AS (
            SELECT * FROM his
             UNION ALL SELECT 'audit', id, whole, law_until FROM his JOIN audit USING (table_name, row_id)
        )
        SELECT other.*, place.law_until, place.whole, mine.put AS stands,
               place.law_until IS NULL AND (place.whole OR p_blocking.state = 'erased' AND mine.id IS NOT NULL) AS goes
          FROM place
          JOIN blocked_value AS other ON other.table_name = place.table_name AND other.row_id = place.row_id
                                     AND other.blocking_id <> p_blocking.id
          LEFT JOIN blocked_value AS mine ON mine.table_name = place.table_name AND mine.row_id = place.row_id
                                         AND mine.column_name = other.column_name AND mine.blocking_id = p_blocking.id
                                         AND mine.keep_until <= today() AND mine.id > other.id AND mine.value = other.put
         WHERE place.law_until IS NULL OR NOT EXISTS (
               SELECT FROM blocked_value AS kept
                WHERE kept.blocking_id = p_blocking.id AND kept.table_name = other.table_name
                  AND kept.row_id = other.row_id AND kept.column_name = other.column_name)
    LOOP
        SELECT jsonb_object_agg(part, without_row(v_other.table_name, jsonb_build_object(
                   'id', v_other.row_id, v_other.column_name, was), v_other.whole, v_pattern) -> v_other.column_name)
          INTO v_new FROM (VALUES ('value', v_other.value), ('put', coalesce(v_other.stands, v_other.put))) AS parts (part, was);
        IF v_other.goes THEN
            DELETE FROM blocked_value WHERE id = v_other.id;
        ELSIF v_new <> jsonb_build_object('value', v_other.value, 'put', v_other.put) THEN
            INSERT INTO blocked_value (blocking_id, table_name, row_id, column_name, value, put, keep_until)
            SELECT p_blocking.id, v_other.table_name, v_other.row_id, v_other.column_name, v_other.value,
                   v_new -> 'value', v_other.law_until
             WHERE v_other.law_until IS NOT NULL AND v_new -> 'value' <> v_other.value;
            UPDATE blocked_value SET value = v_new -> 'value', put = v_new -> 'put' WHERE id = v_other.id;
        END IF;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION erase_data(p_request uuid, p_blocking bigint)
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
    PERFORM lock_subject(kind, subject_id) FROM blocking WHERE id = p_blocking;
    v_blocking := lock_blocking(p_blocking);
    IF v_blocking.erase_on > today() THEN
        PERFORM refuse('blocking_is_running', 'the time of this blocking is not over', 'until=' || v_blocking.erase_on);
    END IF;
    v_words := words_of_subject(v_blocking.kind, v_blocking.subject_id);
    -- What was written of him meanwhile.
    PERFORM block_all(v_blocking);
    PERFORM moving(true);
    -- Why he was blocked, then and before, may say in other words who he is.
    PERFORM block_rows(p_blocking, 'blocking', (
        SELECT jsonb_agg(jsonb_build_object('row_id', id, 'whole', true, 'keep_until', today()))
          FROM blocking WHERE kind = v_blocking.kind AND subject_id = v_blocking.subject_id), v_words);
    PERFORM erase_from_others(v_blocking, v_words);
    DELETE FROM blocked_value WHERE blocking_id = p_blocking AND keep_until <= today();
    GET DIAGNOSTICS v_erased = ROW_COUNT;
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

-- ---- in functions that stay as they are

DO $$
DECLARE
    v_change record;
    v_was    text;
BEGIN
    FOR v_change IN VALUES
        -- Anybody can turn that setting on, but no write begins with it.
        ('earlier_result', E'\nBEGIN\n', E'\nBEGIN\n    PERFORM set_config(\'trato.moving\', \'off\', true);\n'),
        ('assign_mail', E'\n    PERFORM require_member(', E'\n    IF v_mail.addresses = \'{}\' AND rtrim(v_mail.message_id) = \'—\' || v_mail.id THEN'
            || E'\n        PERFORM refuse(\'mail_is_blocked\', \'the data of this message are blocked or erased\');'
            || E'\n    END IF;\n    PERFORM require_member('),
        -- Texts are put together whole, and what is blocked is taken out of what they have become.
        ('merge_clients', E'\n    PERFORM FROM client', E'\n    PERFORM FROM mail WHERE id IN (SELECT v.row_id FROM'
            || ' blockings_of(ARRAY[p_keep, p_merged]) AS b JOIN blocked_value AS v ON v.blocking_id = b.id'
            || E' WHERE v.table_name = \'mail\')\n      ORDER BY id FOR NO KEY UPDATE;\n    PERFORM FROM client'),
        ('merge_clients', E'\n    v_renamed :=', E'\n    PERFORM bring_back(ARRAY[p_keep, p_merged]);'
            || E'\n    SELECT * INTO v_merged FROM client WHERE id = p_merged;\n    v_renamed :='),
        ('merge_clients', E'\n    RETURN done(', E'\n    PERFORM block_again(ARRAY[p_keep]);\n    RETURN done(')
    LOOP
        SELECT pg_get_functiondef(oid) INTO STRICT v_was FROM pg_proc
         WHERE pronamespace = 'trato'::regnamespace AND proname = v_change.column1;
        IF position(v_change.column2 IN v_was) = 0 THEN
            RAISE EXCEPTION '% is another function than expected', v_change.column1;
        END IF;
        EXECUTE overlay(v_was PLACING v_change.column3 FROM position(v_change.column2 IN v_was)
                        FOR length(v_change.column2));
    END LOOP;
END
$$;

CREATE FUNCTION bring_back(p_clients bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_back bigint[];
BEGIN
    PERFORM moving(true);
    v_back := put_back(ARRAY(SELECT id FROM blockings_of(p_clients)));
    DELETE FROM blocked_value WHERE id = ANY (v_back);
    PERFORM moving(false);
END
$$;

-- Of which clients these rows are that something was blocked of, and since when: the client itself or
-- somebody there, whom a text that a program has kept of it may name.
CREATE FUNCTION blocked_since(p_tables text[], p_rows bigint[])
RETURNS TABLE (table_name text, row_id bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT refuse_newcomer();
    SELECT named.table_name, named.row_id, max(b.blocked_at)
      FROM unnest(p_tables, p_rows) AS named (table_name, row_id)
      LEFT JOIN action ON action.id = CASE named.table_name
            WHEN 'action' THEN named.row_id
            WHEN 'communication' THEN (SELECT action_id FROM communication WHERE id = named.row_id)
            WHEN 'offer' THEN (SELECT action_id FROM offer WHERE id = named.row_id)
            WHEN 'notice' THEN (SELECT action_id FROM notice WHERE id = named.row_id)
            WHEN 'request' THEN (SELECT action_id FROM request WHERE id = named.row_id) END
      JOIN client ON client.id = CASE named.table_name
            WHEN 'client' THEN named.row_id
            WHEN 'division' THEN (SELECT client_id FROM division WHERE id = named.row_id)
            ELSE action.client_id END
      JOIN blocking AS b ON b.state <> 'unblocked'
                        AND ((b.kind = 'client' AND b.subject_id = client.id)
                             OR (b.kind = 'contact' AND b.subject_id IN (SELECT id FROM contact
                                                                          WHERE client_id = client.id)))
     GROUP BY named.table_name, named.row_id
$$;
GRANT EXECUTE ON FUNCTION blocked_since(text[], bigint[])
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- What was blocked before this lacks whether the contact was in use, or the client archived.
INSERT INTO blocked_value (blocking_id, table_name, row_id, column_name, value, put, keep_until)
SELECT DISTINCT ON (b.id) b.id, a.table_name, a.row_id, part.name, a.old -> part.name, a.new -> part.name, b.erase_on
  FROM blocking AS b
  JOIN audit AS a ON a.table_name = b.kind AND a.row_id = b.subject_id AND a.at = b.blocked_at
  JOIN (VALUES ('contact', 'active'), ('client', 'archived')) AS part (kind, name) ON part.kind = b.kind
 WHERE b.state = 'blocked' AND a.old -> part.name <> a.new -> part.name
 ORDER BY b.id, a.id;

-- And what it did not find: names that begin or end with an accent, reasons, what came since.
DO $$
BEGIN
    PERFORM block_all(b) FROM blocking AS b WHERE state = 'blocked' ORDER BY id;
    PERFORM moving(true);
    PERFORM block_rows(id, 'blocking', jsonb_build_array(jsonb_build_object(
                'row_id', id, 'whole', true, 'keep_until', today())), NULL)
       FROM blocking WHERE state = 'erased';
    DELETE FROM blocked_value AS v
     WHERE blocking_id IN (SELECT id FROM blocking WHERE state = 'erased')
       AND (table_name = 'blocking' OR EXISTS (SELECT FROM audit WHERE v.table_name = 'audit' AND id = v.row_id
                                                                   AND audit.table_name = 'blocking'));
    PERFORM moving(false);
END
$$;
