-- Roles are given as a whole, so two managers who do it at once would undo each other unseen: whoever
-- has been shown them says in which version. NULL, as on the command line, gives them whatever they were.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

DROP FUNCTION set_person_roles(uuid, text, text[]);

CREATE FUNCTION set_person_roles(p_request uuid, p_email text, p_roles text[],
    p_based_on integer DEFAULT NULL)
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
    IF v_person.version <> p_based_on THEN
        PERFORM refuse_stale('person', v_person.version);
    ELSIF v_person.id = my_id() AND 'manager' <> ALL (p_roles) THEN
        PERFORM refuse('person_not_oneself', 'nobody takes the manager role from himself');
    END IF;
    UPDATE person SET roles = p_roles WHERE id = v_person.id RETURNING * INTO v_person;
    PERFORM login_set_roles(v_person.email, v_person.roles);
    RETURN done(p_request, 'set_person_roles', jsonb_build_object(
        'id', v_person.id, 'version', v_person.version));
END
$$;

GRANT EXECUTE ON FUNCTION set_person_roles(uuid, text, text[], integer) TO trato_manager;
