-- trato-schema(7) names every table, view and function that a role may use, and every function with
-- the arguments that it has, in their order; and every setting, in both languages.
\ir lib/world.sql
\set manual `cat man/trato-schema.7`
\set spanish `cat man/es/trato-schema.7`

CREATE TEMP TABLE line AS
SELECT line, replace(replace(line, ' Oo Ar', ''), ' Oc', '') AS plain FROM regexp_split_to_table(:'manual', '\n') AS line;
SELECT ok(count(*) > 100, 'there is a manual') FROM line;
SELECT is((SELECT count(*) FROM line WHERE line = '.It Sy ' || relname), 1::bigint, 'it names ' || relname)
  FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v');
SELECT is((SELECT count(*) FROM line WHERE plain = concat_ws(' ', '.It Sy', proname, 'Ar',
                array_to_string(ARRAY(SELECT CASE name WHEN 'p_request' THEN 'request' ELSE substr(name, 3) END
                                        FROM unnest(proargnames) WITH ORDINALITY AS argument (name, number) ORDER BY number), ' '))),
          1::bigint, 'it names ' || proname || ' and its arguments')
  FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND (proargnames[1] = 'p_request' OR proname = 'end_sessions')
   AND proname NOT IN ('earlier_result', 'done');
SELECT is((SELECT count(*) FROM line WHERE line ~ ('^\.It Fn ' || proname || '\M')), 1::bigint, 'it names ' || proname)
  FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND has_function_privilege('trato_rep', oid, 'EXECUTE')
   AND proargnames[1] IS DISTINCT FROM 'p_request' AND NOT has_function_privilege('public', oid, 'EXECUTE');
SELECT ok(EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND proname = name)
          OR to_regclass('trato.' || name) IS NOT NULL OR name !~ '_', 'what it names is there: ' || name)
  FROM (SELECT DISTINCT (regexp_match(plain, '^\.It (?:Sy|Fn) ([a-z_]+)'))[1] AS name FROM line) AS named
 WHERE name IS NOT NULL AND name NOT LIKE 'trato\_%';
SELECT is((SELECT count(*) FROM line WHERE line = '.It Sy ' || channel), 1::bigint, channel)
  FROM (SELECT DISTINCT 'trato_' || tgrelid::regclass::text AS channel FROM pg_trigger WHERE tgname = 'ring') AS rung;
SELECT ok(page ~ (E'\n\\.Sy [^\n]*\\m' || name || '\M'), 'it names the setting ' || name)
  FROM setting, (VALUES (:'manual'), (:'spanish')) AS manual (page);

SELECT * FROM finish();
ROLLBACK;
