-- What became of a write: told to whoever made it, and definite from then on.
\ir lib/world.sql

CREATE FUNCTION tap.asked(who text, request text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT request_result(md5(%L)::uuid)', request))::jsonb
$$;
CREATE FUNCTION tap.saved(who text, request text, name text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT save_client(md5(%L)::uuid, NULL, NULL, %L, NULL, NULL, NULL, NULL, NULL, NULL, ''ES'', '
                                 'NULL, NULL, NULL) ->> ''name''', request, name))
$$;

SELECT is(saved('ana', 'one', 'Uno SA'), 'Uno SA');
SELECT is(asked('ana', 'one') #> '{done}', 'true', 'it has happened');
SELECT is(asked('ana', 'one') #>> '{verb}', 'save_client');
SELECT is(asked('ana', 'one') #>> '{result,name}', 'Uno SA', 'with what it answered');
SELECT is(asked('ana', 'one') #>> '{result,id}', (SELECT id::text FROM client WHERE name = 'Uno SA'));
SELECT is(saved('ana', 'one', 'Dos SA'), 'Uno SA', 'and asking changes nothing about it');

SELECT is(asked('luis', 'one') #>> '{}', '{"at": null, "done": false, "verb": null, "result": null}', 'another person is told nothing');
SELECT is(asked('ana', 'one') #> '{done}', 'true', 'and takes nothing away by asking');

SELECT is(asked('ana', 'two') #> '{done}', 'false', 'it has not happened');
SELECT is(asked('ana', 'two') #> '{done}', 'false', 'asked again');
SELECT is(saved('ana', 'two', 'Tres SA'), 'TR001 request_id_reused', 'and cannot happen any more');
SELECT is_empty($$SELECT FROM client WHERE name = 'Tres SA'$$);

SELECT refused('ana', 'SELECT request_result(NULL)', 'TR001 request_id_missing');
SELECT is(asked(who, 'three ' || who) #> '{done}', 'false', who || ' may ask') FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who;
SELECT tap.given('marta', $$SELECT disable_person(gen_random_uuid(), 'ana@trato.example')$$) \g /dev/null
SELECT refused('ana', $$SELECT request_result(md5('one')::uuid)$$, '42501 permission', 'a disabled login is told nothing');

-- It is kept for as long as a draft may lie about, which nobody knows.
SELECT is_empty($$SELECT proname FROM pg_proc WHERE pronamespace = 'trato'::regnamespace
                     AND prosrc ~* '(DELETE\s+FROM|TRUNCATE)\s+(trato\.)?write_log'$$, 'no function forgets a result');
SELECT refused('owner', 'TRUNCATE write_log', 'TR001 write_log_is_kept');

SELECT * FROM finish();
ROLLBACK;
