-- A watcher that is given years of notices does not look at those behind it each time.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE OR REPLACE FUNCTION keep_watch(p_watcher bigint, p_holder uuid, p_place text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_next  record;
    v_first bigint;
    v_old   bigint;
BEGIN
    PERFORM take_turn(p_watcher, p_holder, p_place);
    SELECT * INTO v_next FROM next_delivery(p_watcher);
    v_first := least(v_next.notice_id, (SELECT min(notice_id) FROM delivery
                                         WHERE watcher_id = p_watcher AND state <> 'given'));
    -- No transaction is so slow as to add to what is older than a day.
    SELECT id INTO v_old FROM notice WHERE made_at < now() - interval '1 day' ORDER BY id DESC LIMIT 1;
    UPDATE watcher_turn SET done_through = least(v_old, v_first - 1)
     WHERE watcher_id = p_watcher AND v_old IS NOT NULL
       AND done_through < least(v_old, v_first - 1);
    RETURN jsonb_build_object('due', v_next.notice_id IS NOT NULL, 'wait', v_next.wait);
END
$$;
