-- Demo data, and the large data set of `make bench`, in an empty database after all migrations:
--
--     psql -v scale=1 -f schema/demo/demo.sql          as a superuser
--
-- scale 1 makes 200 clients, 60 actions, 150 offers and 800 communications; from 2 on each unit
-- makes 1,000 clients, 300 actions, 1,000 offers and 3,000 communications. The same scale makes
-- the same data again, relative to today. Everything is one transaction and ends with check.sql;
-- load.sh makes a large scale by the same files in sessions side by side.
--
-- Rows are written in their last state with the triggers and foreign keys off, so that a million
-- takes minutes; check.sql then proves what they would have guarded, and tests/schema/demo_large.sh
-- that what they would have derived is there. The audit trail of generated rows stays empty but for
-- the last weeks of the demo.
\set ON_ERROR_STOP on
\set scope LOCAL
BEGIN;
\ir session.sql
\ir start.sql
\ir clients.sql
\ir actions.sql
\ir offers.sql
\ir notices.sql
\ir communications.sql
\ir clients_found.sql
\ir communications_found.sql
\ir rest_found.sql
\if :large
\else
\ir history.sql
\endif
\ir check.sql
DROP SCHEMA demo CASCADE;
COMMIT;

SELECT format('VACUUM (ANALYZE) trato.%I', relname) FROM pg_class
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
\gexec
