-- Demo data, and the large data set of `make bench`, in an empty database after all migrations:
--
--     psql -v scale=1 -f schema/demo/demo.sql          as a superuser
--
-- scale 1 makes 200 clients, 60 actions, 150 offers and 800 communications; from 2 on each unit
-- makes 1,000 clients, 300 actions, 1,000 offers and 3,000 communications. The same scale makes
-- the same data again, relative to today. Everything is one transaction and ends with check.sql.
--
-- Rows are written in their last state with the triggers and foreign keys off, so that a million
-- takes minutes; check.sql then proves what they would have guarded. The audit trail of generated
-- rows stays empty but for the last weeks of the demo.
\set ON_ERROR_STOP on
\if :{?scale}
\else
\set scale 1
\endif

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Europe/Madrid';

DO $$
BEGIN
    IF EXISTS (SELECT FROM trato.client) OR EXISTS (SELECT FROM trato.person) THEN
        RAISE EXCEPTION 'demo data goes into an empty database only';
    END IF;
END
$$;

-- Its functions live here and go with it.
CREATE SCHEMA demo;
SET LOCAL search_path = demo, trato;

SELECT :scale::integer > 1 AS large,
       CASE WHEN :scale = 1 THEN 200 ELSE :scale * 1000 END AS clients,
       CASE WHEN :scale = 1 THEN 60 ELSE :scale * 300 END AS actions,
       CASE WHEN :scale = 1 THEN 150 ELSE :scale * 1000 END AS offers,
       CASE WHEN :scale = 1 THEN 800 ELSE :scale * 3000 END AS communications,
       least(200, 2 + 4 * :scale) AS reps,
       today() AS today,
       date_trunc('week', today())::date AS monday,
       least(extract(isodow FROM today())::integer - 1, 5) AS weekday
\gset
\if :large
SET LOCAL work_mem = '256MB';
SET LOCAL maintenance_work_mem = '512MB';
\endif

\ir words.sql
\ir people.sql

SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;

-- Indexes that are no constraints are built once at the end, from their own definitions.
CREATE TEMP TABLE later_index ON COMMIT DROP AS
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition,
       relname IN ('client_search', 'client_word', 'action_search', 'communication_search') AS is_of_words
  FROM pg_index
  JOIN pg_class ON pg_class.oid = indrelid
 WHERE relnamespace = 'trato'::regnamespace
   AND relname IN ('client', 'client_search', 'client_word', 'contact', 'division', 'action', 'action_search', 'action_member', 'hold', 'request',
                   'communication', 'communication_search', 'state_change', 'offer', 'offer_division', 'offer_line',
                   'notice', 'invoice')
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid);
SELECT format('DROP INDEX %s', name) FROM later_index \gexec

\ir clients.sql
\ir actions.sql
\ir offers.sql
\ir notices.sql
\ir communications.sql

-- The words are read by client: without their indexes each client would read all contacts.
SELECT definition FROM later_index WHERE NOT is_of_words ORDER BY name \gexec
ANALYZE client, contact;
SELECT find_all_again(), find_actions_again(), find_communications_again() \g /dev/null
SELECT definition FROM later_index WHERE is_of_words ORDER BY name \gexec
SELECT make_figures() \g /dev/null

-- The next row of each table gets the next id.
SELECT format('SELECT setval(%L, greatest(max(%I), %s)) FROM %I', serial, attname, seqstart,
              relname)
  FROM (SELECT relname, attname,
               pg_get_serial_sequence(format('trato.%I', relname), attname) AS serial
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND attidentity <> '') AS owned
  JOIN pg_sequence ON seqrelid = serial::regclass
 WHERE relname IN ('area', 'client', 'contact', 'division', 'action', 'communication', 'offer', 'notice')
\o /dev/null
\gexec
\o

\if :large
ANALYZE;
\else
\ir history.sql
\endif
\ir check.sql
DROP SCHEMA demo CASCADE;
COMMIT;

SELECT format('VACUUM (ANALYZE) trato.%I', relname) FROM pg_class
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
\gexec
