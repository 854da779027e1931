-- Roles, the schema, what everybody loses, and the few functions that all others stand on.
-- Runs as a superuser, since it creates roles and takes rights from PUBLIC.
-- clients: 1..1

DO $$
DECLARE
    role name;
BEGIN
    -- Roles belong to the cluster: another database may have made them already.
    FOREACH role IN ARRAY ARRAY['trato_owner', 'trato_admin', 'trato_rep', 'trato_backoffice',
                                'trato_supervisor', 'trato_manager'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
    -- trato_admin owns only the functions that administer logins; nobody is a member of it.
    ALTER ROLE trato_admin CREATEROLE;
    GRANT trato_rep, trato_backoffice, trato_supervisor, trato_manager TO trato_admin
        WITH ADMIN OPTION;
    GRANT pg_signal_backend TO trato_admin;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO trato_rep, trato_backoffice, '
                   'trato_supervisor, trato_manager', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO trato_owner', current_database());
    -- Only a superuser can set this one, so nobody fills the disk by sorting.
    EXECUTE format('ALTER DATABASE %I SET temp_file_limit = %L', current_database(), '4GB');
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO trato_owner, trato_admin;

-- Advisory locks fill the shared lock table until nobody can connect; large objects and logical
-- messages fill the disk; pg_notify forges doorbells.
DO $$
DECLARE
    routine regprocedure;
BEGIN
    FOR routine IN
        SELECT oid::regprocedure FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace
           AND (proname ~ '^pg_(try_)?advisory_' OR proname ~ '^lo_' OR proname ~ '^lo(read|write)$'
                OR proname IN ('pg_notify', 'pg_logical_emit_message'))
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO trato_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE trato_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE trato_admin REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE trato_owner REVOKE ALL ON TYPES FROM PUBLIC;

CREATE SCHEMA trato AUTHORIZATION trato_owner;
GRANT USAGE ON SCHEMA trato TO trato_admin, trato_rep, trato_backoffice, trato_supervisor,
    trato_manager;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA trato;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA trato;

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Filled by `trato db`; the row with the highest version says which clients may work.
CREATE TABLE schema_version (
    version    integer PRIMARY KEY,
    name       text NOT NULL,
    checksum   text NOT NULL,
    client_min integer NOT NULL,
    client_max integer NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schema_version_clients CHECK (client_min <= client_max)
);

-- Every refusal of Trato's own: SQLSTATE TR001, the rule's name as constraint, and facts for the
-- sentence as "key=value" lines.
CREATE FUNCTION refuse(rule text, message text, VARIADIC facts text[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'TR001', MESSAGE = message, CONSTRAINT = rule,
        DETAIL = array_to_string(ARRAY(SELECT translate(fact, E'\n\r', '  ')
                                         FROM unnest(facts) AS fact WHERE fact IS NOT NULL), E'\n');
END
$$;

-- A row that is not there and a row that the asker may not see are told the same.
CREATE FUNCTION refuse_unknown(entity text)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'TR004', CONSTRAINT = entity || '_unknown',
        MESSAGE = format('there is no such %s, or it is not yours', entity);
END
$$;

CREATE FUNCTION refuse_denied(what text)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '42501', CONSTRAINT = 'permission', MESSAGE = what;
END
$$;

-- Rule 13: the row has changed since the asker read it.
CREATE FUNCTION refuse_stale(entity text, version integer)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'TR002', CONSTRAINT = 'row_version', TABLE = entity,
        MESSAGE = format('somebody has changed this %s in the meantime', entity),
        DETAIL = 'version=' || version;
END
$$;

-- Case and accents aside, for searching and for finding duplicates.
CREATE FUNCTION fold(value text)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN lower(unaccent('unaccent'::regdictionary, value));
END
$$;

-- Typed text without blanks at its ends; nothing typed is nothing stored.
CREATE FUNCTION filled(value text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT nullif(btrim(value, E' \t\r\n'), '')
$$;

CREATE FUNCTION has_role(role text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, 'trato_' || role, 'MEMBER')
$$;

-- Rule 13: every save makes a new version.
CREATE FUNCTION next_version()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

-- Rules look at what others have committed. A transaction that keeps an old snapshot would look at
-- the past: it may read, but not write.
CREATE FUNCTION refuse_old_snapshot()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse('transaction_isolation', 'Trato is written in READ COMMITTED transactions only');
    RETURN NULL;
END
$$;

-- For rows that are history: nobody changes or removes them, the owner neither.
CREATE FUNCTION keep_as_written()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse(TG_TABLE_NAME || '_is_kept',
                   format('rows of %s are never changed or deleted', TG_TABLE_NAME));
    RETURN NULL;
END
$$;
