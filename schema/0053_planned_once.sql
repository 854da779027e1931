-- What every write in an action asks is planned once for a connection: a function in SQL that is not put in place
-- of its call is planned at each.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

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
