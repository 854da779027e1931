-- Two clients that turn out to be one. Everything of the one moves to the other, which it names as
-- its successor; communications keep their text, since only whose client they are is another.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

ALTER TABLE client ADD COLUMN merged_into bigint CONSTRAINT client_successor REFERENCES client;
ALTER TABLE client ADD CONSTRAINT client_merged_is_archived CHECK (merged_into IS NULL OR archived);
ALTER TABLE client ADD CONSTRAINT client_merged_into_another CHECK (merged_into <> id);
CREATE INDEX client_merged ON client (merged_into) WHERE merged_into IS NOT NULL;

-- What belongs to an action follows it; the two keys that cross it are checked when all has moved.
ALTER TABLE hold DROP CONSTRAINT hold_client_of_action;
ALTER TABLE hold ADD CONSTRAINT hold_client_of_action FOREIGN KEY (action_id, client_id)
    REFERENCES action (id, client_id) ON UPDATE CASCADE;
ALTER TABLE hold ALTER CONSTRAINT hold_client_of_division DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE communication DROP CONSTRAINT communication_client;
ALTER TABLE communication ADD CONSTRAINT communication_client FOREIGN KEY (action_id, client_id)
    REFERENCES action (id, client_id) ON UPDATE CASCADE;
ALTER TABLE communication ALTER CONSTRAINT communication_contact_of_client
    DEFERRABLE INITIALLY IMMEDIATE;

-- What belongs to a client stays with it, or goes to its successor; nothing new begins with a
-- client that has one. The lock waits for a merge that is under way.
CREATE FUNCTION client_is_current()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_successor bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.client_id = OLD.client_id THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT merged_into INTO v_successor FROM client WHERE id = OLD.client_id;
        IF v_successor IS DISTINCT FROM NEW.client_id THEN
            PERFORM refuse('client_of_its_own', format('a %s stays with its client', TG_TABLE_NAME));
        END IF;
    END IF;
    SELECT merged_into INTO v_successor FROM client WHERE id = NEW.client_id FOR KEY SHARE;
    IF v_successor IS NOT NULL THEN
        PERFORM refuse('client_is_merged', 'this client was merged into another',
                       'client=' || (SELECT name FROM client WHERE id = v_successor),
                       'client_id=' || v_successor);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER client_is_current BEFORE INSERT OR UPDATE OF client_id ON contact
    FOR EACH ROW EXECUTE FUNCTION client_is_current();
CREATE TRIGGER client_is_current BEFORE INSERT OR UPDATE OF client_id ON division
    FOR EACH ROW EXECUTE FUNCTION client_is_current();
CREATE TRIGGER client_is_current BEFORE INSERT OR UPDATE OF client_id ON action
    FOR EACH ROW EXECUTE FUNCTION client_is_current();

-- Communications are kept as they were written; only the client that their action has may change.
CREATE FUNCTION communication_is_kept()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'client_id' <> to_jsonb(OLD) - 'client_id'
       OR NOT EXISTS (SELECT FROM client WHERE id = OLD.client_id AND merged_into = NEW.client_id) THEN
        PERFORM refuse('communication_is_kept', 'rows of communication are never changed or deleted');
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER keep_as_written ON communication;
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON communication
    FOR EACH ROW EXECUTE FUNCTION communication_is_kept();

-- Divisions of one name are one division: the one that is held stays in use, else the one in use,
-- else that of the client that stays; the other is put out of use under another name. Held twice,
-- they are one division sold to by two, which nobody may be.
CREATE FUNCTION merge_divisions(p_keep bigint, p_merged bigint, p_merged_name text)
RETURNS integer LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_pair   record;
    v_loser  bigint;
    v_name   text;
    v_number integer;
    v_count  integer := 0;
BEGIN
    PERFORM FROM division WHERE client_id IN (p_keep, p_merged) ORDER BY id FOR UPDATE;
    FOR v_pair IN
        SELECT mine.id AS mine, its.id AS its, its.name, mine.active AS mine_active,
               its.active AS its_active, my_hold.action_id AS my_action, its_hold.action_id AS its_action
          FROM division AS mine
          JOIN division AS its ON its.client_id = p_merged AND fold(its.name) = fold(mine.name)
          LEFT JOIN hold AS my_hold ON my_hold.division_id = mine.id AND my_hold.released_at IS NULL
          LEFT JOIN hold AS its_hold ON its_hold.division_id = its.id AND its_hold.released_at IS NULL
         WHERE mine.client_id = p_keep
         ORDER BY mine.id
    LOOP
        IF v_pair.my_action IS NOT NULL AND v_pair.its_action IS NOT NULL THEN
            PERFORM refuse('merge_keeps_exclusivity', 'both clients have this division, and both are held',
                'division=' || v_pair.name,
                'holder=' || (SELECT p.name FROM action_member AS m JOIN person AS p ON p.id = m.person_id
                               WHERE m.action_id = v_pair.my_action AND m.is_owner AND m.left_at IS NULL),
                'action=' || (SELECT number FROM action WHERE id = v_pair.my_action),
                'other_holder=' || (SELECT p.name FROM action_member AS m JOIN person AS p ON p.id = m.person_id
                                     WHERE m.action_id = v_pair.its_action AND m.is_owner AND m.left_at IS NULL),
                'other_action=' || (SELECT number FROM action WHERE id = v_pair.its_action));
        END IF;
        v_loser := CASE WHEN v_pair.my_action IS NOT NULL THEN v_pair.its
                        WHEN v_pair.its_action IS NOT NULL THEN v_pair.mine
                        WHEN v_pair.its_active AND NOT v_pair.mine_active THEN v_pair.mine
                        ELSE v_pair.its END;
        v_number := 1;
        LOOP
            v_name := left(v_pair.name, 40) || ' (' || left(p_merged_name, 50)
                || CASE WHEN v_number > 1 THEN ' ' || v_number ELSE '' END || ')';
            EXIT WHEN NOT EXISTS (SELECT FROM division WHERE client_id IN (p_keep, p_merged)
                                     AND fold(name) = fold(v_name));
            v_number := v_number + 1;
        END LOOP;
        UPDATE division SET name = v_name, active = false WHERE id = v_loser;
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END
$$;

-- What the one that stays does not say of itself, the other one says. A tax id can be at one place
-- only, so it moves.
CREATE FUNCTION merge_data(p_keep bigint, p_merged client)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    UPDATE client SET merged_into = p_keep, archived = true,
           tax_id = CASE WHEN (SELECT tax_id FROM client WHERE id = p_keep) IS NOT NULL THEN tax_id END
     WHERE id = p_merged.id;
    UPDATE client AS keep
       SET tax_id = coalesce(tax_id, p_merged.tax_id),
           -- A tax id is valid in its country, an address complete by itself.
           country = CASE WHEN tax_id IS NULL AND p_merged.tax_id IS NOT NULL THEN p_merged.country
                          ELSE country END,
           legal_name = coalesce(legal_name, p_merged.legal_name),
           address = CASE WHEN coalesce(address, city, postcode) IS NULL THEN p_merged.address ELSE address END,
           city = CASE WHEN coalesce(address, city, postcode) IS NULL THEN p_merged.city ELSE city END,
           postcode = CASE WHEN coalesce(address, city, postcode) IS NULL THEN p_merged.postcode ELSE postcode END,
           province = CASE WHEN coalesce(address, city, postcode) IS NULL
                           THEN coalesce(p_merged.province, province) ELSE province END,
           phone = coalesce(phone, p_merged.phone), website = coalesce(website, p_merged.website),
           notes = CASE WHEN notes IS NULL THEN p_merged.notes
                        WHEN length(notes) + coalesce(length(p_merged.notes), 0) < 19998
                        THEN concat_ws(E'\n\n', notes, p_merged.notes) ELSE notes END
     WHERE id = p_keep;
END
$$;

-- All of p_merged becomes p_keep's. Clients, then actions, then divisions are locked, each in the
-- order of ids, as who opens an action locks them.
CREATE FUNCTION merge_clients(p_request uuid, p_keep bigint, p_based_on integer, p_merged bigint,
    p_merged_based_on integer DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result    jsonb := earlier_result(p_request, 'merge_clients');
    v_keep      client;
    v_merged    client;
    v_contacts  bigint;
    v_divisions bigint;
    v_actions   bigint;
    v_renamed   integer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM FROM client WHERE id IN (p_keep, p_merged) ORDER BY id FOR UPDATE;
    SELECT * INTO v_keep FROM client WHERE id = p_keep;
    SELECT * INTO v_merged FROM client WHERE id = p_merged;
    IF v_keep.id IS NULL OR v_merged.id IS NULL THEN
        PERFORM refuse_unknown('client');
    ELSIF p_keep = p_merged THEN
        PERFORM refuse('client_merged_into_another', 'a client cannot be merged into itself');
    ELSIF v_keep.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('client', v_keep.version);
    ELSIF v_merged.version <> p_merged_based_on THEN
        PERFORM refuse_stale('client', v_merged.version);
    ELSIF v_merged.merged_into IS NOT NULL THEN
        PERFORM refuse('client_is_merged', 'this client was merged already',
                       'client=' || (SELECT name FROM client WHERE id = v_merged.merged_into),
                       'client_id=' || v_merged.merged_into);
    ELSIF v_keep.archived THEN
        PERFORM refuse('client_is_archived', 'the client that stays is archived');
    ELSIF v_keep.tax_id <> v_merged.tax_id OR (v_keep.tax_id = v_merged.tax_id
                                               AND v_keep.country <> v_merged.country) THEN
        PERFORM refuse('merge_tax_id_same', 'they have different tax ids, so they are two companies',
                       'tax_id=' || v_keep.tax_id, 'other_tax_id=' || v_merged.tax_id);
    END IF;
    PERFORM FROM action WHERE client_id IN (p_keep, p_merged) ORDER BY id FOR UPDATE;
    v_renamed := merge_divisions(p_keep, p_merged, v_merged.name);
    PERFORM merge_data(p_keep, v_merged);

    SET CONSTRAINTS hold_client_of_division, communication_contact_of_client DEFERRED;
    UPDATE action SET client_id = p_keep WHERE client_id = p_merged;
    GET DIAGNOSTICS v_actions = ROW_COUNT;
    UPDATE division SET client_id = p_keep WHERE client_id = p_merged;
    GET DIAGNOSTICS v_divisions = ROW_COUNT;
    UPDATE contact SET client_id = p_keep WHERE client_id = p_merged;
    GET DIAGNOSTICS v_contacts = ROW_COUNT;
    SET CONSTRAINTS hold_client_of_division, communication_contact_of_client IMMEDIATE;
    RETURN done(p_request, 'merge_clients', jsonb_build_object(
        'id', p_keep, 'version', (SELECT version FROM client WHERE id = p_keep), 'contacts', v_contacts,
        'divisions', v_divisions, 'actions', v_actions, 'renamed', v_renamed));
END
$$;
GRANT EXECUTE ON FUNCTION merge_clients(uuid, bigint, integer, bigint, integer) TO trato_manager;
