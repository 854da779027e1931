#!/bin/sh
# trato db migrate while people work: from an earlier version to the newest under 32 connections, none
# of which meets an error; and somebody who does not let go of a table. Programs and databases that
# are a version apart, in both directions.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"

harness=$(dirname "$0")/../harness
pgbench=$(find /usr/lib/postgresql/*/bin/ -name pgbench | sort -V | tail -n 1)
newest=$(find schema -name '[0-9]*.sql' | sed 's|schema/0*||; s/_.*//' | sort -n | tail -n 1)
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT

# Until the question is answered with yes.
until_true() {
	until [ "$(sql "SELECT $1")" = t ]; do :; done
}
person() {
	sql "INSERT INTO trato.person (email, name, roles, must_change_password)
		VALUES ('ana@trato.example', 'Ana Ruiz', '{rep}', false)" > /dev/null
	sql "DO \$\$ BEGIN CREATE ROLE \"ana@trato.example\" LOGIN PASSWORD 'first password';
		EXCEPTION WHEN duplicate_object THEN NULL; END \$\$;
		GRANT trato_rep TO \"ana@trato.example\"" > /dev/null 2>&1
}
as_ana() {
	PGPASSWORD='first password' "$trato" -u ana@trato.example "$@"
}

# ---- somebody who does not let go of a table

export PGDATABASE=held
"$harness/old-schema" held 23
mkfifo "$dir/go"
PGUSER=postgres psql -Xq < "$dir/go" > /dev/null &
exec 9> "$dir/go"
echo "BEGIN; SELECT count(*) FROM trato.communication;" >&9
until_true "EXISTS (SELECT FROM pg_locks WHERE relation = 'trato.communication'::regclass)"
(code=0; "$trato" -d dbname=held db migrate > "$dir/held" 2>&1 || code=$?; echo $code > "$dir/held.code") &
held=$!

# ---- 32 who work, one statement right behind the other

export PGDATABASE=busy
"$harness/old-schema" busy 22
person
cat > "$dir/work.sql" <<'END'
SET SESSION AUTHORIZATION 'ana@trato.example';
SELECT trato.save_client(gen_random_uuid(), NULL, NULL, gen_random_uuid()::text, NULL, NULL, NULL, NULL,
	NULL, NULL, 'ES', NULL, NULL, NULL) ->> 'id' AS client \gset
SELECT trato.save_division(gen_random_uuid(), NULL, NULL, :client, 'Cellar', NULL, NULL, true) ->> 'id'
	AS division \gset
SELECT trato.open_action(gen_random_uuid(), :client, 'Work', ARRAY[:division]) ->> 'id' AS action \gset
SELECT trato.log_communication(gen_random_uuid(), :action, NULL, 'phone', 'out', now(), 'Call', 'Text');
SELECT * FROM trato.action_overview WHERE id = :action;
END
(cd "$dir" && PGUSER=postgres exec "$pgbench" -n -c 32 -j 2 -T 300 -l -f "$dir/work.sql" busy) \
	> "$dir/pgbench" 2>&1 &
pgbench=$!
until_true "count(*) > 64 FROM trato.communication"
expect "migrates while 32 work" 0 "at version $newest" "$trato" -d dbname=busy db migrate
done=$(sql "SELECT count(*) FROM trato.communication")
until_true "count(*) > $done + 64 FROM trato.communication"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pgbench'" > /dev/null
wait $pgbench
expect "all were there to the end" 0 32 grep -c 'terminating connection due to administrator command' "$dir/pgbench"
expect "none of them met an error" 1 0 sh -c "grep -v 'terminating connection due to' '$dir/pgbench' | grep -c 'ERROR\|FATAL'"
awk '$3 + 0 > most { most = $3 + 0 } END { printf "# a client waited %d ms at most for its piece of work, of %d\n",
	most / 1000, NR }' "$dir"/pgbench_log.*

# ---- a version apart

next=$(printf %04d $((newest + 1)))
printf -- '-- clients: 1..1\nCREATE TABLE trato.of_the_next (id bigint);\n' > "$dir/${next}_served.sql"
printf -- '-- clients: 2..2\nDROP VIEW trato.action_overview;\n' > "$dir/${next}_refused.sql"
for name in older served refused; do
	export PGDATABASE=$name
	case $name in
	older) "$harness/old-schema" older $((newest - 1)) ;;
	*) "$harness/old-schema" $name "$newest" "$dir/${next}_$name.sql" ;;
	esac
	person
done
for command in "list actions" "report pipeline" "watch --name mail"; do
	# shellcheck disable=SC2086
	expect "$command on an older database" 3 "trato db migrate" as_ana -d dbname=older $command
done
expect "which is migrated" 0 "at version $newest" "$trato" -d dbname=older db migrate
expect "and serves" 0 "" as_ana -d dbname=older list actions
expect "a newer database that serves this program" 0 "" as_ana -d dbname=served list actions
expect "is nothing for its migrations" 1 "Install the new version" "$trato" -d dbname=served db migrate
expect "a newer database that does not" 3 "Please install the new version" as_ana -d dbname=refused list actions

# ---- a setting that has got a bound, and a person whose login has got a role

export PGDATABASE=shed
"$harness/old-schema" shed 45
sql "UPDATE trato.setting SET value = '0' WHERE name = 'opening_days'" > /dev/null
sql "INSERT INTO trato.person (email, name, roles) VALUES ('eva@trato.example', 'Eva', '{rep}')" > /dev/null
sql 'CREATE ROLE "eva@trato.example" LOGIN IN ROLE trato_rep' > /dev/null
expect "what is below it" 0 "at version $newest" "$trato" -d dbname=shed db migrate
expect "is raised to it" 0 30 sql "SELECT value FROM trato.setting WHERE name = 'opening_days'"
expect "whose login was made by hand is a newcomer, too" 0 t \
	sql "SELECT pg_has_role('eva@trato.example', 'trato_newcomer', 'MEMBER')"

# ---- he who did not let go

wait $held
expect "who does not let go is waited for in vain" 0 "0024_mail did not get the tables" cat "$dir/held"
expect "which is a refusal" 0 1 cat "$dir/held.code"
echo "COMMIT;" >&9
exec 9>&-
expect "when he does it goes on where it was" 0 "at version $newest" "$trato" -d dbname=held db migrate

finish
