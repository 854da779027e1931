#!/bin/sh
# Dump, restore on another server, dump again: equal, with the roles, their settings and what each may
# do. There a person logs in and goes on, and what was sent before the dump is not done twice.
# The commands of the backup are those of trato(1).
# shellcheck disable=SC1091,SC2154,SC2016
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
cluster=$(dirname "$0")/../harness/cluster
other=$TRATO_CLUSTER/other
ana=ana@trato.example
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT

"$trato" db init > /dev/null 2>&1 && schema/demo/load.sh > /dev/null 2>&1 || exit 1
secret="contraseña larga"
expect "somebody whom trato made" 0 "may log in" \
	with "$secret" env PGUSER=marta@trato.example PGPASSWORD=demo "$trato" user add eva@trato.example --name Eva --role rep
settle

# As her, on the server that PGHOST names.
as_ana() {
	PGUSER=$ana PGPASSWORD=demo psql -XAt -F ' ' -v ON_ERROR_STOP=1 -c "SET search_path = trato" -c "$1"
}
request=6ba7b810-9dad-41d1-80b4-00c04fd430c8
save_client="SELECT save_client('$request', NULL, NULL, 'Antes de la copia', NULL, NULL, NULL, NULL,
	NULL, NULL, 'ES', NULL, NULL, NULL)"
before=$(as_ana "$save_client")

# plain NAME: all of it as text, but for the key that each dump draws anew. PostgreSQL tells the roles of
# a policy in the order in which the server has made them, and the rows of a table in that in which they
# lie, and needs fewer brackets the second time.
plain() {
	PGUSER=postgres pg_dump -C trato | awk '
		/^\\(un)?restrict / { next }
		rows && $0 == "\\." { close("sort"); rows = 0 }
		rows { print | "sort"; next }
		/^COPY .* FROM stdin;$/ { rows = 1 }
		/^ *CONSTRAINT .* CHECK / { gsub(/[()]/, "") }
		/^CREATE POLICY .* TO .* USING / {
			at = index($0, " TO ") + 4
			count = split(substr($0, at, index($0, " USING ") - at), roles, ", ")
			for (i = 1; i <= count; i++)
				print "role of the policy below: " roles[i] | "sort"
			close("sort")
			sub(/ TO .* USING /, " USING ")
		}
		{ print; fflush() }' > "$dir/$1.sql"
	PGUSER=postgres pg_dumpall --roles-only | sed '/^\\\(un\)\?restrict /d' > "$dir/$1.roles"
}
plain first
PGUSER=postgres pg_dump -Fc trato > "$dir/trato.dump"
PGUSER=postgres pg_dumpall --roles-only > "$dir/roles.sql"
database=$(sql "SELECT extract(epoch FROM min(applied_at)) FROM trato.schema_version")
for what in "CREATE POLICY" "ENABLE ROW LEVEL SECURITY" "ALTER DEFAULT PRIVILEGES" "pg_catalog.setval" \
	"REVOKE ALL ON FUNCTION pg_catalog.pg_notify" "ON LANGUAGE plpgsql" "REVOKE CONNECT,TEMPORARY ON DATABASE" \
	"CREATE TRIGGER keep_all_as_written"; do
	expect "in the dump: $what" 0 "$what" grep -m 1 "$what" "$dir/first.sql"
done
expect "in the roles: their settings" 0 "statement_timeout" grep -m 1 'ALTER ROLE "eva@trato.example" SET' "$dir/roles.sql"

mkdir "$other"
"$cluster" init "$other" "fsync = off" "timezone = 'UTC'" && "$cluster" start "$other" < /dev/null
export PGHOST="$other"
# That the role postgres exists already is no harm.
PGUSER=postgres psql -Xq -f "$dir/roles.sql" postgres 2>&1 | grep -v 'role "postgres" already exists' > "$dir/noise"
expect "the roles are restored without a word" 0 0 sh -c "wc -c < '$dir/noise'"
PGUSER=postgres pg_restore --exit-on-error -C -d postgres "$dir/trato.dump" > "$dir/noise" 2>&1
expect "and the database" 0 0 sh -c "wc -c < '$dir/noise'"
plain second
expect "the dump of what was restored is equal" 0 same sh -c "diff '$dir/first.sql' '$dir/second.sql' && echo same"
expect "and its roles" 0 same sh -c "diff '$dir/first.roles' '$dir/second.roles' && echo same"

expect "its rules are kept" 0 "all 11 rules are kept" env PGUSER=postgres "$trato" db status
expect "nothing is to be migrated" 0 "up to date" env PGUSER=postgres "$trato" db migrate
expect "it is the same database for drafts" 0 "$database" \
	sql "SELECT extract(epoch FROM min(applied_at)) FROM trato.schema_version"
expect "a person logs in" 0 "Antes de la copia" env PGPASSWORD=demo "$trato" -u $ana list clients
expect "a login that trato made" 0 "Eva" env PGPASSWORD="$secret" "$trato" -u eva@trato.example user list
expect "a request that was done before is not done again" 0 "$before" as_ana "$save_client"
expect "there is one" 0 "1" sql "SELECT count(*) FROM trato.client WHERE name = 'Antes de la copia'"
expect "one goes on" 0 '"id"' as_ana "SELECT save_client(gen_random_uuid(), NULL, NULL, 'Tras la copia', NULL,
	NULL, NULL, NULL, NULL, NULL, 'ES', NULL, NULL, NULL)"
expect "with a number of its own" 0 "t" sql "SELECT max(id) FILTER (WHERE name = 'Tras la copia') = max(id) FROM trato.client"
expect "what nobody may is still refused" 1 "permission denied" as_ana "SELECT pg_catalog.pg_notify('trato_notice', '1')"
expect "so are tables" 1 "permission denied" as_ana "INSERT INTO trato.client (name) VALUES ('x')"
expect "and others' actions are not seen" 0 "$(PGHOST=$TRATO_CLUSTER as_ana 'SELECT count(*) FROM action')" \
	as_ana "SELECT count(*) FROM action"
expect "a manager disables somebody" 0 "" env PGUSER=marta@trato.example PGPASSWORD=demo "$trato" user disable eva@trato.example
expect "who stays out" 3 "may not log in" env PGPASSWORD="$secret" "$trato" -u eva@trato.example list clients
"$cluster" stop "$other" immediate
finish
