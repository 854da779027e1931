-- Who asks is looked up for each table with row-level security that a query reads, in the table of persons, by a
-- function that changes who runs and where names are looked for: at a doorbell, of terminals that have rested, half
-- of what the question costs. Whoever has to choose a password first is in the role of newcomers, which the server
-- has at hand; the table is read of those only who are, as a superuser is in each role.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

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
