-- For every spec: people, and world(stage), which empties the database and builds it up to a
-- stage, with the same ids each time, so that each permutation begins alike. Errors are printed
-- by the tester without their details, so nothing in the output depends on the day.
CREATE FUNCTION tap.as_person(who text, statement text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', who || '@trato.example');
    EXECUTE statement;
    SET LOCAL SESSION AUTHORIZATION DEFAULT;
END
$$;

CREATE FUNCTION tap.person(wanted text) RETURNS bigint LANGUAGE sql SET search_path = trato AS
    $$SELECT id FROM person WHERE email = wanted || '@trato.example'$$;

CREATE FUNCTION tap.world(stage text) RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp
SET client_min_messages = warning AS $$
DECLARE
    stages CONSTANT text[] := '{divisions,action,closed,draft,presented,expired,approved,taken}';
    reached integer := array_position(stages, stage);
BEGIN
    SET LOCAL session_replication_role = replica;
    TRUNCATE client, contact, division, action, action_member, hold, request, communication, state_change, offer, offer_division,
        offer_line, offer_counter, notice, invoice, audit, write_log, blocking, blocked_value RESTART IDENTITY CASCADE;
    SET LOCAL session_replication_role = origin;
    PERFORM tap.as_person('ana', $s$SELECT save_client(gen_random_uuid(), NULL, NULL, 'Acme', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                                           NULL, NULL, NULL)$s$);
    PERFORM tap.as_person('ana', format('SELECT save_division(gen_random_uuid(), NULL, NULL, 1, %L, NULL, NULL, true)', 'd' || i))
       FROM generate_series(1, 4) AS i;
    IF reached >= 2 THEN
        PERFORM tap.as_person('ana', $s$SELECT open_action(gen_random_uuid(), 1, 'Uno', '{1,2}')$s$);
        PERFORM tap.as_person('ana', $s$SELECT add_collaborator(gen_random_uuid(), 1, tap.person('eva'))$s$);
    END IF;
    IF stage = 'closed' THEN
        PERFORM tap.as_person('ana', $s$SELECT close_action(gen_random_uuid(), 1, 1, 'cancelled')$s$);
        RETURN;
    END IF;
    IF reached >= 4 THEN
        PERFORM tap.as_person('ana', $s$SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'Offer', '{1}',
            '[{"description": "work", "unit_price": 1000, "vat": 21}]', p_valid_until => today() + 30)$s$);
    END IF;
    IF reached >= 5 THEN
        PERFORM tap.as_person('ana', $s$SELECT present_offer(gen_random_uuid(), 1, (SELECT version FROM offer WHERE id = 1))$s$);
    END IF;
    IF stage = 'expired' THEN
        SET LOCAL session_replication_role = replica;
        UPDATE offer SET valid_until = today() - 1;
        SET LOCAL session_replication_role = origin;
        RETURN;
    END IF;
    IF reached >= 7 THEN
        PERFORM tap.as_person('ana', $s$SELECT approve_offer(gen_random_uuid(), 1, (SELECT version FROM offer WHERE id = 1), today(), 'X')$s$);
    END IF;
    IF reached >= 8 THEN
        PERFORM tap.as_person('berta', $s$SELECT take_notice(gen_random_uuid(), 1)$s$);
    END IF;
END
$$;

SELECT trato.create_person(gen_random_uuid(), name || '@trato.example', initcap(name), roles,
           'SCRAM-SHA-256$4096:' || repeat('A', 22) || '==$' || repeat('A', 43) || '=:' || repeat('A', 43) || '=')
  FROM (VALUES ('ana', '{rep}'::text[]), ('luis', '{rep}'), ('eva', '{rep}'), ('berta', '{backoffice}'), ('bruno', '{backoffice}'),
               ('marta', '{manager}')) AS people (name, roles)
\g /dev/null
UPDATE trato.person SET must_change_password = false;
