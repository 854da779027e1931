-- The schema for what makes the data, the people, and indexes put aside. Part of demo.sql.

DO $$
BEGIN
    IF EXISTS (SELECT FROM trato.client) OR EXISTS (SELECT FROM trato.person) THEN
        RAISE EXCEPTION 'demo data goes into an empty database only';
    END IF;
END
$$;

-- The generator's functions and plans live here and go with it.
CREATE SCHEMA demo;

\ir words.sql
\ir people.sql

-- Indexes that are no constraints are built once the rows are there, from their own definitions, by
-- the session that finds them.
CREATE TABLE demo.later_index AS
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition, relname AS of_table,
       CASE WHEN relname IN ('client', 'client_search', 'client_word', 'contact', 'division') THEN 'clients'
            WHEN relname IN ('communication', 'communication_search') THEN 'communications'
            ELSE 'rest' END AS part
  FROM pg_index
  JOIN pg_class ON pg_class.oid = indrelid
 WHERE relnamespace = 'trato'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid);
SELECT format('DROP INDEX %s', name) FROM later_index \gexec
