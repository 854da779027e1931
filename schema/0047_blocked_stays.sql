-- What is blocked stays blocked, and what is brought back overwrites nothing: nothing is added about a
-- blocked person, what somebody has changed since is left, texts that are unique stay so, and erasing
-- one leaves alone what belongs to others.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Of who was erased something may be written later; that can be blocked, too.
DROP INDEX blocking_once;
CREATE UNIQUE INDEX blocking_once ON blocking (kind, subject_id) WHERE state = 'blocked';
CREATE INDEX blocking_of ON blocking (kind, subject_id);

-- ---- nothing is added about who is blocked

CREATE FUNCTION refuse_blocked(p_kind text, p_subject bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM blocking WHERE kind = p_kind AND subject_id = p_subject AND state <> 'unblocked') THEN
        PERFORM refuse(p_kind || '_is_blocked', format('the data of this %s are blocked or erased', p_kind));
    END IF;
END
$$;

-- A row that is there is locked by who changes it and by who blocks it. For a new one its action, or its
-- client, is locked (by client_is_current), at which lock_subject waits, or for which this waits.
CREATE OR REPLACE FUNCTION is_not_blocked()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    -- Anybody can turn that setting on.
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM require_moved(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
        RETURN NEW;
    END IF;
    CASE TG_TABLE_NAME
    WHEN 'client' THEN
        PERFORM refuse_blocked('client', NEW.id);
        PERFORM refuse_blocked('client', NEW.merged_into);
    WHEN 'contact' THEN
        PERFORM refuse_blocked('contact', NEW.id);
        PERFORM refuse_blocked('client', NEW.client_id);
    WHEN 'communication' THEN
        PERFORM FROM action WHERE id = NEW.action_id FOR KEY SHARE;
        PERFORM refuse_blocked('contact', NEW.contact_id);
        PERFORM refuse_blocked('contact', (SELECT contact_id FROM communication WHERE id = NEW.corrects_id));
        PERFORM refuse_blocked('client', NEW.client_id);
    WHEN 'action' THEN
        -- One that was opened before this rule can be closed.
        IF TG_OP = 'INSERT' OR OLD.state <> 'open' OR NEW.state = 'open' THEN
            PERFORM refuse_blocked('client', NEW.client_id);
        END IF;
    WHEN 'division' THEN
        PERFORM refuse_blocked('client', NEW.client_id);
    END CASE;
    RETURN NEW;
END
$$;
DROP TRIGGER is_not_blocked ON contact;
CREATE TRIGGER is_not_blocked BEFORE INSERT OR UPDATE OF name, job_title, email, phone, mobile, notes, active
    ON contact FOR EACH ROW EXECUTE FUNCTION is_not_blocked();
DROP TRIGGER is_not_blocked ON client;
CREATE TRIGGER is_not_blocked BEFORE UPDATE OF name, legal_name, tax_id, address, city, postcode, province,
    country, phone, website, notes, archived ON client FOR EACH ROW EXECUTE FUNCTION is_not_blocked();
CREATE TRIGGER is_not_blocked BEFORE INSERT OR UPDATE OF name, area_id, notes, active
    ON division FOR EACH ROW EXECUTE FUNCTION is_not_blocked();
CREATE TRIGGER is_not_blocked BEFORE INSERT OR UPDATE OF title, state, next_step, notes
    ON action FOR EACH ROW EXECUTE FUNCTION is_not_blocked();
CREATE TRIGGER is_not_blocked BEFORE INSERT ON communication
    FOR EACH ROW EXECUTE FUNCTION is_not_blocked();

-- Who opens an action locks the client before its divisions, as who merges, blocks or erases does. Who
-- has locked an action of it needs no more.
DO $$
BEGIN
    EXECUTE regexp_replace(pg_get_functiondef('require_free(bigint, bigint[], bigint)'::regprocedure), E'\nBEGIN\n', $lock$
BEGIN
    IF p_for_action IS NULL THEN
        PERFORM FROM client WHERE id = p_client FOR KEY SHARE;
    END IF;
    PERFORM refuse_blocked('client', p_client);
$lock$);
    -- Nothing is dropped that comes while its sender is being blocked: by then nobody has that address.
    EXECUTE regexp_replace(pg_get_functiondef('put_mail(mail, bigint, bigint)'::regprocedure), E'\nBEGIN\n', $lock$
BEGIN
    PERFORM FROM action WHERE id = p_action FOR KEY SHARE;
$lock$);
END
$$;

-- ---- the reasons of blockings are blocked, too

CREATE OR REPLACE FUNCTION blocking_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM require_moved(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
    ELSIF TG_OP = 'DELETE' OR (OLD.id, OLD.kind, OLD.subject_id, OLD.reason, OLD.blocked_at, OLD.blocked_by)
                              IS DISTINCT FROM (NEW.id, NEW.kind, NEW.subject_id, NEW.reason, NEW.blocked_at, NEW.blocked_by)
          OR OLD.state = 'unblocked' THEN
        PERFORM refuse('blocking_is_kept', 'that something was blocked is neither changed nor deleted');
    END IF;
    RETURN NEW;
END
$$;

-- As before, and the blockings of the client and its contacts, whose reasons people write.
DO $$
BEGIN
    EXECUTE regexp_replace(pg_get_functiondef('rows_of_subject(text, bigint, text[])'::regprocedure),
        E'\n +UNION ALL SELECT ''division''', $rows$
     UNION ALL SELECT 'blocking', b.id, false, NULL FROM blocking AS b
                WHERE (b.kind = 'client' AND b.subject_id IN (SELECT id FROM clients))
                   OR (b.kind = 'contact' AND b.subject_id IN (SELECT id FROM contact
                                                                WHERE client_id IN (SELECT id FROM clients)))
     UNION ALL SELECT 'division'$rows$);
END
$$;

-- ---- a dash in a text that is unique is not the only one

-- In plpgsql, which keeps its plans: these are called for every row and every line of the trail.
CREATE FUNCTION is_unique_text(p_table name, p_column name)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_attribute AS a
          JOIN pg_index AS i ON i.indrelid = a.attrelid AND i.indisunique
         WHERE a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attname = p_column
           AND a.atttypid = 'text'::regtype
           AND (a.attnum = ANY (i.indkey)
                -- What an expression reads.
                OR EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = i.indexrelid
                              AND refclassid = 'pg_class'::regclass AND refobjid = a.attrelid
                              AND refobjsubid = a.attnum)));
END
$$;

-- No longer than the text was, or than the longest number of a row.
CREATE FUNCTION without_unique_words(p_value text, p_pattern text, p_row text)
RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_dashed text := regexp_replace(p_value, p_pattern, '—' || p_row, 'gi');
    v_room   integer := greatest(length(p_value), 20);
BEGIN
    IF v_dashed = p_value OR length(v_dashed) <= v_room THEN
        RETURN v_dashed;
    END IF;
    RETURN left(v_dashed, v_room - length(p_row) - 1) || '—' || p_row;
END
$$;

-- As before, and a text that is unique stays so.
CREATE OR REPLACE FUNCTION without_data(p_table name, p_row jsonb, p_whole boolean, p_pattern text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN (
        SELECT jsonb_object_agg(key, CASE
            WHEN r.column_name IS NULL OR value = 'null' THEN value
            WHEN NOT p_whole THEN CASE
                WHEN r.about <> 'anybody' THEN value
                WHEN is_unique_text(p_table, r.column_name)
                    THEN to_jsonb(without_unique_words(value #>> '{}', p_pattern, p_row ->> 'id'))
                ELSE without_words(value, p_pattern) END
            WHEN a.atttypid = 'text[]'::regtype THEN '[]'
            WHEN NOT a.attnotnull THEN 'null'
            WHEN is_unique_text(p_table, r.column_name) THEN to_jsonb('—' || (p_row ->> 'id'))
            ELSE '"—"' END)
          FROM jsonb_each(p_row)
          LEFT JOIN register AS r ON r.table_name = p_table AND r.column_name = key
                                 AND r.about IN ('contact', 'client', 'anybody')
          LEFT JOIN pg_attribute AS a ON a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attname = key);
END
$$;

-- ---- the verbs

-- The only order in which these rows are locked: who writes anything about the client waits, and what is
-- being written is waited for. Mail first, since who assigns it has that before the action.
CREATE FUNCTION lock_subject(p_kind text, p_subject bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_emails text[] := ARRAY(SELECT lower(word) FROM unnest(words_of_subject(p_kind, p_subject)) AS word
                              WHERE word LIKE '%@%');
    v_client bigint := CASE p_kind WHEN 'client' THEN p_subject
                                   WHEN 'contact' THEN (SELECT client_id FROM contact WHERE id = p_subject) END;
BEGIN
    PERFORM FROM mail WHERE addresses && v_emails OR (p_kind = 'person' AND person_id = p_subject)
      ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM person WHERE p_kind = 'person' AND id = p_subject FOR NO KEY UPDATE;
    PERFORM FROM client WHERE id = v_client OR merged_into = v_client ORDER BY id FOR UPDATE;
    PERFORM FROM action WHERE client_id = v_client ORDER BY id FOR UPDATE;
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
    INSERT INTO blocking (kind, subject_id, reason, erase_on)
    VALUES (p_kind, p_subject, filled(p_reason), today() + setting_value('blocking_days')::integer)
    RETURNING * INTO v_blocking;
    PERFORM block_all(v_blocking);
    PERFORM moving(true);
    PERFORM block_values(v_blocking.id, 'client', id, jsonb_build_object('archived', archived),
                         '{"archived": true}', v_blocking.erase_on)
       FROM client WHERE p_kind = 'client' AND id = p_subject;
    PERFORM block_values(v_blocking.id, 'contact', id, jsonb_build_object('active', active),
                         '{"active": false}', v_blocking.erase_on)
       FROM contact WHERE p_kind = 'contact' AND id = p_subject;
    PERFORM moving(false);
    RETURN done(p_request, 'block_data', jsonb_build_object(
        'id', v_blocking.id, 'erase_on', v_blocking.erase_on,
        'values', (SELECT count(*) FROM blocked_value WHERE blocking_id = v_blocking.id),
        'law_until', (SELECT max(keep_until) FROM blocked_value
                       WHERE blocking_id = v_blocking.id AND keep_until > v_blocking.erase_on)));
END
$$;

-- All goes back to where it stood, where nobody has changed that since.
CREATE OR REPLACE FUNCTION unblock_data(p_request uuid, p_blocking bigint, p_reason text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'unblock_data');
    v_blocking blocking;
    v_row      record;
    v_now      jsonb;
    v_sets     text;
    v_left     bigint := 0;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_subject(kind, subject_id) FROM blocking WHERE id = p_blocking;
    v_blocking := lock_blocking(p_blocking);
    IF v_blocking.state = 'erased' THEN
        PERFORM refuse('blocking_has_ended', 'this was erased');
    ELSIF EXISTS (SELECT FROM blocked_value AS mine JOIN blocked_value AS later USING (table_name, row_id, column_name)
                    JOIN blocking ON blocking.id = later.blocking_id AND blocking.state = 'blocked'
                   WHERE mine.blocking_id = p_blocking AND later.blocking_id > p_blocking) THEN
        PERFORM refuse('blocking_is_last', 'a later blocking is to be ended first');
    END IF;
    PERFORM moving(true);
    -- What the law keeps of somebody who was erased later stays there, whole.
    WITH mine AS (
        SELECT table_name, row_id, column_name, max(id) AS id, (array_agg(value ORDER BY id))[1] AS value,
               (array_agg(put ORDER BY id DESC))[1] AS put
          FROM blocked_value WHERE blocking_id = p_blocking GROUP BY table_name, row_id, column_name
    )
    UPDATE blocked_value AS later SET value = mine.value FROM mine
     WHERE (later.table_name, later.row_id, later.column_name) = (mine.table_name, mine.row_id, mine.column_name)
       AND later.blocking_id <> p_blocking AND later.id > mine.id AND later.value = mine.put;
    FOR v_row IN SELECT table_name, row_id, jsonb_object_agg(column_name, value) AS old,
                        jsonb_object_agg(column_name, put) AS put
                   FROM (SELECT *, row_number() OVER (PARTITION BY table_name, row_id, column_name
                                                      ORDER BY id DESC) AS turn
                           FROM blocked_value WHERE blocking_id = p_blocking) AS mine
                  GROUP BY turn, table_name, row_id ORDER BY turn, table_name, row_id
    LOOP
        EXECUTE format('SELECT to_jsonb(t) FROM %I AS t WHERE id = $1 FOR NO KEY UPDATE', v_row.table_name)
           INTO v_now USING v_row.row_id;
        SELECT string_agg(format('%I = r.%1$I', key), ', ') FILTER (WHERE v_now -> key = v_row.put -> key),
               v_left + count(*) FILTER (WHERE v_now -> key IS DISTINCT FROM v_row.put -> key)
          INTO v_sets, v_left FROM jsonb_object_keys(v_row.old) AS key;
        IF v_sets IS NOT NULL THEN
            EXECUTE format('UPDATE %I AS t SET %s FROM jsonb_populate_record(NULL::%1$I, $1) AS r WHERE t.id = $2',
                           v_row.table_name, v_sets) USING v_row.old, v_row.row_id;
        END IF;
    END LOOP;
    PERFORM find_communications_again(ARRAY(SELECT row_id FROM blocked_value WHERE blocking_id = p_blocking
                                                              AND table_name = 'communication'));
    DELETE FROM blocked_value WHERE blocking_id = p_blocking;
    PERFORM moving(false);
    UPDATE blocking SET state = 'unblocked', ended_at = now(), ended_by = my_id(), end_reason = filled(p_reason)
     WHERE id = p_blocking;
    RETURN done(p_request, 'unblock_data', jsonb_build_object('id', p_blocking, 'left', v_left));
END
$$;

-- What other blockings have of him, out of his rows alone and where no law keeps them: what is wholly
-- his goes, of other texts his words. What they have put there is then what stands there, so that they
-- can be brought back. In a later part of the erasure his words are known no more: what was taken out of
-- the same places before him goes.
CREATE FUNCTION erase_from_others(p_blocking blocking, p_words text[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_pattern text := coalesce(words_pattern(p_words), '(?!)');
    v_other   record;
    v_value   jsonb;
BEGIN
    FOR v_other IN
        WITH his AS (
            SELECT table_name, row_id, bool_or(whole) AS whole
              FROM rows_of_subject(p_blocking.kind, p_blocking.subject_id,
                                   ARRAY(SELECT lower(word) FROM unnest(p_words) AS word WHERE word LIKE '%@%'))
             GROUP BY table_name, row_id HAVING coalesce(max(law_until), today()) <= today()
        ), place AS (
            SELECT * FROM his
             UNION ALL SELECT 'audit', id, whole FROM his JOIN audit USING (table_name, row_id)
        )
        SELECT other.*, place.whole OR p_blocking.state = 'erased' AND mine.id IS NOT NULL AS goes, mine.put AS stands
          FROM place
          JOIN blocked_value AS other ON other.table_name = place.table_name AND other.row_id = place.row_id
                                     AND other.blocking_id <> p_blocking.id
          LEFT JOIN blocked_value AS mine ON mine.table_name = place.table_name AND mine.row_id = place.row_id
                                         AND mine.column_name = other.column_name AND mine.blocking_id = p_blocking.id
                                         AND mine.keep_until <= today() AND mine.id > other.id AND mine.value = other.put
    LOOP
        v_value := without_data(v_other.table_name, jsonb_build_object(
            'id', v_other.row_id, v_other.column_name, v_other.value), false, v_pattern) -> v_other.column_name;
        IF v_other.goes THEN
            DELETE FROM blocked_value WHERE id = v_other.id;
        ELSIF v_value <> v_other.value OR v_other.stands IS NOT NULL THEN
            UPDATE blocked_value SET value = v_value, put = coalesce(v_other.stands, put) WHERE id = v_other.id;
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
