-- A client is not archived while somebody opens or reopens an action with it: what does so either is there
-- first, and then it is an open action, or it comes after and finds the client archived.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- As before, but for the locks. Actions before their client, as whoever writes in an action has them.
CREATE OR REPLACE FUNCTION archive_client(p_request uuid, p_client bigint, p_based_on integer, p_archived boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'archive_client');
    v_client client;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_archived THEN
        PERFORM FROM action WHERE client_id = p_client ORDER BY id FOR NO KEY UPDATE;
    END IF;
    SELECT * INTO v_client FROM client WHERE id = p_client FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('client');
    ELSIF v_client.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('client', v_client.version);
    END IF;
    IF p_archived AND EXISTS (SELECT FROM action WHERE client_id = p_client AND state = 'open') THEN
        PERFORM refuse('client_has_open_actions', 'this client has open actions');
    END IF;
    UPDATE client SET archived = p_archived WHERE id = p_client RETURNING * INTO v_client;
    RETURN done(p_request, 'archive_client', jsonb_build_object(
        'id', v_client.id, 'version', v_client.version));
END
$$;
