-- A claim takes a quarter less of the processor, by what it no longer does twice.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- What is called within verbs, which have fixed their search path and run as the owner, does neither once more: that costs
-- some 14,000 instructions each. So these functions name all with its schema, and mean the same under any path.

-- ---- what every write calls

CREATE OR REPLACE FUNCTION earlier_result(p_request uuid, p_verb text)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    earlier trato.write_log;
    v_me    record;
BEGIN
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM set_config('trato.moving', 'off', true);
    END IF;
    IF p_request IS NULL THEN
        PERFORM trato.refuse('request_id_missing', 'a write needs a request id');
    END IF;
    IF clock_timestamp() > now() + interval '5 minutes' THEN
        PERFORM trato.refuse('transaction_is_old', 'this transaction was begun too long ago');
    END IF;
    SELECT active, must_change_password INTO v_me FROM trato.person WHERE email = session_user::text COLLATE "default";
    IF NOT v_me.active THEN
        PERFORM trato.refuse_denied('this login is disabled');
    END IF;
    IF v_me.must_change_password AND p_verb <> 'change_password' THEN
        PERFORM trato.refuse_newcomer();
    END IF;
    INSERT INTO trato.write_log (request_id, verb) VALUES (p_request, p_verb)
    ON CONFLICT (request_id) DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO earlier FROM trato.write_log WHERE request_id = p_request;
    IF earlier.verb <> p_verb OR earlier.login <> session_user THEN
        PERFORM trato.refuse('request_id_reused', 'this request id was used for another write');
    END IF;
    RETURN earlier.result;
END
$$;

CREATE OR REPLACE FUNCTION done(p_request uuid, p_verb text, p_result jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    UPDATE trato.write_log SET result = p_result WHERE request_id = p_request;
    RETURN p_result;
END
$$;

CREATE OR REPLACE FUNCTION fold(value text)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN lower(trato.unaccent('trato.unaccent'::regdictionary, value));
END
$$;

-- Asks itself which isolation it is: PostgreSQL reads a trigger's WHEN from its text for each statement.
CREATE OR REPLACE FUNCTION refuse_old_snapshot()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        PERFORM trato.refuse('transaction_isolation', 'Trato is written in READ COMMITTED transactions only');
    END IF;
    RETURN NULL;
END
$$;
DO $$
DECLARE
    v_table regclass;
BEGIN
    FOR v_table IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'sees_the_present' LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_old_snapshot()', v_table);
    END LOOP;
END
$$;

-- As before, but of what a claim inserts the keys are read where they stand, not out of the JSON.
CREATE OR REPLACE FUNCTION audit_insert()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'action' THEN
        INSERT INTO trato.audit (person_id, table_name, row_id, action_id, operation, new)
        SELECT (SELECT id FROM trato.person WHERE email = session_user::text COLLATE "default"), TG_TABLE_NAME,
               n.id, n.id, 'insert', to_jsonb(n)
          FROM new_rows AS n;
    WHEN 'action_member', 'hold' THEN
        INSERT INTO trato.audit (person_id, table_name, row_id, action_id, operation, new)
        SELECT (SELECT id FROM trato.person WHERE email = session_user::text COLLATE "default"), TG_TABLE_NAME,
               n.id, n.action_id, 'insert', to_jsonb(n)
          FROM new_rows AS n;
    ELSE
        INSERT INTO trato.audit (person_id, table_name, row_id, action_id, operation, new)
        SELECT (SELECT id FROM trato.person WHERE email = session_user::text COLLATE "default"), TG_TABLE_NAME,
               (row_new ->> 'id')::bigint, (row_new ->> 'action_id')::bigint, 'insert', row_new
          FROM (SELECT to_jsonb(n) AS row_new FROM new_rows AS n OFFSET 0) AS changed;
    END CASE;
    RETURN NULL;
END
$$;

-- ---- an action that begins

CREATE OR REPLACE FUNCTION client_is_current()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_successor bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.client_id = OLD.client_id THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT merged_into INTO v_successor FROM trato.client WHERE id = OLD.client_id;
        IF v_successor IS DISTINCT FROM NEW.client_id THEN
            PERFORM trato.refuse('client_of_its_own', format('a %s stays with its client', TG_TABLE_NAME));
        END IF;
    END IF;
    SELECT merged_into INTO v_successor FROM trato.client WHERE id = NEW.client_id FOR KEY SHARE;
    IF v_successor IS NOT NULL THEN
        PERFORM trato.refuse('client_is_merged', 'this client was merged into another',
                             'client=' || (SELECT name FROM trato.client WHERE id = v_successor),
                             'client_id=' || v_successor);
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION refuse_blocked(p_kind text, p_subject bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM trato.blocking WHERE kind = p_kind AND subject_id = p_subject AND state <> 'unblocked') THEN
        PERFORM trato.refuse(p_kind || '_is_blocked', format('the data of this %s are blocked or erased', p_kind));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION is_not_blocked()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Anybody can turn that setting on.
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM trato.require_moved(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
        RETURN NEW;
    END IF;
    CASE TG_TABLE_NAME
    WHEN 'client' THEN
        PERFORM trato.refuse_blocked('client', NEW.id);
        PERFORM trato.refuse_blocked('client', NEW.merged_into);
    WHEN 'contact' THEN
        PERFORM trato.refuse_blocked('contact', NEW.id);
        PERFORM trato.refuse_blocked('client', NEW.client_id);
    WHEN 'communication' THEN
        PERFORM FROM trato.action WHERE id = NEW.action_id FOR KEY SHARE;
        PERFORM trato.refuse_blocked('contact', NEW.contact_id);
        PERFORM trato.refuse_blocked('contact', (SELECT contact_id FROM trato.communication WHERE id = NEW.corrects_id));
        PERFORM trato.refuse_blocked('client', NEW.client_id);
    WHEN 'action' THEN
        -- One that was opened before this rule can be closed.
        IF TG_OP = 'INSERT' OR OLD.state <> 'open' OR NEW.state = 'open' THEN
            -- Asked here first: of nearly every claim that is all.
            IF EXISTS (SELECT FROM trato.blocking
                        WHERE kind = 'client' AND subject_id = NEW.client_id AND state <> 'unblocked') THEN
                PERFORM trato.refuse_blocked('client', NEW.client_id);
            END IF;
        END IF;
    WHEN 'division' THEN
        -- Forms trim what they save, also the blank by which a name was put there (without_unique_words).
        IF TG_OP = 'UPDATE' AND OLD.name = NEW.name || ' ' THEN
            NEW.name := OLD.name;
        END IF;
        PERFORM trato.refuse_blocked('client', NEW.client_id);
    END CASE;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION contact_is_kept()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE trato.action_contact SET contacted = true, since = NEW.happened_at
     WHERE action_id = NEW.action_id AND (NOT contacted OR since < NEW.happened_at);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION action_is_found()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        PERFORM trato.find_actions_again(ARRAY[NEW.id]);
    ELSE
        PERFORM trato.find_actions_again(ARRAY(
            SELECT action_id FROM trato.action_search
             WHERE action_id IN (SELECT id FROM trato.action WHERE client_id = NEW.id)
             ORDER BY action_id FOR NO KEY UPDATE));
    END IF;
    RETURN NULL;
END
$$;

-- What a new action is found by, and that nobody has been contacted in it.
CREATE FUNCTION action_begins()
RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH found AS (
        INSERT INTO trato.action_search (action_id, title, client, words)
        SELECT NEW.id, ' ' || trato.fold(NEW.title), search_text,
               array_to_tsvector(trato.word_list(NEW.title || search_text))
          FROM trato.client WHERE id = NEW.client_id
        ON CONFLICT (action_id) DO UPDATE SET title = excluded.title, client = excluded.client, words = excluded.words)
    INSERT INTO trato.action_contact (action_id, is_open, contacted, since)
    VALUES (NEW.id, NEW.is_open, false, NEW.opened_at);
    RETURN NULL;
END
$$;
DROP TRIGGER contact_is_kept ON action;
CREATE TRIGGER action_begins AFTER INSERT ON action
    FOR EACH ROW EXECUTE FUNCTION action_begins();
CREATE OR REPLACE TRIGGER is_found AFTER UPDATE OF title, client_id ON action
    FOR EACH ROW EXECUTE FUNCTION action_is_found();

-- Deferred, so it is called as who has logged in, with his search path: it fixes both.
CREATE OR REPLACE FUNCTION action_is_complete()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_action bigint;
    v_holds  boolean;
    v_owned  boolean;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_action := NEW.id;
    ELSE
        v_action := OLD.action_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM FROM action WHERE id = v_action FOR NO KEY UPDATE;
    END IF;
    SELECT EXISTS (SELECT FROM hold WHERE action_id = v_action AND released_at IS NULL),
           EXISTS (SELECT FROM action_member WHERE action_id = v_action AND is_owner AND left_at IS NULL)
      INTO v_holds, v_owned;
    IF v_holds AND v_owned THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM action WHERE id = v_action AND state = 'open') THEN
        RETURN NULL;
    END IF;
    IF NOT v_holds THEN
        PERFORM refuse('action_holds_a_division', 'an open action holds at least one division');
    END IF;
    PERFORM refuse('action_has_an_owner', 'an open action has an owner');
    RETURN NULL;
END
$$;

-- ---- marks for figures

-- Whose mark it is to count all in: a prime, since what people do often leaves the same few marks each time.
CREATE FUNCTION is_turn(p_mark bigint)
RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT p_mark % 31 = 0';

CREATE OR REPLACE FUNCTION figures_change()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_old    bigint;
    v_new    bigint;
    v_action bigint;
    v_mark   bigint;
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
            IF NOT NEW.is_owner OR NOT EXISTS (SELECT FROM trato.hold WHERE action_id = v_new) THEN
                RETURN NULL;
            END IF;
        END IF;
    END IF;
    FOREACH v_action IN ARRAY ARRAY[v_old, nullif(v_new, v_old)] LOOP
        CONTINUE WHEN v_action IS NULL;
        INSERT INTO trato.figure_mark (action_id) VALUES (v_action) RETURNING id INTO v_mark;
        IF trato.is_turn(v_mark) AND TG_NARGS = 0 THEN
            PERFORM trato.roll_up_figures(1000);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION figures_begin()
RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_mark bigint;
BEGIN
    FOR v_mark IN
        INSERT INTO trato.figure_mark (action_id) SELECT DISTINCT action_id FROM new_rows RETURNING id
    LOOP
        IF trato.is_turn(v_mark) THEN
            PERFORM trato.roll_up_figures(1000);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- What the offers of actions contribute is asked only where there are any: planning it takes as long as ten claims. It is
-- what figure_parts was, but for the open actions and what they hold.
DO $$
DECLARE
    v_was  CONSTANT text := pg_get_functiondef('figure_parts(bigint[])'::regprocedure);
    v_part CONSTANT text := E'\n        UNION ALL\n        SELECT h\\.action_id, ''open''.*h\\.released_at IS NULL\\)\n';
BEGIN
    IF v_was !~ v_part THEN
        RAISE EXCEPTION 'figure_parts is another function than expected';
    END IF;
    EXECUTE replace(regexp_replace(v_was, v_part, E')\n'), 'trato.figure_parts(', 'trato.offer_parts(');
END
$$;

CREATE OR REPLACE FUNCTION figure_parts(p_actions bigint[])
RETURNS SETOF figure_part LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF EXISTS (SELECT FROM offer WHERE action_id = ANY (p_actions)) THEN
        RETURN QUERY SELECT * FROM offer_parts(p_actions);
    END IF;
    RETURN QUERY
    WITH part AS (
        SELECT a.id AS action_id, a.is_open, coalesce(d.area_id, 0) AS area_id, h.is_open AS is_held,
               row_number() OVER (PARTITION BY a.id ORDER BY h.id) AS nth
          FROM action AS a
          LEFT JOIN hold AS h ON h.action_id = a.id
          LEFT JOIN division AS d ON d.id = h.division_id
         WHERE a.id = ANY (p_actions)),
    kept AS (
        SELECT action_id, 'open' AS kind, area_id, 1::bigint AS offers, (min(nth) = 1)::integer::bigint AS wholes
          FROM part WHERE is_open GROUP BY action_id, area_id
        UNION ALL
        SELECT action_id, 'held', area_id, count(*), count(*)
          FROM part WHERE is_held GROUP BY action_id, area_id)
    SELECT k.action_id, k.kind, 'infinity'::date, 'infinity'::date, owner.person_id, k.area_id, '', k.offers, k.wholes, 0::bigint
      FROM kept AS k
      LEFT JOIN action_member AS owner
             ON owner.action_id = k.action_id AND owner.is_owner AND owner.left_at IS NULL
            AND owner.action_id = ANY (p_actions);
END
$$;

-- As before, but what contributes alike is added up before it is laid upon areas and reps.
CREATE OR REPLACE FUNCTION put_figures(p_actions bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_empty tid[];
BEGIN
    WITH old AS (DELETE FROM figure_part WHERE action_id = ANY (p_actions) RETURNING *),
    new AS (INSERT INTO figure_part SELECT * FROM figure_parts(p_actions) RETURNING *),
    changed AS (
        SELECT kind, area_id, rep_id, date_trunc('month', day::timestamp)::date AS month, currency, until,
               sum(sign * offers) AS offers, sum(sign * wholes) AS wholes, sum(sign * cents) AS cents
          FROM (SELECT -1 AS sign, * FROM old UNION ALL SELECT 1, * FROM new) AS part
         GROUP BY 1, 2, 3, 4, 5, 6),
    put AS (
        INSERT INTO figure_month AS sums (kind, area_id, rep_id, month, currency, until, offers, cents)
        SELECT kind, part.area_id, whose.id, month, currency, until, sum(part.offers), sum(cents)
          FROM changed
         CROSS JOIN LATERAL (VALUES (0), (rep_id)) AS whose (id)
         CROSS JOIN LATERAL (VALUES (area_id, offers), (-1, wholes)) AS part (area_id, offers)
         WHERE whose.id IS NOT NULL
         GROUP BY 1, 2, 3, 4, 5, 6
        HAVING (sum(part.offers), sum(cents)) <> (0, 0)
        ON CONFLICT (kind, area_id, rep_id, month, currency, until) DO UPDATE
           SET offers = sums.offers + excluded.offers, cents = sums.cents + excluded.cents
        RETURNING ctid, offers)
    SELECT array_agg(ctid) INTO v_empty FROM put WHERE offers = 0;
    DELETE FROM figure_month WHERE ctid = ANY (v_empty);
END
$$;

-- ---- claiming

-- As before, but what lets nearly every claim pass is looked at in two statements: whether its client and its divisions
-- are there and in use, which locks them, and behind the locks whether nobody holds one. Else require_free says why not.
CREATE OR REPLACE FUNCTION open_action(p_request uuid, p_client bigint, p_title text, p_divisions bigint[],
    p_expected_close date DEFAULT NULL, p_notes text DEFAULT NULL, p_owner bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'open_action');
    v_me     bigint;
    v_owner  bigint;
    v_is_rep boolean;
    v_usable bigint;
    v_action record;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT id, active AND 'rep' = ANY (roles) INTO v_me, v_is_rep
      FROM person WHERE email = session_user::text COLLATE "default";
    v_owner := coalesce(p_owner, v_me);
    IF v_owner IS DISTINCT FROM v_me THEN
        PERFORM require_role('manager');
        SELECT active AND 'rep' = ANY (roles) INTO v_is_rep FROM person WHERE id = v_owner;
    END IF;
    IF v_is_rep IS NOT TRUE THEN
        PERFORM refuse('action_owner_is_a_rep', 'the owner of an action is an active sales rep');
    END IF;
    SELECT count(*) INTO v_usable
      FROM (SELECT FROM client JOIN division ON division.client_id = client.id
             WHERE client.id = p_client AND NOT client.archived AND division.id = ANY (p_divisions) AND division.active
             ORDER BY division.id FOR KEY SHARE OF client FOR NO KEY UPDATE OF division) AS locked;
    IF v_usable = 0 OR v_usable IS DISTINCT FROM cardinality(p_divisions)
       OR EXISTS (SELECT FROM hold WHERE division_id = ANY (p_divisions) AND released_at IS NULL) THEN
        PERFORM require_free(p_client, p_divisions, NULL);
    END IF;
    INSERT INTO action (client_id, title, opened_by, expected_close, notes)
    VALUES (p_client, filled(p_title), v_me, p_expected_close, filled(p_notes)) RETURNING id, number, version INTO v_action;
    INSERT INTO action_member (action_id, person_id, is_owner) VALUES (v_action.id, v_owner, true);
    INSERT INTO hold (action_id, division_id, client_id)
    SELECT DISTINCT v_action.id, wanted, p_client FROM unnest(p_divisions) AS wanted ORDER BY wanted;
    RETURN done(p_request, 'open_action', jsonb_build_object(
        'id', v_action.id, 'number', v_action.number, 'version', v_action.version));
END
$$;
