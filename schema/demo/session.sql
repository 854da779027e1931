-- What each session that makes demo data begins with: how much, as of when, and its settings, which
-- are for :scope, LOCAL or SESSION. Part of demo.sql.
\if :{?scale}
\else
\set scale 1
\endif
SET :scope client_min_messages = warning;
SET :scope timezone = 'Europe/Madrid';
SET :scope synchronous_commit = off;
SET :scope session_replication_role = replica;
SET :scope search_path = demo, trato;

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
SET :scope work_mem = '256MB';
SET :scope maintenance_work_mem = '512MB';
\endif
