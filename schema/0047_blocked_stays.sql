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
        -- Forms trim what they save, also the blank by which a name was put there (without_unique_words).
        IF TG_OP = 'UPDATE' AND OLD.name = NEW.name || ' ' THEN
            NEW.name := OLD.name;
        END IF;
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

-- ---- words

-- Letters are as good without their accents.
CREATE FUNCTION word_piece(p_word text)
RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_piece text COLLATE "default" := regexp_replace(regexp_replace(p_word, '([][\\.^$*+?(){}|/-])', '\\\1', 'g'), '\s+', '\\s+', 'g');
    v_alike text;
BEGIN
    FOREACH v_alike IN ARRAY '{aáàâäãå,eéèêë,iíìîï,oóòôöõ,uúùûü,cç,nñ}'::text[] LOOP
        v_piece := regexp_replace(v_piece, '[' || v_alike || ']', '[' || v_alike || ']', 'gi');
    END LOOP;
    -- As it stands in what a write was answered, too.
    RETURN replace(v_piece, '"', '\\*"');
END
$$;

-- As before, and as people write them: with or without accents, with more blanks or on two lines,
-- telephones with brackets and the country before them. Boundaries once for all, since each costs.
CREATE OR REPLACE FUNCTION words_pattern(p_words text[])
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT '(?<!\w)(?:' || string_agg(DISTINCT CASE
               WHEN word ~ '^[0-9 +()./-]+$' AND length(phone_digits(word)) >= 6
               THEN '\(?(?:\+|00)?(?:34[\s./()-]*)?\(?'
                    || regexp_replace(phone_digits(word), '(\d)(?=\d)', '\1[\\s./()-]*', 'g')
               ELSE word_piece(word) END, '|') || ')(?!\w)'
      FROM unnest(p_words) AS word WHERE length(word) >= 4
$$;

-- The pattern for those of these words that may be found in the texts of a query ($2 in it are p_rows).
-- The time that a pattern takes grows with the square of its words, so of many all those are left out
-- of which some part stands nowhere.
CREATE FUNCTION words_said(p_words text[], p_texts text, p_rows bigint[] DEFAULT NULL)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_words text[] := p_words;
BEGIN
    IF cardinality(p_words) > 20 THEN
        EXECUTE format($q$
            WITH text AS MATERIALIZED (
                SELECT fold(text) AS text FROM (%s) AS texts (text)
            ), part AS MATERIALIZED (
                SELECT DISTINCT string_to_table(regexp_replace(text, '[^[:alnum:]]+', ' ', 'g'), ' ') AS part FROM text
            ), digits (said) AS MATERIALIZED (
                SELECT string_agg(regexp_replace(text, '\D+', '', 'g'), ' ') FROM text
            )
            SELECT array_agg(word) FROM unnest($1) AS word
             WHERE CASE WHEN word ~ '^[0-9 +()./-]+$' THEN strpos((SELECT said FROM digits), phone_digits(word)) > 0
                   ELSE NOT EXISTS (SELECT string_to_table(regexp_replace(fold(word), '[^[:alnum:]]+', ' ', 'g'), ' ')
                                    EXCEPT SELECT '' EXCEPT SELECT part FROM part) END
            $q$, p_texts) INTO v_words USING p_words, p_rows;
    END IF;
    RETURN coalesce(words_pattern(v_words), '(?!)');
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

-- No longer than the text was, or than the longest number of a row. It ends with a blank, as nothing
-- that a person types does, so nobody can have typed it before.
CREATE FUNCTION without_unique_words(p_value text, p_pattern text, p_row text)
RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_dashed text := regexp_replace(p_value, p_pattern COLLATE "default", '—' || p_row, 'gi') || ' ';
    v_room   integer := greatest(length(p_value), 21);
BEGIN
    IF v_dashed = p_value || ' ' THEN
        RETURN p_value;
    ELSIF length(v_dashed) <= v_room THEN
        RETURN v_dashed;
    END IF;
    RETURN left(v_dashed, v_room - length(p_row) - 2) || '—' || p_row || ' ';
END
$$;

-- As before. What a name decides is compared in C, and nothing but ASCII has another case there, nor
-- belongs to a word.
CREATE OR REPLACE FUNCTION without_words(p_value jsonb, p_pattern text)
RETURNS jsonb LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN CASE jsonb_typeof(p_value)
        WHEN 'string' THEN to_jsonb(regexp_replace(p_value #>> '{}', p_pattern COLLATE "default", '—', 'gi'))
        WHEN 'array' THEN coalesce((SELECT jsonb_agg(without_words(item, p_pattern) ORDER BY place)
                                      FROM jsonb_array_elements(p_value) WITH ORDINALITY AS one (item, place)), '[]')
        WHEN 'object' THEN coalesce((SELECT jsonb_object_agg(key, without_words(value, p_pattern))
                                       FROM jsonb_each(p_value)), '{}')
        ELSE p_value END;
END
$$;

-- As before, and a text that is unique stays so, and a note that has to be there.
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
            WHEN NOT a.attnotnull AND key <> 'state_note' THEN 'null'
            WHEN is_unique_text(p_table, r.column_name) THEN to_jsonb('—' || (p_row ->> 'id') || ' ')
            ELSE '"—"' END)
          FROM jsonb_each(p_row)
          LEFT JOIN register AS r ON r.table_name = p_table AND r.column_name = key
                                 AND r.about IN ('contact', 'client', 'anybody')
          LEFT JOIN pg_attribute AS a ON a.attrelid = ('trato.' || quote_ident(p_table))::regclass AND a.attname = key);
END
$$;
