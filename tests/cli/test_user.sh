#!/bin/sh
# trato user and trato list: who may do what, what is refused, and what they print.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
marta=marta@trato.example
ana=ana@trato.example

expect "the first manager" 0 "$marta may log in" \
	with "$secret" "$trato" user add Marta@Trato.Example --name "Marta Vidal" --role manager
unset PGUSER
# as PERSON COMMAND...: PGPASSWORD is libpq's way to give a password.
as() {
	person=$1
	shift
	PGPASSWORD=$secret "$trato" -u "$person" "$@"
}
add() {
	with "$secret" env PGPASSWORD="$secret" "$trato" -u $marta user add "$@"
}
own() {
	with "$secret" env PGPASSWORD="$secret" "$trato" -u "$1" user password
}
expect "who has a password from somebody else does nothing" 4 "first: trato user password" \
	add $ana --name "Ana Ruiz" --role rep
expect "and reads nothing" 4 "first: trato user password" as $marta list holds
expect "psql, neither" 0 "refused" sh -c "PGPASSWORD='$secret' psql -XAt -U $marta -v VERBOSITY=verbose -c \
	\"SELECT trato.save_area(gen_random_uuid(), NULL, NULL, 'X', true)\" 2>&1 |
	grep -q 'CONSTRAINT NAME:  person_needs_own_password' && echo refused"
expect "before he has chosen his own" 0 "is changed." own $marta
expect "a rep" 0 "may log in" add $ana --name "Ana Ruiz" --role rep
expect "the same again" 1 "trato: E-mail: Somebody with this e-mail" add $ana --name "Ana" --role rep
expect "somebody of the server" 1 "E-mail:" add postgres --name "P" --role rep
expect "no e-mail" 1 "E-mail:" add nonsense --name "N" --role rep
expect "no name" 1 "Name:" add a@b.es --name "" --role rep
expect "name missing" 2 "needs a name" add a@b.es --role rep
expect "no such role" 2 "A role is one of" add a@b.es --name A --role boss
expect "an empty role" 2 "A role is one of" add a@b.es --name A --role ""
expect "a role and a half" 2 "A role is one of" add a@b.es --name A --role rep,
expect "two roles that exclude each other" 1 "Roles:" add a@b.es --name A --role rep,backoffice
expect "too short a password" 1 "At least 10" \
	with short env PGPASSWORD="$secret" "$trato" -u $marta user add a@b.es --name A --role rep
expect "the words of a refusal in Spanish" 1 "trato: Contraseña: Al menos 10" \
	with short env LANGUAGE=es PGPASSWORD="$secret" "$trato" -u $marta user add a@b.es --name A --role rep
expect "those of a usage" 2 "Uso: trato user add CORREO --name NOMBRE --role ROL[,ROL]" \
	env LANGUAGE=es "$trato" user add
expect "nobody was added by these" 0 2 sql "SELECT count(*) FROM trato.person"
settle
expect "no clear password reaches the server" 0 0 sh -c \
	"cat '$TRATO_CLUSTER/log' | grep -c 'contraseña' | cat"

expect "password on standard input" 0 "Ana Ruiz" with "$secret" "$trato" -u Ana@trato.example user list
expect "wrong password" 3 "not right" with wrong "$trato" -u $ana list holds
expect "no password" 2 "password is needed" sh -c "'$trato' -u $ana list holds < /dev/null"
# What --restricted knows of the server: nothing of the environment counts.
owner=$(stat -c %U "$TRATO_CLUSTER/data")
there="host=$PGHOST port=$PGPORT dbname=trato requirepeer=$owner"
expect "restricted, the environment's password does not count" 2 "password is needed" \
	sh -c "PGPASSWORD='$secret' '$trato' --restricted -d '$there' -u $ana list holds < /dev/null"
expect "nor does its file" 2 "password is needed" sh -c \
	"printf '*:*:*:*:%s\n' '$secret' > '$TRATO_CLUSTER/pass' && chmod 600 '$TRATO_CLUSTER/pass' &&
	PGPASSFILE='$TRATO_CLUSTER/pass' '$trato' --restricted -d '$there' -u $ana list holds < /dev/null"
expect "nor that of his home" 2 "password is needed" sh -c \
	"mv '$TRATO_CLUSTER/pass' '$TRATO_CLUSTER/.pgpass' &&
	HOME='$TRATO_CLUSTER' '$trato' --restricted -d '$there' -u $ana list holds < /dev/null"
expect "which does without" 0 "Client" sh -c \
	"HOME='$TRATO_CLUSTER' '$trato' -u $ana list holds < /dev/null; rm '$TRATO_CLUSTER/.pgpass'"
expect "restricted, asked for" 0 "Client" with "$secret" "$trato" --restricted -d "$there" -u $ana list holds
# Of each variable that somebody far away may send, and of all together, nothing is seen.
hostile=$TRATO_CLUSTER/hostile
mkdir "$hostile" "$hostile/trato"
echo "*:*:*:*:$secret" > "$hostile/pgpass"
printf '[hostile]\nhost=/nowhere\n' | tee "$hostile/services" > "$hostile/pg_service.conf"
echo 'connection = "host=/nowhere"; language = "es";' > "$hostile/trato/trato.conf"
locked() {
	with "$secret" env "$@" "$trato" --restricted -d "$there" -u $ana list holds --csv
}
locked LC_ALL=C.UTF-8 > "$hostile/clean"
# lines COMMAND: the variables as arguments.
variables() {
	sed "s|%|$hostile|g; s/'/'\\\\''/g; s/.*/'&'/" tests/harness/variables | grep -v "^'PATH=" | tr '\n' ' '
}
one_by_one() {
	eval "set -- $(variables)"
	seen=0
	for variable; do
		if ! locked "$variable" > "$hostile/got" 2>&1 || ! cmp "$hostile/clean" "$hostile/got"; then
			echo "$variable"
			seen=$((seen + 1))
		fi
	done
	echo "$# tried, $seen seen"
}
together() {
	eval "set -- $(variables)"
	locked "$@" | cmp - "$hostile/clean" && find "$hostile" -name effect && echo unseen
}
expect "restricted, hostile variables one by one" 0 "108 tried, 0 seen" one_by_one
expect "nor all together" 0 unseen together
expect "as a login shell it hears no command" 2 "Here is only Trato" \
	bash -c "exec -a -trato '$trato' -c 'list holds' < /dev/null"
expect "no connection string" 2 '-d must be a connection string of libpq' \
	"$trato" -d "nonsense=1" list holds
expect "none in the configuration" 2 "conf, line 2: connection must be" sh -c \
	"printf '\n%s\n' 'connection = \"nonsense=1\";' > '$TRATO_CLUSTER/conf' &&
	'$trato' -c '$TRATO_CLUSTER/conf' list holds"
expect "a connection on the command line goes before it" 3 "cannot be reached" \
	"$trato" -c "$TRATO_CLUSTER/conf" -d "host=/nowhere" list holds
expect "no server" 3 "cannot be reached" "$trato" -d "host=/nowhere" list holds
expect "a rep is no manager" 4 "may not" as $ana user disable $marta
expect "a rep resets nobody's password" 4 "may not" \
	with "$secret" env PGPASSWORD="$secret" "$trato" -u $ana user password $marta
expect "role" 0 "$ana is now: supervisor" as $marta user role $ana supervisor
expect "role is there" 0 "trato_supervisor" sql \
	"SELECT string_agg(r.rolname, ',') FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
	  WHERE m.member = '\"$ana\"'::regrole"
expect "disabled by a manager" 0 "Sessions ended: 0" as $marta user disable $ana
expect "and out" 3 "may not log in" as $ana list holds
expect "enabled" 0 "may log in again" as $marta user enable $ana
expect "and in" 0 "Client" as $ana list holds
expect "not oneself" 1 "to himself" as $marta user disable $marta
expect "nobody" 1 "does not exist" as $marta user enable nobody@trato.example
expect "own password" 0 "is changed." \
	with "another good one" env PGPASSWORD="$secret" "$trato" -u $ana user password
expect "the old one is gone" 3 "not right" as $ana list holds
expect "reset by a manager" 0 "at the next login" \
	with "$secret" env PGPASSWORD="$secret" "$trato" -u $marta user password $ana
expect "and leads nowhere" 4 "first: trato user password" as $ana list holds
expect "but to an own one" 0 "is changed." own $ana
expect "which works" 0 "Client" as $ana list holds

export PGUSER=postgres
old=old@trato.example
expect "a login as a dump of another server restores it" 0 "" sql "
	INSERT INTO trato.person (email, name, roles) VALUES ('$old', 'Old', '{rep}');
	CREATE ROLE \"$old\" LOGIN IN ROLE trato_rep"
expect "is handed over" 0 "up to date" "$trato" db migrate
expect "and again" 0 "up to date" "$trato" db migrate
unset PGUSER
expect "then has its role changed" 0 "is now: supervisor" as $marta user role $old supervisor
expect "and keeps no other" 0 "roles trato_supervisor" sql \
	"SELECT 'roles ' || string_agg(r.rolname, ',' ORDER BY r.rolname) FROM pg_auth_members m
	   JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = '\"$old\"'::regrole"
expect "may not log in any more" 0 "Sessions ended: 0" as $marta user disable $old
export PGUSER=postgres
expect "and is gone" 0 "" sql "DROP ROLE \"$old\"; DELETE FROM trato.person WHERE email = '$old'"
expect "somebody to list" 0 "" \
	sql "SET ROLE trato_owner; UPDATE trato.person SET name = '=SUM(A1) ' || U&'\\202E' || chr(27)
		WHERE email = '$ana'"
unset PGUSER
expect "text is cleaned" 0 "<U+202E>" as $marta user list
document=$(as $marta user list --json)
json() {
	echo "SELECT json_array_length(d), d -> 0 ->> 'email' FROM (SELECT :'d'::json AS d) AS x" |
		PGUSER=postgres psql -XAt -F ' ' -v d="$document"
}
expect "JSON is a document" 0 "2 $ana" json
expect "CSV is no formula" 0 "'=SUM" as $marta user list --csv
for list in holds notices actions; do
	expect "list $list" 0 "Client" as $marta list $list
	expect "list $list --json" 0 "[]" as $marta list $list --json
	expect "list $list --csv" 0 "client," as $marta list $list --csv
done
expect "a full disk" 1 "cannot be written" sh -c \
	"PGPASSWORD='$secret' '$trato' -u $marta list holds --csv > /dev/full"
expect "no such list" 2 "list holds" as $marta list everything
expect "no such command" 2 "db init" "$trato" dance
expect "too many words" 2 "Usage: trato list holds" as $marta list holds now
expect "which word" 2 "now is one word too many" as $marta list holds now
expect "which option" 2 "has no option --sideways" as $marta list holds --sideways
expect "which letter" 2 "has no option -x" as $marta list holds -xy
expect "an option that is said alone" 2 "--json takes nothing behind it" as $marta list holds --json=yes
expect "an option with nothing behind it" 2 "Nothing stands behind --client" as $marta list holds --client
expect "a letter with nothing behind it" 2 "Nothing stands behind -o" as $marta export clients -o
expect "a format of another command" 2 "no such format" as $marta list holds --ics
expect "an unknown format" 2 "no such format" as $marta export clients --format pdf
for option in "-u $ana" "-u$ana" "--user $ana" "--user=$ana" "-c x" "--restricted"; do
	# shellcheck disable=SC2086 # an option and what stands behind it
	expect "$option behind the command" 2 "has its place before the command" as $marta list holds $option
done
expect "an option behind the dashboard" 2 "trato -u E-MAIL dashboard" "$trato" dashboard -u $ana
expect "the rest of an unknown command" 2 "trato list clients | actions" "$trato" lists clients
expect "an option of another command" 2 "Usage:" as $marta list holds --name x
expect "an unknown option" 2 "Usage:" as $marta list holds --sideways

# The agenda: next steps by day, and as a calendar whose lines are short and whose texts are quoted.
as $marta user role $ana rep > /dev/null
sql "SET search_path = trato; SET SESSION AUTHORIZATION '$ana';
	SELECT save_client(gen_random_uuid(), NULL, NULL, 'Bodega; \"Ñ\", S.L.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '983 1', NULL, NULL);
	SELECT save_division(gen_random_uuid(), NULL, NULL, max(id), 'Todo', NULL, NULL, true) FROM client;
	SELECT open_action(gen_random_uuid(), max(client_id), 'Vino', ARRAY[max(id)]) FROM division;
	SELECT set_next_step(gen_random_uuid(), max(id), max(version), repeat('ñ', 60) || ',END:VEVENT', '2026-11-22') FROM action" > /dev/null
expect "the agenda" 0 "22/11/2026" as $ana list agenda
expect "in CSV days are as in the database" 0 "2026-11-22," as $ana list agenda --csv
expect "as JSON" 0 '"overdue":' as $ana list agenda --json
expect "nobody else's" 0 "[]" as $marta list agenda --json
expect "as a calendar" 0 "DTSTART;VALUE=DATE:20261122" as $ana list agenda --ics
expect "its texts are quoted" 0 '\,END:VEVENT' as $ana list agenda --ics
as $ana list agenda --ics > "$output.ics"
# shellcheck disable=SC2016
expect "its lines have 75 bytes at most" 0 "short" env LC_ALL=C \
	awk 'length($0) > most { most = length($0) } END { print most <= 76 ? "short" : "long" }' "$output.ics"
rm -f "$output.ics"
expect "no calendar of other lists" 2 "Usage" as $ana list holds --ics

# What only a login of his own can try with psql.
attack() {
	PGUSER=$ana PGPASSWORD=$secret psql -XAtq -d trato -v VERBOSITY=verbose -c "$1" 2>&1 || :
}
PGUSER=postgres psql -Xqc "SELECT pg_sleep(60)" > /dev/null 2>&1 &
until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)'")" = 1 ]; do :; done
for statement in "SET SESSION AUTHORIZATION '$marta'" "CREATE DATABASE x" "ALTER SYSTEM SET log_statement = 'all'" \
	"COPY trato.client FROM STDIN" "CREATE SUBSCRIPTION x CONNECTION '' PUBLICATION x" "CREATE TABLESPACE x LOCATION '/tmp'" \
	"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'" \
	"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'"; do
	expect "psql: $statement" 0 "ERROR:  42501" attack "$statement"
done
expect "psql: others' statements are not shown" 0 "0 hidden" \
	attack "SELECT count(*) FILTER (WHERE query LIKE '%pg_sleep(60)') || CASE WHEN bool_or(query = '<insufficient privilege>') THEN ' hidden' END
	          FROM pg_stat_activity WHERE usename <> session_user"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND pid <> pg_backend_pid()" > /dev/null
wait

# Who floods the server uses up his own connections, and the others go on working.
sql "ALTER ROLE \"$ana\" CONNECTION LIMIT 4" > /dev/null
for _ in 1 2 3 4; do
	attack "SET statement_timeout = 0; SELECT count(*) FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS b" > /dev/null &
done
until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE usename = '$ana' AND state = 'active'")" = 4 ]; do :; done
expect "a flood ends at the limit of its login" 3 "too many connections" as $ana list holds
expect "others work meanwhile" 0 "Client" as $marta list holds
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '$ana'" > /dev/null
wait
expect "afterwards he does, too" 0 "Client" as $ana list holds
finish
