-- At a doorbell all of back office ask at once what waits for them, and whoever is answered last sees the banner last.
-- They ask one function, which looks once at who asks; row-level security did so for each of four tables, which
-- in a connection that has rested is most of what the question costs.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE FUNCTION pending_notices()
RETURNS TABLE (id bigint, label text, cents bigint, currency text) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT has_role('backoffice') THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT n.id, c.name, n.total_cents, o.currency
                   FROM notice AS n
                   JOIN offer AS o ON o.id = n.offer_id
                   JOIN action AS a ON a.id = n.action_id
                   JOIN client AS c ON c.id = a.client_id
                  WHERE n.state = 'pending'
                  ORDER BY n.waits_since, n.id;
END
$$;
GRANT EXECUTE ON FUNCTION pending_notices() TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
