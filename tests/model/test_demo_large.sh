#!/bin/sh
# Demo data at a larger scale, which two sessions write with the triggers off: indexes are what they
# were, and what is found and counted is what the triggers derive from the same rows, one by one.
set -u
cd "$(dirname "$0")/../.." || exit 1
export PGDATABASE=trato
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
psql() { command psql -XAtq -v ON_ERROR_STOP=1 "$@"; }

n=0
none() {
	n=$((n + 1))
	if [ -s "$2" ]; then
		echo "not ok $n - $1"
		head -n 20 "$2" | sed 's/^/# /'
	else
		echo "ok $n - $1"
	fi
}
indexes() { psql -c "SELECT indexdef FROM pg_indexes WHERE schemaname = 'trato' ORDER BY 1"; }

indexes > "$work/before"
schema/demo/load.sh 2 > "$work/load" 2>&1 || echo "status $?" >> "$work/load"
none "two sessions load it, and keep every rule" "$work/load"
indexes | diff "$work/before" - > "$work/indexes" 2>&1
none "all indexes are there again" "$work/indexes"
psql -c "SELECT nspname FROM pg_namespace WHERE nspname = 'demo'" \
	-c "SELECT relname || ' of ' || (SELECT count(*) FROM trato.client) FROM pg_class
	     WHERE oid = 'trato.client'::regclass AND reltuples <> 2000" > "$work/left" 2>&1
none "nothing of the generator stays, and there are statistics" "$work/left"

cat > "$work/again.sql" <<'END'
SET client_min_messages = warning;
SET search_path = trato, pg_temp;
CREATE TEMP TABLE written (relname name, place integer);
INSERT INTO written SELECT name, place FROM unnest('{client,contact,division,action,action_member,hold,offer,
    offer_division,notice,communication}'::name[]) WITH ORDINALITY AS given (name, place);
CREATE TEMP TABLE derived AS SELECT unnest('{client_word,client_search,action_search,communication_search,
    figure_part,figure_month,action_contact}'::name[]) AS relname;
SELECT format('CREATE TEMP TABLE was_%1$s AS SELECT * FROM trato.%1$I', relname)
  FROM (SELECT relname FROM written UNION ALL SELECT relname FROM derived) AS tables \gexec

BEGIN;
SET LOCAL session_replication_role = replica;
SELECT format('DELETE FROM trato.%I', relname)
  FROM (SELECT relname FROM written UNION ALL SELECT relname FROM derived) AS tables \gexec
SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', tgrelid::regclass, tgname)
  FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
 WHERE NOT tgisinternal AND pronamespace = 'trato'::regnamespace AND proname ~ 'found|figures|contact_is_kept|action_begins' \gexec
-- The rows come in as they were, without what the database computes of them.
SELECT format('INSERT INTO trato.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM was_%1$s', relname, columns)
  FROM written
 CROSS JOIN LATERAL (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
                      WHERE attrelid = format('trato.%I', relname)::regclass AND attnum > 0
                        AND NOT attisdropped AND attgenerated = '') AS of
 ORDER BY place \gexec
SELECT set_config('test.marks', (SELECT count(*) FROM figure_mark)::text, false) \g /dev/null
DO $$ BEGIN WHILE roll_up_figures(1000) > 0 LOOP END LOOP; END $$;
SELECT format('SELECT %1$L, ''only the generator'', w::text FROM (TABLE was_%1$s EXCEPT ALL TABLE trato.%1$I) AS w
               UNION ALL
               SELECT %1$L, ''only the triggers'', w::text FROM (TABLE trato.%1$I EXCEPT ALL TABLE was_%1$s) AS w
               UNION ALL
               SELECT %1$L, ''nothing to compare'', NULL WHERE NOT EXISTS (TABLE was_%1$s)', relname)
  FROM derived \gexec
SELECT 'no trigger has marked an action' WHERE current_setting('test.marks') = '0';
ROLLBACK;
SELECT 'a mark is left', action_id FROM figure_mark;
END
psql -f "$work/again.sql" > "$work/again" 2>&1
none "words, figures and contacts are what the triggers write" "$work/again"
echo "1..$n"
