-- A name under which nobody hands on notices any more is retired by a manager: `trato db status` need
-- not tell of it for ever. Whoever begins under it again makes it count again.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

ALTER TABLE watcher ADD COLUMN retired_at timestamptz;

CREATE FUNCTION watcher_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (NEW.id, NEW.name, NEW.since, NEW.found, NEW.made_at, NEW.made_by)
          IS DISTINCT FROM (OLD.id, OLD.name, OLD.since, OLD.found, OLD.made_at, OLD.made_by) THEN
        PERFORM refuse('watcher_is_kept', 'a watcher is retired, neither changed nor deleted');
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER keep_as_written ON watcher;
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON watcher
    FOR EACH ROW EXECUTE FUNCTION watcher_is_kept();

-- The row of the turn is what beginning, going on and retiring queue up at.
CREATE OR REPLACE FUNCTION take_turn(p_watcher bigint, p_holder uuid, p_place text)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_turn watcher_turn;
BEGIN
    INSERT INTO watcher_turn AS turn (watcher_id, holder, place, until)
    VALUES (p_watcher, p_holder, p_place, now() + interval '1 minute')
    ON CONFLICT (watcher_id) DO UPDATE
       SET holder = excluded.holder, place = excluded.place, seen_at = now(), until = excluded.until,
           begun_at = CASE WHEN turn.holder = excluded.holder AND turn.place = excluded.place
                           THEN turn.begun_at ELSE now() END
     WHERE turn.holder = excluded.holder OR turn.until < now();
    IF NOT FOUND THEN
        SELECT * INTO v_turn FROM watcher_turn WHERE watcher_id = p_watcher;
        PERFORM refuse('watcher_is_busy', 'another process works under this name',
                       'place=' || v_turn.place, 'since=' || to_char(
                           v_turn.begun_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD HH24:MI'));
    END IF;
    UPDATE watcher SET retired_at = NULL WHERE id = p_watcher AND retired_at IS NOT NULL;
END
$$;

CREATE FUNCTION retire_watch(p_request uuid, p_name text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'retire_watch');
    v_id     bigint;
    v_turn   watcher_turn;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT id INTO v_id FROM watcher WHERE name = p_name;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('watcher');
    END IF;
    SELECT * INTO v_turn FROM watcher_turn WHERE watcher_id = v_id FOR NO KEY UPDATE;
    IF v_turn.until > now() THEN
        PERFORM refuse('watcher_is_busy', 'a process works under this name',
                       'place=' || v_turn.place, 'since=' || to_char(
                           v_turn.begun_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD HH24:MI'));
    END IF;
    UPDATE watcher SET retired_at = now() WHERE id = v_id AND retired_at IS NULL;
    RETURN done(p_request, 'retire_watch', jsonb_build_object('id', v_id));
END
$$;
GRANT EXECUTE ON FUNCTION retire_watch(uuid, text) TO trato_manager;
