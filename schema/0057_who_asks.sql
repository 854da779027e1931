-- Who asks is looked up for each table with row-level security that a query reads, in the table of persons, by a
-- function that changes who runs and where names are looked for: at a doorbell, of terminals that have rested, half
-- of what the question costs. Whoever has to choose a password first is in the role of newcomers, which the server
-- has at hand; the table is read of those only who are, as a superuser is in each role.
-- clients: 1..1

-- So who has to is in that role, whatever was done by hand to his login since 0042.
DO $$
DECLARE
    v_login name;
BEGIN
    FOR v_login IN
        SELECT rolname FROM trato.person JOIN pg_roles ON rolname = email
         WHERE must_change_password AND NOT pg_has_role(rolname, 'trato_newcomer', 'MEMBER')
           AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
    LOOP
        EXECUTE format('GRANT trato_newcomer TO %I', v_login);
    END LOOP;
END
$$;

SET LOCAL search_path = trato, pg_temp;

-- As before, and says nothing where there is nothing to do.
CREATE OR REPLACE FUNCTION login_set_newcomer(p_email text, p_newcomer boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_email) THEN
        RETURN;
    END IF;
    PERFORM login_check(p_email);
    IF pg_has_role(p_email, 'trato_newcomer', 'MEMBER') = p_newcomer THEN
        RETURN;
    END IF;
    IF p_newcomer THEN
        EXECUTE format('GRANT trato_newcomer TO %I', p_email);
        RETURN;
    END IF;
    EXECUTE format('REVOKE trato_newcomer FROM %I', p_email);
    -- A grant of somebody else's survives that with a mere warning.
    IF pg_has_role(p_email, 'trato_newcomer', 'MEMBER') THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
            MESSAGE = 'trato_newcomer was not granted by Trato',
            HINT = 'A person''s roles are handed over by: trato db migrate';
    END IF;
END
$$;

SET LOCAL ROLE trato_owner;

-- Also of whom that is known already: a login that was made anew is in no role.
CREATE OR REPLACE TRIGGER newcomer_follows AFTER UPDATE OF must_change_password ON person
    FOR EACH ROW WHEN (OLD.must_change_password OR NEW.must_change_password)
    EXECUTE FUNCTION newcomer_follows();

CREATE FUNCTION must_change_password()
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT person.must_change_password FROM person
                      WHERE email = session_user::text COLLATE "default"), false);
END
$$;
GRANT EXECUTE ON FUNCTION must_change_password()
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- Called in policies and inlined there, hence with the schemas' names.
CREATE OR REPLACE FUNCTION am_newcomer()
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.pg_has_role(session_user, 'trato_newcomer', 'MEMBER') AND trato.must_change_password()
$$;

-- What is written, and what is read past the policies, asks for no role.
CREATE OR REPLACE FUNCTION refuse_newcomer()
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF must_change_password() THEN
        PERFORM refuse('person_needs_own_password',
                       'a password that somebody else has chosen has to be changed first');
    END IF;
END
$$;
