-- What became of a write whose answer never arrived: a program that was killed while it saved asks
-- here, the next time that its person logs in.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Definite in both directions. A write that is still under way is waited for, as earlier_result
-- does; one that never came is closed by its id, so that it cannot come any more and what is then
-- typed on can be saved with another id. Answers {"done", "verb", "at", "result"}; somebody else's
-- write is one that never came.
CREATE FUNCTION request_result(p_write uuid)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_write write_log;
BEGIN
    IF p_write IS NULL THEN
        PERFORM refuse('request_id_missing', 'which write?');
    END IF;
    IF EXISTS (SELECT FROM person WHERE id = my_id() AND NOT active) THEN
        PERFORM refuse_denied('this login is disabled');
    END IF;
    INSERT INTO write_log (request_id, verb, result) VALUES (p_write, 'given_up', '{}')
    ON CONFLICT (request_id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT * INTO v_write FROM write_log
         WHERE request_id = p_write AND login = session_user AND verb <> 'given_up';
    END IF;
    RETURN jsonb_build_object('done', v_write.request_id IS NOT NULL, 'verb', v_write.verb,
                              'at', v_write.at, 'result', v_write.result);
END
$$;
GRANT EXECUTE ON FUNCTION request_result(uuid)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
