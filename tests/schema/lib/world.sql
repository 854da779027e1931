-- Begins every file of tests/schema: a transaction that is never committed, people and clients to
-- test with, and how to try something as somebody.
\set QUIET 1
BEGIN;
SELECT no_plan();

-- Who: the name of a person before the @; 'owner' for trato_owner; 'superuser'.
CREATE FUNCTION tap.become(who text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RESET ROLE;
    RESET SESSION AUTHORIZATION;
    IF who = 'owner' THEN
        SET LOCAL ROLE trato_owner;
    ELSIF who <> 'superuser' THEN
        EXECUTE format('SET SESSION AUTHORIZATION %I', who || '@trato.example');
    END IF;
END
$$;

-- Runs a statement as somebody, with what a commit would check, and answers its first column,
-- or 'SQLSTATE constraint' of the refusal, after which nothing has happened.
CREATE FUNCTION tap.tried(who text, statement text, keep boolean DEFAULT true)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text := 'done';
    state  text;
    rule   text;
BEGIN
    BEGIN
        PERFORM tap.become(who);
        IF statement ~* '^\s*(SELECT|WITH|TABLE|EXPLAIN)' OR statement ~* 'RETURNING' THEN
            EXECUTE statement INTO answer;
        ELSE
            EXECUTE statement;
        END IF;
        SET CONSTRAINTS ALL IMMEDIATE;
        SET CONSTRAINTS ALL DEFERRED;
        IF NOT keep THEN
            RAISE EXCEPTION USING ERRCODE = 'UNDO0';
        END IF;
    EXCEPTION
        WHEN SQLSTATE 'UNDO0' THEN
            NULL;
        WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME;
            answer := rtrim(state || ' ' || rule);
    END;
    PERFORM tap.become('superuser');
    RETURN answer;
END
$$;

-- All that a refusal says: message, detail and hint.
CREATE FUNCTION tap.told(who text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail  text;
    hint    text;
BEGIN
    BEGIN
        PERFORM tap.become(who);
        EXECUTE statement;
        RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = 'not refused';
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
            hint = PG_EXCEPTION_HINT;
    END;
    PERFORM tap.become('superuser');
    RETURN concat_ws(E'\n', message, nullif(detail, ''), nullif(hint, ''));
END
$$;

-- For what a test needs but does not test.
CREATE FUNCTION tap.given(who text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text := tap.tried(who, statement);
BEGIN
    IF answer ~ '^([0-9A-Z]{5}|TR00[0-9])( [a-z_]+)?$' AND (answer !~ '^[0-9]+$' OR answer ~ '^(22|23|42)[0-9]{3}$') THEN
        RAISE EXCEPTION 'cannot prepare the test: % for %', answer, statement;
    END IF;
    RETURN answer;
END
$$;

CREATE FUNCTION tap.refused(who text, statement text, expected text, description text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT tap.is(tap.tried(who, statement), expected,
                  coalesce(description, who || ' is refused: ' || left(regexp_replace(statement, '\s+', ' ', 'g'), 75)))
$$;

CREATE FUNCTION tap.works(who text, statement text, description text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT tap.unalike(answer, '_____ %', coalesce(description, who || ' may: ' || left(regexp_replace(statement, '\s+', ' ', 'g'), 75)))
           FROM (SELECT CASE WHEN answer ~ '^[0-9A-Z]{5}$' THEN answer || ' ' ELSE answer END AS answer
                   FROM tap.tried(who, statement) AS answer) AS tried
$$;

-- Ids and versions by name, past every policy.
CREATE FUNCTION tap.c(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM client WHERE name = $1';
CREATE FUNCTION tap.cv(text) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT version FROM client WHERE name = $1';
CREATE FUNCTION tap.d(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM division WHERE name = $1';
CREATE FUNCTION tap.p(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    $$SELECT id FROM person WHERE email = $1 || '@trato.example'$$;
CREATE FUNCTION tap.a(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM action WHERE title = $1';
CREATE FUNCTION tap.av(text) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT version FROM action WHERE title = $1';
CREATE FUNCTION tap.o(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM offer WHERE title = $1 ORDER BY revision DESC LIMIT 1';
CREATE FUNCTION tap.ov(text) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT version FROM offer WHERE title = $1 ORDER BY revision DESC LIMIT 1';
CREATE FUNCTION tap.n(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM notice WHERE offer_id = tap.o($1) ORDER BY id DESC LIMIT 1';
CREATE FUNCTION tap.nv(text) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT version FROM notice WHERE id = tap.n($1)';
CREATE FUNCTION tap.reason(text, text DEFAULT NULL) RETURNS bigint LANGUAGE sql SECURITY DEFINER
    SET search_path = trato AS
    'SELECT id FROM reason WHERE kind = $1 AND code IS NOT DISTINCT FROM $2 ORDER BY id LIMIT 1';
CREATE FUNCTION tap.verifier() RETURNS text LANGUAGE sql AS
    $$SELECT 'SCRAM-SHA-256$4096:' || repeat('A', 22) || '==$' || repeat('A', 43) || '=:'
             || repeat('A', 43) || '='$$;
-- The same id whenever the same thing is asked for.
CREATE FUNCTION tap.request_id(text) RETURNS uuid LANGUAGE sql AS 'SELECT md5($1)::uuid';

SELECT tap.given('superuser', format('SELECT create_person(gen_random_uuid(), %L, %L, %L, tap.verifier())',
                                     name || '@trato.example', initcap(name), roles))
  FROM (VALUES ('ana', '{rep}'), ('luis', '{rep}'), ('eva', '{rep}'), ('berta', '{backoffice}'),
               ('bruno', '{backoffice}'), ('carmen', '{supervisor}'), ('marta', '{manager}'))
       AS people (name, roles)
\g /dev/null
-- They have passwords of their own.
UPDATE person SET must_change_password = false;
SELECT tap.given('ana', format('SELECT save_client(gen_random_uuid(), NULL, NULL, %L, NULL, NULL, NULL,'
                               ' NULL, NULL, NULL, NULL, NULL, NULL, NULL)', name))
  FROM (VALUES ('Acme'), ('Beta')) AS clients (name)
\g /dev/null
SELECT tap.given('ana', format('SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL,'
                               ' NULL, true)', client, name))
  FROM (VALUES ('Acme', 'd1'), ('Acme', 'd2'), ('Acme', 'd3'), ('Acme', 'd4'), ('Acme', 'd5'),
               ('Beta', 'e1'), ('Beta', 'e2')) AS divisions (client, name)
\g /dev/null

-- An action of somebody with some divisions; an offer in it, brought to a state.
CREATE FUNCTION tap.given_action(who text, title text, VARIADIC divisions text[])
RETURNS text LANGUAGE sql AS $$
    SELECT tap.given(who, format(
        'SELECT open_action(gen_random_uuid(), (SELECT client_id FROM division WHERE id = tap.d(%L)),'
        ' %L, ARRAY(SELECT tap.d(name) FROM unnest(%L::text[]) AS name))', divisions[1], title, divisions))
$$;

CREATE FUNCTION tap.given_offer(who text, action text, title text, division text,
                                state text DEFAULT 'draft') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    answer := tap.given(who, format(
        'SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a(%L), %L, ARRAY[tap.d(%L)],'
        ' ''[{"description": "work", "quantity": 1, "unit_price": 1000, "vat": 21}]'','
        ' p_valid_until => today() + 30)', action, title, division));
    IF state IN ('presented', 'approved', 'rejected', 'superseded') THEN
        answer := tap.given(who, format(
            'SELECT present_offer(gen_random_uuid(), tap.o(%1$L), tap.ov(%1$L))', title));
    END IF;
    IF state = 'approved' THEN
        answer := tap.given(who, format(
            'SELECT approve_offer(gen_random_uuid(), tap.o(%1$L), tap.ov(%1$L), today(), ''Sr. X'')', title));
    ELSIF state = 'rejected' THEN
        answer := tap.given(who, format(
            'SELECT reject_offer(gen_random_uuid(), tap.o(%1$L), tap.ov(%1$L),'
            ' tap.reason(''offer_rejected''))', title));
    ELSIF state = 'withdrawn' THEN
        answer := tap.given(who, format(
            'SELECT withdraw_offer(gen_random_uuid(), tap.o(%1$L), tap.ov(%1$L),'
            ' tap.reason(''offer_withdrawn''))', title));
    ELSIF state = 'superseded' THEN
        answer := tap.given('owner', format('UPDATE offer SET state = ''superseded'' WHERE id = tap.o(%L)', title));
    END IF;
    RETURN answer;
END
$$;
