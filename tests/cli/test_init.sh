#!/bin/sh
# trato db init on a server that is there already: the first manager, what is refused, and that nothing
# half-done remains. What it asks at a terminal: test_init_terminal.c.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
secret="contraseña larga"
marta=marta@trato.example
init() {
	"$trato" -d "dbname=$1" db init
}
state() {
	sql "SELECT datname, datallowconn FROM pg_database ORDER BY datname"
	sql "SELECT rolname FROM pg_roles ORDER BY rolname"
}
# refused NAME CODE TEXT COMMAND...: and neither a database nor a role has been made.
refused() {
	what="$1: nothing is left"
	state > "$output.before"
	expect "$@"
	state > "$output.after"
	expect "$what" 0 identical diff -s "$output.before" "$output.after"
	rm -f "$output.before" "$output.after"
}

# ---- before the first one

sql "CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD '$secret'" > /dev/null
refused "who is no superuser" 4 "maker is no superuser of this server" \
	env PGUSER=maker PGPASSWORD="$secret" "$trato" -d dbname=trato db init
sql "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'" > /dev/null
refused "another encoding" 1 "The database latin is in LATIN1 and not in UTF8. Drop it" init latin
sql "CREATE DATABASE other TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'" > /dev/null
refused "another collation" 1 "The database other sorts by C and not by C.UTF-8" init other
sql "CREATE DATABASE icu TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'es'" > /dev/null
refused "ICU's" 1 "The database icu sorts by ICU" init icu
sql "CREATE DATABASE taken" > /dev/null
psql -Xqd taken -c "CREATE SCHEMA trato AUTHORIZATION maker; CREATE TABLE trato.x ()"
refused "a schema of somebody else's" 1 "that is not of this program (it belongs to maker)" init taken
sql "CREATE ROLE trato_manager LOGIN" > /dev/null
refused "a role of somebody else's" 1 "must not have: trato_manager. Rename them" init trato
sql "DROP ROLE trato_manager" > /dev/null
# As where the package with them is missing.
sql "SET allow_system_table_mods = on; ALTER VIEW pg_available_extensions RENAME TO all_extensions;
	CREATE VIEW pg_catalog.pg_available_extensions AS SELECT * FROM all_extensions WHERE name <> 'unaccent'" > /dev/null
refused "an extension that is not installed" 1 "lacks the extensions unaccent of PostgreSQL's contrib" init trato
sql "SET allow_system_table_mods = on; DROP VIEW pg_catalog.pg_available_extensions;
	ALTER VIEW all_extensions RENAME TO pg_available_extensions" > /dev/null

# Something that nobody has thought of, late.
stop_at_last() {
	psql -Xqd "$1" -v ON_ERROR_STOP=1 <<'SQL'
CREATE FUNCTION public.stop() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT max(version) > 40 FROM trato.schema_version) THEN
		RAISE 'no further';
	END IF;
EXCEPTION WHEN undefined_table OR invalid_schema_name THEN NULL;
END $$;
CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.stop();
SQL
}
sql "CREATE DATABASE late" > /dev/null
stop_at_last late
refused "what goes wrong late" 1 "failed and left nothing behind: no further" init late
expect "nor a schema" 0 "0" psql -XAtd late -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'trato'"
sql "UPDATE pg_database SET datallowconn = true WHERE datname = 'template0'" > /dev/null
stop_at_last template0
sql "UPDATE pg_database SET datallowconn = false WHERE datname = 'template0'" > /dev/null
refused "in a database that was made for it" 1 "failed and left nothing behind: no further" init trato
expect "nor any role" 0 "0" sql "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'trato%'"
sql "UPDATE pg_database SET datallowconn = true WHERE datname = 'template0'" > /dev/null
psql -Xqd template0 -c "DROP EVENT TRIGGER stop; DROP FUNCTION public.stop()"
sql "UPDATE pg_database SET datallowconn = false WHERE datname = 'template0'" > /dev/null

manager() {
	with "$1" "$trato" -d dbname=trato db init --yes --manager "${2:-Marta@Trato.Example}" --name "${3-Marta Vidal}"
}
refused "a short password" 1 "At least 10 characters" manager short
refused "no password" 2 "A password is needed" sh -c "'$trato' -d dbname=trato db init --manager a@b.es --name A < /dev/null"
expect "no e-mail" 2 "That is no e-mail that a login can be called by" manager "$secret" marta
expect "no name" 2 "A name is needed" manager "$secret" $marta " "
expect "an e-mail alone" 2 "A manager needs a name" sh -c "'$trato' -d dbname=trato db init --manager a@b.es < /dev/null"
expect "a name alone" 2 "A name needs its e-mail" "$trato" -d dbname=trato db init --name A
sql "CREATE ROLE \"$marta\"" > /dev/null
refused "a manager whose login is there" 1 "The server has a login $marta already" manager "$secret"
sql "DROP ROLE \"$marta\"" > /dev/null

# ---- the first one

expect "a database and its manager" 0 "$marta may log in now, and chooses an own password then." manager "$secret"
export PGDATABASE=trato
as() {
	env -u PGUSER PGPASSWORD="$secret" "$trato" -u $marta "$@"
}
own() {
	with "$secret" env -u PGUSER PGPASSWORD="$secret" "$trato" -u $marta user password
}
expect "who logs in, and chooses an own password first" 4 "first: trato user password" as list holds
expect "does so" 0 "is changed." own
expect "and works" 0 "Client" as list holds
expect "makes the others" 0 "may log in now" sh -c "echo 'long enough' | env -u PGUSER PGPASSWORD='$secret' '$trato' -u $marta user add ana@trato.example --name Ana --role rep"
expect "by a doctor nothing is found" 0 "$marta is Marta Vidal: manager." as doctor
refused "again" 1 "This database has been set up already. To bring it up to date" manager "$secret" eva@trato.example
expect "a second database of the same server has the same roles" 0 "(they are there already" \
	"$trato" -d dbname=second db init
setting() {
	psql -XAtqd second -c "SELECT value FROM trato.setting WHERE name = '$1'"
}
expect "says what is set for the team" 0 "midnight in $(setting timezone), and $(setting working_time) is worked" \
	sh -c "'$trato' -d dbname=clock db init | tr '\n' ' '"

# The server lets nobody in by itself: Debian's knows accounts of the computer only.
printf 'local all postgres peer map=owner\n' > "$output.hba"
chmod 644 "$output.hba"
sql "ALTER SYSTEM SET hba_file = '$output.hba'" > /dev/null
here=$(dirname "$0")/../harness
"$here/cluster" stop "$TRATO_CLUSTER" < /dev/null
"$here/cluster" start "$TRATO_CLUSTER" < /dev/null
echo "$secret" | "$trato" -d dbname=third db init --manager eva@trato.example --name Eva > "$output.third" 2>&1
expect "a server that does not let the manager in" 0 "Put this line into $output.hba, behind that of postgres" cat "$output.third"
expect "is told which line it lacks" 0 "local third all scram-sha-256" cat "$output.third"
expect "and by the doctor" 1 "such as: local trato all scram-sha-256" env -u PGUSER "$trato" -u eva@trato.example doctor
rm -f "$output.hba" "$output.third"
finish
