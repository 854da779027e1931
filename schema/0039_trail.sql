-- The audit trail is read page by page, by record, person and day; and who opens which client's
-- record leaves a trace too.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- what was changed

-- Each in the order of the list: the newest first.
DROP INDEX audit_at;
CREATE INDEX audit_at ON audit (at, id);
DROP INDEX audit_action;
CREATE INDEX audit_action ON audit (action_id, at, id) WHERE action_id IS NOT NULL;
CREATE INDEX audit_person ON audit (person_id, at, id);
CREATE INDEX audit_shared ON audit (at, id) WHERE action_id IS NULL;

-- What was typed for a record, as TABLE/ID: that itself, the number of an action or of an offer; NULL
-- for anything else.
CREATE FUNCTION audit_record(p_typed text)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_typed text := btrim(p_typed);
    v_part  text[] := regexp_match(v_typed, '^([0-9]{4})-([0-9]{5,9})(/([1-9][0-9]{0,3}))?$');
    v_id    bigint;
BEGIN
    IF v_typed ~ '^[a-z_]{1,40}/[0-9]{1,18}$' THEN
        RETURN v_typed;
    ELSIF v_typed ~ '^[0-9]{1,18}$' THEN
        SELECT id INTO v_id FROM action WHERE number = v_typed::bigint;
        RETURN 'action/' || v_id;
    END IF;
    SELECT o.id INTO v_id
      FROM offer AS root
      JOIN offer AS o ON o.root_id = root.id AND o.revision = coalesce(v_part[4]::integer, 1)
     WHERE root.year = v_part[1]::integer AND root.serial = v_part[2]::integer AND root.revision = 1;
    RETURN 'offer/' || v_id;
END
$$;

-- The rows about a record, whose they are: a client's with its contacts, its divisions and the clients
-- that were merged into it; all of an action; an offer's with its lines and its notices; a notice's
-- with its invoices.
CREATE FUNCTION audit_of_record(p_table text, p_id bigint)
RETURNS SETOF audit LANGUAGE plpgsql STABLE ROWS 50 SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_table = 'client' THEN
        RETURN QUERY
        SELECT a.* FROM (SELECT 'client'::name AS table_name, p_id AS row_id
                         UNION ALL SELECT 'client', id FROM client WHERE merged_into = p_id
                         UNION ALL SELECT 'contact', id FROM contact WHERE client_id = p_id
                         UNION ALL SELECT 'division', id FROM division WHERE client_id = p_id) AS part
          JOIN audit AS a ON a.table_name = part.table_name AND a.row_id = part.row_id;
    ELSIF p_table = 'action' THEN
        RETURN QUERY SELECT a.* FROM audit AS a WHERE a.action_id = p_id;
    ELSIF p_table = 'offer' THEN
        RETURN QUERY
        SELECT a.* FROM audit AS a
         WHERE a.action_id = (SELECT action_id FROM offer WHERE id = p_id)
           AND ((a.table_name = 'offer' AND a.row_id = p_id)
                OR (a.table_name IN ('offer_line', 'offer_division', 'notice')
                    AND (coalesce(a.new, a.old) ->> 'offer_id')::bigint = p_id));
    ELSIF p_table = 'notice' THEN
        RETURN QUERY
        SELECT a.* FROM audit AS a
         WHERE a.action_id = (SELECT action_id FROM notice WHERE id = p_id)
           AND ((a.table_name = 'notice' AND a.row_id = p_id)
                OR (a.table_name = 'invoice'
                    AND (coalesce(a.new, a.old) ->> 'notice_id')::bigint = p_id));
    ELSE
        RETURN QUERY SELECT a.* FROM audit AS a WHERE a.table_name = p_table AND a.row_id = p_id;
    END IF;
END
$$;

-- A page of the trail as far as the asker may see it, the newest first, behind (before, where
-- p_forward is false) the row of p_at and p_id. p_record as audit_record has it. A policy would be asked for
-- every row that is passed over, so this runs as the owner and begins with what is the asker's:
-- the actions of a sales rep, each from its end, and beside them what everybody may read.
CREATE FUNCTION found_audit(p_record text, p_person bigint, p_from date, p_to date,
    p_forward boolean, p_limit integer, p_at timestamptz, p_id bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_record  CONSTANT text := audit_record(p_record);
    v_zone    CONSTANT text := setting_value('timezone');
    v_from    CONSTANT timestamptz := p_from::timestamp AT TIME ZONE v_zone;
    v_until   CONSTANT timestamptz := (p_to + 1)::timestamp AT TIME ZONE v_zone;
    v_order   CONSTANT text := CASE WHEN p_forward THEN ' ORDER BY at DESC, id DESC LIMIT $6'
                                    ELSE ' ORDER BY at, id LIMIT $6' END;
    v_where   CONSTANT text := concat_ws(' AND ', ' WHERE true',
        CASE WHEN p_person IS NOT NULL THEN 'person_id = $1' END,
        CASE WHEN p_from IS NOT NULL THEN 'at >= $2' END,
        CASE WHEN p_to IS NOT NULL THEN 'at < $3' END,
        CASE WHEN p_id IS NOT NULL THEN '(at, id) ' || CASE WHEN p_forward THEN '<' ELSE '>' END
                                        || ' ($4, $5)' END);
    v_shared  CONSTANT text := '(action_id IS NULL AND (table_name IN (''client'', ''contact'', ''division'','
        ' ''area'', ''reason'', ''setting'', ''holiday'') OR (table_name = ''mail'' AND person_id = $7)))';
    v_mine    CONSTANT text := CASE WHEN has_role('manager') THEN 'true'
        WHEN may_see_all() THEN 'table_name <> ''mail'''
        ELSE '(' || v_shared || ' OR action_id IN (SELECT my_action_ids()))' END;
    v_query   text;
BEGIN
    IF p_record IS NOT NULL THEN
        v_query := 'SELECT id FROM audit_of_record($8, $9)' || v_where || ' AND ' || v_mine || v_order;
    ELSIF may_see_all() THEN
        v_query := 'SELECT id FROM audit' || v_where || ' AND ' || v_mine || v_order;
    ELSE
        v_query := 'SELECT id FROM ('
            'SELECT page.id, page.at FROM my_action_ids() AS own (action) CROSS JOIN LATERAL'
            ' (SELECT id, at FROM audit' || v_where || ' AND action_id = own.action' || v_order || ') AS page'
            ' UNION ALL (SELECT id, at FROM audit' || v_where || ' AND ' || v_shared || v_order || ')) AS pages'
            || v_order;
    END IF;
    RETURN QUERY EXECUTE v_query
        USING p_person, v_from, v_until, p_at, p_id, p_limit, my_id(),
              split_part(v_record, '/', 1), nullif(split_part(v_record, '/', 2), '')::bigint;
END
$$;

-- What a change changed, field by field, in the order of their names: without what the database keeps
-- for itself, and what the record does not say at all.
CREATE FUNCTION audit_fields(p_old jsonb, p_new jsonb)
RETURNS TABLE (field text, old text, new text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT key, p_old ->> key, p_new ->> key
      FROM jsonb_object_keys(coalesce(p_new, p_old)) AS key
     WHERE p_old -> key IS DISTINCT FROM p_new -> key
       AND coalesce(p_old ->> key, p_new ->> key) IS NOT NULL
       AND key <> ALL ('{id,version,action_id,root_id,name_folded,search_text,is_open,is_live,is_approved,
                         action_must_be_open,notice_must_be_live,offer_must_be_approved,hold_must_be_open,
                         offer_live,issue_year}')
     ORDER BY key COLLATE "C"
$$;

-- A value as people know it: the names of those whose ids it is, moments of the team's day.
CREATE FUNCTION audit_value(p_field text, p_value text)
RETURNS text LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT CASE
        WHEN p_value IS NULL THEN NULL
        WHEN p_field IN ('client_id', 'merged_into') THEN (SELECT name FROM client WHERE id = p_value::bigint)
        WHEN p_field = 'contact_id' THEN (SELECT name FROM contact WHERE id = p_value::bigint)
        WHEN p_field = 'division_id' THEN (SELECT name FROM division WHERE id = p_value::bigint)
        WHEN p_field = 'area_id' THEN (SELECT name FROM area WHERE id = p_value::bigint)
        WHEN p_field IN ('person_id', 'author_id')
             OR p_field ~ '^(created|opened|presented|approved|seen|taken|recorded|answered|made)_by$'
            THEN (SELECT name FROM person WHERE id = p_value::bigint)
        WHEN p_field LIKE '%\_at' THEN to_char(p_value::timestamptz AT TIME ZONE setting_value('timezone'),
                                               'YYYY-MM-DD HH24:MI')
        ELSE p_value END
$$;

-- What a record is called, from what the trail says of it.
CREATE FUNCTION audit_name(p_table text, p_row jsonb, p_language text DEFAULT 'en')
RETURNS text LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT coalesce(CASE p_table
        WHEN 'action' THEN p_row ->> 'title'
        WHEN 'offer' THEN coalesce(offer_number((p_row ->> 'year')::integer, (p_row ->> 'serial')::integer,
                                                (p_row ->> 'revision')::integer), p_row ->> 'title')
        WHEN 'offer_line' THEN p_row ->> 'description'
        WHEN 'offer_division' THEN audit_value('division_id', p_row ->> 'division_id')
        WHEN 'hold' THEN audit_value('division_id', p_row ->> 'division_id')
        WHEN 'action_member' THEN audit_value('person_id', p_row ->> 'person_id')
        WHEN 'request' THEN audit_value('person_id', p_row ->> 'person_id')
        WHEN 'communication' THEN p_row ->> 'subject'
        WHEN 'mail' THEN p_row ->> 'subject'
        WHEN 'invoice' THEN concat_ws('/', nullif(p_row ->> 'series', ''), p_row ->> 'number')
        WHEN 'notice' THEN (SELECT offer_number(year, serial, revision) FROM offer
                             WHERE id = (p_row ->> 'offer_id')::bigint)
        WHEN 'reason' THEN p_row ->> CASE p_language WHEN 'es' THEN 'name_es' ELSE 'name_en' END
        ELSE p_row ->> 'name' END, p_row ->> 'id')
$$;

GRANT EXECUTE ON FUNCTION
    found_audit(text, bigint, date, date, boolean, integer, timestamptz, bigint),
    audit_fields(jsonb, jsonb), audit_value(text, text), audit_name(text, jsonb, text)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- ---- what was looked at

INSERT INTO setting (name, value, meaning) VALUES
    ('opening_days', '730', 'for so many days it is kept who opened which record');

-- A look must not lock or wait: so no foreign key, and nothing but ids.
CREATE TABLE opening (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    person_id bigint DEFAULT my_id(),
    -- Only of somebody who is no person of Trato.
    login     name DEFAULT CASE WHEN my_id() IS NULL THEN session_user END,
    what      text NOT NULL,
    row_id    bigint,
    -- Whose data were shown; NULL: of many, in a list or a file.
    client_id bigint,
    row_count bigint,
    CONSTRAINT opening_what_known CHECK (what IN ('client', 'contact', 'action', 'preview', 'list', 'export',
                                                  'person_data')),
    CONSTRAINT opening_of_one_or_many CHECK ((what IN ('list', 'export')) = (row_count IS NOT NULL))
);
CREATE INDEX opening_at ON opening (at, id);
CREATE INDEX opening_client ON opening (client_id, person_id, at);
CREATE INDEX opening_person ON opening (person_id, at, id);

-- Neither changed nor deleted, until the time has passed for which it is kept.
CREATE FUNCTION opening_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR OLD.at >= now() - make_interval(days => setting_value('opening_days')::integer) THEN
        PERFORM refuse('opening_is_kept', 'who opened what is neither changed nor deleted');
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER opening_is_kept BEFORE UPDATE OR DELETE ON opening
    FOR EACH ROW EXECUTE FUNCTION opening_is_kept();
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON opening
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON opening
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();
ALTER TABLE opening ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON opening FOR SELECT TO trato_manager USING (true);
GRANT SELECT ON opening TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- Puts the row down, unless nothing can be written here, such as on a standby; and takes away some of
-- those whose time is over.
CREATE FUNCTION put_opening(p_what text, p_row bigint, p_client bigint, p_count bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean THEN
        RETURN;
    END IF;
    INSERT INTO opening (what, row_id, client_id, row_count) VALUES (p_what, p_row, p_client, p_count);
    DELETE FROM opening
     WHERE id IN (SELECT id FROM opening
                   WHERE at < now() - make_interval(days => setting_value('opening_days')::integer)
                   ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED);
END
$$;

-- Called by who shows a client, a contact or an action, or its preview, before it is read. Opening the
-- same client again within ten minutes is one opening, but for a preview, which is less.
CREATE FUNCTION log_opening(p_what text, p_row bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_client bigint;
BEGIN
    IF p_what = 'action' AND (may_see_all() OR is_member(p_row)) THEN
        SELECT client_id INTO v_client FROM action WHERE id = p_row;
    ELSIF p_what = 'contact' THEN
        SELECT client_id INTO v_client FROM contact WHERE id = p_row;
    ELSIF p_what IN ('client', 'preview') THEN
        SELECT id INTO v_client FROM client WHERE id = p_row;
    END IF;
    IF v_client IS NULL
       OR EXISTS (SELECT FROM opening
                   WHERE client_id = v_client AND person_id = my_id() AND at > now() - interval '10 minutes'
                     AND (what <> 'preview' OR p_what = 'preview')) THEN
        RETURN;
    END IF;
    PERFORM put_opening(p_what, p_row, v_client, NULL);
END
$$;

-- Called before a list or a file of so many clients or of what belongs to them is handed out.
CREATE FUNCTION log_list(p_what text, p_count bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_what IN ('list', 'export') THEN
        PERFORM put_opening(p_what, NULL, NULL, coalesce(p_count, 0));
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION log_opening(text, bigint), log_list(text, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
