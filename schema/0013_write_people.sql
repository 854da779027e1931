-- People. The rows belong to trato_owner; the logins are made by five small functions of
-- trato_admin, the only role that may, which accept e-mail names and the four group roles only.
-- clients: 1..1

SET LOCAL search_path = trato, pg_temp;

CREATE FUNCTION login_check(p_email text)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    -- Whatever calls this: only roles that are persons of Trato are ever touched.
    IF p_email !~ '^[a-z0-9._%+''-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$' OR octet_length(p_email) > 63
       OR EXISTS (SELECT FROM pg_roles WHERE rolname = p_email
                     AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)) THEN
        RAISE EXCEPTION USING ERRCODE = '42501', CONSTRAINT = 'permission',
            MESSAGE = 'this login is not one of Trato';
    END IF;
    -- From PostgreSQL 16 on CREATEROLE reaches only the roles that it has made itself.
    IF current_setting('server_version_num')::integer >= 160000
       AND EXISTS (SELECT FROM pg_roles WHERE rolname = p_email
                      AND NOT pg_has_role('trato_admin', oid, 'MEMBER WITH ADMIN OPTION')) THEN
        RAISE EXCEPTION USING ERRCODE = 'duplicate_object',
            MESSAGE = 'this login was not made by Trato on this server',
            HINT = 'A person''s login is handed over by: trato db migrate';
    END IF;
END
$$;

CREATE FUNCTION login_create(p_email text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM login_check(p_email);
    EXECUTE format('CREATE ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION '
                   'NOBYPASSRLS INHERIT CONNECTION LIMIT 40', p_email);
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', p_email, '60s');
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', p_email, '20s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', p_email, '60s');
END
$$;

CREATE FUNCTION login_set_roles(p_email text, p_roles text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_role text;
BEGIN
    PERFORM login_check(p_email);
    FOREACH v_role IN ARRAY '{rep,backoffice,supervisor,manager}'::text[] LOOP
        IF v_role = ANY (p_roles) THEN
            EXECUTE format('GRANT %I TO %I', 'trato_' || v_role, p_email);
        ELSIF pg_has_role(p_email, 'trato_' || v_role, 'MEMBER') THEN
            EXECUTE format('REVOKE %I FROM %I', 'trato_' || v_role, p_email);
            -- A grant of somebody else's survives that with a mere warning.
            IF pg_has_role(p_email, 'trato_' || v_role, 'MEMBER') THEN
                RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
                    MESSAGE = format('trato_%s was not granted by Trato', v_role),
                    HINT = 'A person''s roles are handed over by: trato db migrate';
            END IF;
        END IF;
    END LOOP;
END
$$;

-- Only a verifier is accepted: a clear password would stand in the server's log, and what merely
-- resembles a verifier would be taken for a clear password.
CREATE FUNCTION login_set_password(p_email text, p_verifier text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM login_check(p_email);
    IF p_verifier IS NULL
       OR p_verifier !~ ('^SCRAM-SHA-256\$[1-9][0-9]{3,6}:([A-Za-z0-9+/]{4})+'
                        '([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?'
                        '\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$') THEN
        PERFORM refuse('password_verifier', 'not a SCRAM-SHA-256 verifier');
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', p_email, p_verifier);
END
$$;

CREATE FUNCTION login_enable(p_email text, p_enabled boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM login_check(p_email);
    EXECUTE format('ALTER ROLE %I %s', p_email, CASE WHEN p_enabled THEN 'LOGIN' ELSE 'NOLOGIN' END);
END
$$;

CREATE FUNCTION login_end_sessions(p_email text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_ended integer;
BEGIN
    PERFORM login_check(p_email);
    SELECT count(*) INTO v_ended
      FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE usename = p_email AND pid <> pg_backend_pid() OFFSET 0) AS ended;
    RETURN v_ended;
END
$$;

DO $$
DECLARE
    routine regprocedure;
BEGIN
    GRANT CREATE ON SCHEMA trato TO trato_admin;
    FOR routine IN SELECT oid::regprocedure FROM pg_proc
                    WHERE pronamespace = 'trato'::regnamespace AND proname LIKE 'login\_%' LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO trato_admin', routine);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO trato_owner', routine);
    END LOOP;
    REVOKE CREATE ON SCHEMA trato FROM trato_admin;
END
$$;

SET LOCAL ROLE trato_owner;
GRANT EXECUTE ON FUNCTION refuse(text, text, text[]) TO trato_admin;

CREATE FUNCTION create_person(p_request uuid, p_email text, p_name text, p_roles text[],
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
    RETURN done(p_request, 'create_person', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

CREATE FUNCTION lock_person(p_email text)
RETURNS person LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_person person;
BEGIN
    SELECT * INTO v_person FROM person WHERE email = lower(filled(p_email)) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('person');
    END IF;
    RETURN v_person;
END
$$;

-- Managers who take the role from each other queue up here, so that one is left: who has lost it
-- meanwhile takes it from nobody.
CREATE FUNCTION lock_managers()
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM FROM person WHERE 'manager' = ANY (roles) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM person WHERE id = my_id() AND NOT (active AND 'manager' = ANY (roles))) THEN
        PERFORM refuse_denied('only for: manager');
    END IF;
END
$$;

CREATE FUNCTION set_person_roles(p_request uuid, p_email text, p_roles text[])
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'set_person_roles');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_managers();
    v_person := lock_person(p_email);
    IF v_person.id = my_id() AND 'manager' <> ALL (p_roles) THEN
        PERFORM refuse('person_not_oneself', 'nobody takes the manager role from himself');
    END IF;
    UPDATE person SET roles = p_roles WHERE id = v_person.id RETURNING * INTO v_person;
    PERFORM login_set_roles(v_person.email, v_person.roles);
    RETURN done(p_request, 'set_person_roles', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

-- Ends no session by itself: before the commit a new login would still succeed. The caller calls
-- end_sessions afterwards.
CREATE FUNCTION disable_person(p_request uuid, p_email text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'disable_person');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_managers();
    v_person := lock_person(p_email);
    IF v_person.id = my_id() THEN
        PERFORM refuse('person_not_oneself', 'nobody disables himself');
    END IF;
    UPDATE person SET active = false WHERE id = v_person.id RETURNING * INTO v_person;
    PERFORM login_enable(v_person.email, false);
    RETURN done(p_request, 'disable_person', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

CREATE FUNCTION enable_person(p_request uuid, p_email text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'enable_person');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_person := lock_person(p_email);
    UPDATE person SET active = true WHERE id = v_person.id RETURNING * INTO v_person;
    PERFORM login_enable(v_person.email, true);
    RETURN done(p_request, 'enable_person', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

CREATE FUNCTION end_sessions(p_email text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_person person := lock_person(p_email);
BEGIN
    IF v_person.active THEN
        PERFORM refuse('person_is_disabled', 'only the sessions of a disabled person are ended');
    END IF;
    RETURN login_end_sessions(v_person.email);
END
$$;

-- Somebody else's password, by a manager: the person must choose an own one at the next login.
CREATE FUNCTION reset_password(p_request uuid, p_email text, p_verifier text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'reset_password');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_person := lock_person(p_email);
    PERFORM login_set_password(v_person.email, p_verifier);
    UPDATE person SET must_change_password = true WHERE id = v_person.id RETURNING * INTO v_person;
    RETURN done(p_request, 'reset_password', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

CREATE FUNCTION change_password(p_request uuid, p_verifier text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'change_password');
    v_person person;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_person := lock_person(session_user);
    PERFORM login_set_password(v_person.email, p_verifier);
    UPDATE person SET must_change_password = false WHERE id = v_person.id
    RETURNING * INTO v_person;
    RETURN done(p_request, 'change_password', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;
