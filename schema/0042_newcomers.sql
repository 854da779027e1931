-- Who has a password that somebody else chose does nothing before he has chosen his own: whoever
-- told it to him knows it too, and what he wrote would not be his. He reads what is everybody's and
-- nothing of the team's work. And every login has limits, also one that was made by hand.
-- clients: 1..1

DO $$
DECLARE
    v_login record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'trato_newcomer') THEN
        CREATE ROLE trato_newcomer NOLOGIN;
    END IF;
    GRANT trato_newcomer TO trato_admin WITH ADMIN OPTION;

    -- A login takes its settings from itself, never from the roles that it is in. What an
    -- administrator has set otherwise stays.
    FOR v_login IN
        SELECT rolname, must_change_password, rolconnlimit,
               coalesce(array_to_string(setconfig, ','), '') AS settings
          FROM trato.person
          JOIN pg_roles ON rolname = person.email
          LEFT JOIN pg_db_role_setting ON setrole = pg_roles.oid AND setdatabase = 0
         WHERE NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
    LOOP
        IF v_login.must_change_password THEN
            EXECUTE format('GRANT trato_newcomer TO %I', v_login.rolname);
        END IF;
        IF v_login.rolconnlimit = -1 THEN
            EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 40', v_login.rolname);
        END IF;
        IF v_login.settings !~ '\mstatement_timeout=' THEN
            EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', v_login.rolname, '60s');
        END IF;
        IF v_login.settings !~ '\mlock_timeout=' THEN
            EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', v_login.rolname, '20s');
        END IF;
        IF v_login.settings !~ '\midle_in_transaction_session_timeout=' THEN
            EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L',
                           v_login.rolname, '60s');
        END IF;
    END LOOP;
END
$$;

SET LOCAL search_path = trato, pg_temp;

CREATE FUNCTION login_set_newcomer(p_email text, p_newcomer boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_email) THEN
        RETURN;
    END IF;
    PERFORM login_check(p_email);
    IF p_newcomer THEN
        EXECUTE format('GRANT trato_newcomer TO %I', p_email);
    ELSIF pg_has_role(p_email, 'trato_newcomer', 'MEMBER') THEN
        EXECUTE format('REVOKE trato_newcomer FROM %I', p_email);
        -- A grant of somebody else's survives that with a mere warning.
        IF pg_has_role(p_email, 'trato_newcomer', 'MEMBER') THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
                MESSAGE = 'trato_newcomer was not granted by Trato',
                HINT = 'A person''s roles are handed over by: trato db migrate';
        END IF;
    END IF;
END
$$;

DO $$
BEGIN
    GRANT CREATE ON SCHEMA trato TO trato_admin;
    ALTER FUNCTION login_set_newcomer(text, boolean) OWNER TO trato_admin;
    REVOKE CREATE ON SCHEMA trato FROM trato_admin;
    REVOKE ALL ON FUNCTION login_set_newcomer(text, boolean) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION login_set_newcomer(text, boolean) TO trato_owner;
END
$$;

SET LOCAL ROLE trato_owner;

CREATE FUNCTION am_newcomer()
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT must_change_password FROM person
                      WHERE email = session_user::text COLLATE "default"), false);
END
$$;

-- Rows for reading: closed by a policy that only the role of newcomers has, since a condition that
-- everybody's queries carry would keep patterns away from the indexes; and, for the functions that
-- run as the owner, by those that say which role and which actions somebody has.
DO $$
DECLARE
    v_table name;
BEGIN
    FOR v_table IN SELECT relname FROM pg_class
                    WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity LOOP
        EXECUTE format('CREATE POLICY not_for_newcomers ON %I AS RESTRICTIVE FOR SELECT '
                       'TO trato_newcomer USING (false)', v_table);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION my_action_ids()
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = trato, pg_temp ROWS 50 AS $$
    SELECT action_id FROM action_member
     WHERE person_id = (SELECT my_id()) AND left_at IS NULL AND NOT (SELECT am_newcomer())
$$;

-- Called in policies and inlined there, hence with the schema's name.
CREATE OR REPLACE FUNCTION has_role(role text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, 'trato_' || role, 'MEMBER') AND NOT trato.am_newcomer()
$$;
GRANT EXECUTE ON FUNCTION am_newcomer()
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

CREATE FUNCTION newcomer_follows()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM login_set_newcomer(NEW.email, NEW.must_change_password);
    RETURN NULL;
END
$$;
CREATE TRIGGER newcomer_follows AFTER UPDATE OF must_change_password ON person
    FOR EACH ROW WHEN (OLD.must_change_password <> NEW.must_change_password)
    EXECUTE FUNCTION newcomer_follows();

-- What every write begins with: as in 0002, and newcomers write nothing but their own password.
CREATE OR REPLACE FUNCTION earlier_result(p_request uuid, p_verb text)
RETURNS jsonb LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    earlier write_log;
BEGIN
    IF p_request IS NULL THEN
        PERFORM refuse('request_id_missing', 'a write needs a request id');
    END IF;
    IF clock_timestamp() > now() + interval '5 minutes' THEN
        PERFORM refuse('transaction_is_old', 'this transaction was begun too long ago');
    END IF;
    IF EXISTS (SELECT FROM person WHERE id = my_id() AND NOT active) THEN
        PERFORM refuse_denied('this login is disabled');
    END IF;
    IF p_verb <> 'change_password' THEN
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

CREATE FUNCTION refuse_newcomer()
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF am_newcomer() THEN
        PERFORM refuse('person_needs_own_password',
                       'a password that somebody else has chosen has to be changed first');
    END IF;
END
$$;

-- The person that a new login belongs to has not chosen its password.
CREATE OR REPLACE FUNCTION create_person(p_request uuid, p_email text, p_name text, p_roles text[],
    p_verifier text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'create_person');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    INSERT INTO person (email, name, roles) VALUES (lower(filled(p_email)), filled(p_name), p_roles)
    RETURNING * INTO v_person;
    PERFORM login_create(v_person.email);
    PERFORM login_set_password(v_person.email, p_verifier);
    PERFORM login_set_roles(v_person.email, v_person.roles);
    PERFORM login_set_newcomer(v_person.email, v_person.must_change_password);
    RETURN done(p_request, 'create_person', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

-- The one write that is no repetition, and so does not begin like the others.
CREATE OR REPLACE FUNCTION end_sessions(p_email text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_person person;
BEGIN
    PERFORM refuse_newcomer();
    v_person := lock_person(p_email);
    IF v_person.active THEN
        PERFORM refuse('person_is_disabled', 'only the sessions of a disabled person are ended');
    END IF;
    RETURN login_end_sessions(v_person.email);
END
$$;
