-- A claim takes half of the processor: what stands below it is planned once for a connection, one mark is left for the
-- figures instead of three, and who is writing is asked once. Communications that are logged, likewise.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- what every write calls

-- As before, but the person is read once.
CREATE OR REPLACE FUNCTION earlier_result(p_request uuid, p_verb text)
RETURNS jsonb LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    earlier write_log;
    v_me    record;
BEGIN
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM set_config('trato.moving', 'off', true);
    END IF;
    IF p_request IS NULL THEN
        PERFORM refuse('request_id_missing', 'a write needs a request id');
    END IF;
    IF clock_timestamp() > now() + interval '5 minutes' THEN
        PERFORM refuse('transaction_is_old', 'this transaction was begun too long ago');
    END IF;
    SELECT active, must_change_password INTO v_me FROM person WHERE email = session_user::text COLLATE "default";
    IF NOT v_me.active THEN
        PERFORM refuse_denied('this login is disabled');
    END IF;
    IF v_me.must_change_password AND p_verb <> 'change_password' THEN
        PERFORM refuse_newcomer();
    END IF;
    INSERT INTO write_log (request_id, verb) VALUES (p_request, p_verb)
    ON CONFLICT (request_id) DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO earlier FROM write_log WHERE request_id = p_request;
    IF earlier.verb <> p_verb OR earlier.login <> session_user THEN
        PERFORM refuse('request_id_reused', 'this request id was used for another write');
    END IF;
    RETURN earlier.result;
END
$$;

-- As before, but a row is made into JSON once (OFFSET 0 keeps it so), and who did it is asked once for all
-- rows, as my_id does, but without the cost of calling it.
CREATE OR REPLACE FUNCTION audit_insert()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO audit (person_id, table_name, row_id, action_id, operation, new)
    SELECT (SELECT id FROM person WHERE email = session_user::text COLLATE "default"), TG_TABLE_NAME,
           (row_new ->> 'id')::bigint,
           (row_new ->> CASE TG_TABLE_NAME WHEN 'action' THEN 'id' ELSE 'action_id' END)::bigint,
           'insert', row_new
      FROM (SELECT to_jsonb(n) AS row_new FROM new_rows AS n OFFSET 0) AS changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION audit_update()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO audit (person_id, table_name, row_id, action_id, operation, old, new)
    SELECT (SELECT id FROM person WHERE email = session_user::text COLLATE "default"), TG_TABLE_NAME,
           (row_any ->> 'id')::bigint,
           (row_any ->> CASE TG_TABLE_NAME WHEN 'action' THEN 'id' ELSE 'action_id' END)::bigint,
           'update', row_old, row_new
      FROM (SELECT row_old, row_new, coalesce(row_new, row_old) AS row_any
              -- FULL: the owner can let a row have another id.
              FROM (SELECT to_jsonb(o) AS row_old, to_jsonb(n) AS row_new
                      FROM old_rows AS o FULL JOIN new_rows AS n ON n.id = o.id OFFSET 0) AS paired) AS changed
     WHERE row_old IS DISTINCT FROM row_new;
    RETURN NULL;
END
$$;

-- ---- words that things are found by

-- A new action is put there by itself; a plan for whatever find_actions_again may be asked is no use for it.
CREATE OR REPLACE FUNCTION action_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO action_search (action_id, title, client, words)
        SELECT NEW.id, ' ' || fold(NEW.title), search_text, array_to_tsvector(word_list(NEW.title || search_text))
          FROM client WHERE id = NEW.client_id
        ON CONFLICT (action_id) DO UPDATE SET title = excluded.title, client = excluded.client, words = excluded.words;
    ELSIF TG_TABLE_NAME = 'action' THEN
        PERFORM find_actions_again(ARRAY[NEW.id]);
    ELSE
        PERFORM find_actions_again(ARRAY(
            SELECT action_id FROM action_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.id)
             ORDER BY action_id FOR NO KEY UPDATE));
    END IF;
    RETURN NULL;
END
$$;

-- find_communications_again is planned anew each time, which is not to hold for the words of each row.
ALTER FUNCTION text_words(text) SET plan_cache_mode = auto;

-- A communication is put there by itself, as a new action is.
CREATE OR REPLACE FUNCTION communication_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'communication' THEN
        IF NEW.corrects_id IS NOT NULL THEN
            DELETE FROM communication_search WHERE communication_id = NEW.corrects_id;
        END IF;
        INSERT INTO communication_search (communication_id, action_id, contact_id, author_id, channel, happened_at, words)
        SELECT NEW.id, NEW.action_id, NEW.contact_id, NEW.author_id, NEW.channel, NEW.happened_at,
               array_to_tsvector(text_words(concat_ws(' ', NEW.subject, NEW.body, contact.name, client.name, author.name)))
          FROM client
          LEFT JOIN contact ON contact.id = NEW.contact_id
          LEFT JOIN person AS author ON author.id = NEW.author_id
         WHERE client.id = NEW.client_id
        ON CONFLICT (communication_id) DO UPDATE SET words = excluded.words;
    WHEN 'action' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search WHERE action_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'client' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.id)
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'contact' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.client_id)
               AND contact_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'person' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search WHERE author_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    END CASE;
    RETURN NULL;
END
$$;

-- ---- marks for figures

-- As before, but without a query that puts two numbers in order; an action that is opened leaves one mark.
CREATE OR REPLACE FUNCTION figures_change()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    -- A prime: what people do often leaves the same few marks each time.
    c_every  CONSTANT integer := 31;
    v_old    bigint;
    v_new    bigint;
    v_action bigint;
    v_turn   bigint;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_new := NEW.id;
    ELSE
        IF TG_OP <> 'INSERT' THEN
            v_old := OLD.action_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            v_new := NEW.action_id;
        END IF;
        IF TG_TABLE_NAME = 'action_member' AND TG_OP = 'INSERT' THEN
            -- Of members the owner alone counts, and the first one comes before what he claims.
            IF NOT NEW.is_owner OR NOT EXISTS (SELECT FROM hold WHERE action_id = v_new) THEN
                RETURN NULL;
            END IF;
        END IF;
    END IF;
    FOREACH v_action IN ARRAY ARRAY[v_old, nullif(v_new, v_old)] LOOP
        CONTINUE WHEN v_action IS NULL;
        INSERT INTO figure_mark (action_id) VALUES (v_action) RETURNING id INTO v_turn;
        IF v_turn % c_every = 0 AND TG_NARGS = 0 THEN
            PERFORM roll_up_figures(1000);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- The divisions that are claimed together leave one mark.
CREATE FUNCTION figures_begin()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_every CONSTANT integer := 31;
    v_turn  bigint;
BEGIN
    FOR v_turn IN
        INSERT INTO figure_mark (action_id) SELECT DISTINCT action_id FROM new_rows RETURNING id
    LOOP
        IF v_turn % c_every = 0 THEN
            PERFORM roll_up_figures(1000);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
DROP TRIGGER figures_begin ON hold;
CREATE TRIGGER figures_begin AFTER INSERT ON hold REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION figures_begin();
CREATE TRIGGER figures_end AFTER DELETE ON hold
    FOR EACH ROW EXECUTE FUNCTION figures_change();

-- ---- actions

-- As before, but whether the client is archived is read with the lock; who holds a division, only where
-- somebody does.
CREATE OR REPLACE FUNCTION require_free(p_client bigint, p_divisions bigint[], p_for_action bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_archived boolean;
    v_found    bigint;
    v_blocked  record;
BEGIN
    IF p_for_action IS NULL THEN
        SELECT archived INTO v_archived FROM client WHERE id = p_client FOR KEY SHARE;
    ELSE
        SELECT archived INTO v_archived FROM client WHERE id = p_client;
    END IF;
    PERFORM refuse_blocked('client', p_client);
    IF v_archived THEN
        PERFORM refuse('client_is_archived', 'this client is archived');
    END IF;
    IF coalesce(cardinality(p_divisions), 0) = 0 THEN
        PERFORM refuse('action_holds_a_division', 'an open action holds at least one division');
    END IF;
    SELECT count(*) INTO v_found
      FROM (SELECT id FROM division
             WHERE id = ANY (p_divisions) AND client_id = p_client AND active
             ORDER BY id FOR NO KEY UPDATE) AS locked;
    IF v_found <> cardinality(p_divisions) THEN
        IF v_found <> (SELECT count(DISTINCT wanted) FROM unnest(p_divisions) AS wanted) THEN
            SELECT name AS division INTO v_blocked FROM division
             WHERE id = ANY (p_divisions) AND client_id = p_client AND NOT active ORDER BY id LIMIT 1;
            IF FOUND THEN
                PERFORM refuse('division_is_inactive', format('%s is not in use any more', v_blocked.division),
                               'division=' || v_blocked.division);
            END IF;
            PERFORM refuse_unknown('division');
        END IF;
    END IF;
    IF NOT EXISTS (SELECT FROM hold WHERE division_id = ANY (p_divisions) AND released_at IS NULL
                                      AND action_id IS DISTINCT FROM p_for_action) THEN
        RETURN;
    END IF;
    SELECT division.name AS division, division.id, person.name AS holder, hold.held_at,
           action.number, count(*) OVER () AS blocked
      INTO v_blocked
      FROM hold
      JOIN division ON division.id = hold.division_id
      JOIN action ON action.id = hold.action_id
      LEFT JOIN action_member AS member
             ON member.action_id = hold.action_id AND member.is_owner AND member.left_at IS NULL
      LEFT JOIN person ON person.id = member.person_id
     WHERE hold.division_id = ANY (p_divisions) AND hold.released_at IS NULL
       AND hold.action_id IS DISTINCT FROM p_for_action
     ORDER BY hold.division_id LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('hold_division_is_free',
            format('%s is held by %s, action %s', v_blocked.division, v_blocked.holder,
                   v_blocked.number),
            'division=' || v_blocked.division, 'division_id=' || v_blocked.id,
            'holder=' || v_blocked.holder,
            'since=' || to_char(v_blocked.held_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD'),
            'action=' || v_blocked.number, 'blocked=' || v_blocked.blocked);
    END IF;
END
$$;

-- As before; an action that is new has held nothing yet, which claim() would have to look at. All that it asks is
-- asked by a key: planned once, and not anew for each of the first few claims of a connection.
CREATE OR REPLACE FUNCTION open_action(p_request uuid, p_client bigint, p_title text, p_divisions bigint[],
    p_expected_close date DEFAULT NULL, p_notes text DEFAULT NULL, p_owner bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'open_action');
    v_me     CONSTANT bigint := my_id();
    v_owner  CONSTANT bigint := coalesce(p_owner, v_me);
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF v_owner IS DISTINCT FROM v_me THEN
        PERFORM require_role('manager');
    END IF;
    IF NOT EXISTS (SELECT FROM person WHERE id = v_owner AND active AND 'rep' = ANY (roles)) THEN
        PERFORM refuse('action_owner_is_a_rep', 'the owner of an action is an active sales rep');
    END IF;
    PERFORM require_free(p_client, p_divisions, NULL);
    INSERT INTO action (client_id, title, opened_by, expected_close, notes)
    VALUES (p_client, filled(p_title), v_me, p_expected_close, filled(p_notes)) RETURNING * INTO v_action;
    INSERT INTO action_member (action_id, person_id, is_owner) VALUES (v_action.id, v_owner, true);
    INSERT INTO hold (action_id, division_id, client_id)
    SELECT DISTINCT v_action.id, wanted, p_client FROM unnest(p_divisions) AS wanted ORDER BY wanted;
    RETURN done(p_request, 'open_action', jsonb_build_object(
        'id', v_action.id, 'number', v_action.number, 'version', v_action.version));
END
$$;

-- As before; an action that is new is seen by nobody else, who could release "the other one".
CREATE OR REPLACE FUNCTION action_is_complete()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_action bigint;
    v_found  record;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_action := NEW.id;
    ELSE
        v_action := OLD.action_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM FROM action WHERE id = v_action FOR NO KEY UPDATE;
    END IF;
    SELECT state, EXISTS (SELECT FROM hold WHERE action_id = v_action AND released_at IS NULL) AS holds,
           EXISTS (SELECT FROM action_member WHERE action_id = v_action AND is_owner AND left_at IS NULL) AS is_owned
      INTO v_found FROM action WHERE id = v_action;
    IF v_found.state IS DISTINCT FROM 'open' THEN
        RETURN NULL;
    END IF;
    IF NOT v_found.holds THEN
        PERFORM refuse('action_holds_a_division', 'an open action holds at least one division');
    END IF;
    IF NOT v_found.is_owned THEN
        PERFORM refuse('action_has_an_owner', 'an open action has an owner');
    END IF;
    RETURN NULL;
END
$$;

-- ---- what every write in an action asks

-- Planned once for a connection: a function in SQL that is not put in place of its call is planned at each.
CREATE OR REPLACE FUNCTION is_member(p_action bigint)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM action_member
                    WHERE action_id = p_action AND person_id = my_id() AND left_at IS NULL);
END
$$;

CREATE OR REPLACE FUNCTION setting_value(wanted text)
RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN (SELECT value FROM setting WHERE name = wanted);
END
$$;

CREATE OR REPLACE FUNCTION today()
RETURNS date LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN (now() AT TIME ZONE setting_value('timezone'))::date;
END
$$;
