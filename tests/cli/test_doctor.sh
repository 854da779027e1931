#!/bin/sh
# trato doctor: what it finds out about the way to a database and about the database, on a real server
# with a certificate of its own, and that it says what to do.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
unset PGPASSWORD PGSSLMODE
here=$(dirname "$0")/../harness
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$output"' EXIT
export XDG_CONFIG_HOME="$folder"
secret="contraseña larga"

# ---- without a database, and without a server

expect "no database" 1 "Database       fault    The server has no Trato database" "$trato" -d dbname=other doctor
expect "a database that is empty" 1 "Database       fault    This database has not been set up yet. To do it: trato db init" \
	"$trato" -d dbname=postgres doctor
"$trato" -d dbname=trato db init > /dev/null || exit 1
expect "the administrator" 0 "Rights         ok       This login is the server's administrator" "$trato" -d dbname=trato doctor
expect "finds all rules kept" 0 "All 11 rules are kept." "$trato" -d dbname=trato doctor
in_trato() {
	psql -XAtqd trato -c "$1"
}
mkfifo "$folder/locking"
psql -Xqd trato < "$folder/locking" > /dev/null 2>&1 &
exec 3> "$folder/locking"
echo 'BEGIN; LOCK TABLE trato.hold;' >&3
until [ "$(in_trato "SELECT count(*) FROM pg_locks WHERE relation = 'trato.hold'::regclass AND mode = 'AccessExclusiveLock' AND granted")" = 1 ]; do :; done
expect "rules that take too long" 0 "Database       warning  There was not enough time to see whether all rules are kept." \
	env PGOPTIONS="-c lock_timeout=100" "$trato" -d dbname=trato doctor
exec 3>&-
wait
tamper() {
	psql -Xqd trato -v ON_ERROR_STOP=1 -c "SET allow_system_table_mods = on; UPDATE pg_catalog.pg_extension
		SET extname = '$2' WHERE extname = '$1'"
}
tamper unaccent gone
expect "an extension that is missing" 1 "The database lacks the extensions: unaccent" "$trato" -d dbname=trato doctor
tamper gone unaccent
last=$(in_trato "SELECT max(version) FROM trato.schema_version")
"$here/old-schema" older 40
expect "an older database" 1 "older has version 40 of $last. The database is older than this program" \
	"$trato" -d dbname=older doctor
in_trato "UPDATE trato.schema_version SET version = 9999 WHERE version = $last"
expect "a newer one" 1 "newer than this program" "$trato" -d dbname=trato doctor
in_trato "UPDATE trato.schema_version SET version = $last WHERE version = 9999"
expect "a rule that was gone round" 1 "Open actions that hold no division: 1." sh -c \
	"psql -Xqd trato -c \"SET session_replication_role = replica; INSERT INTO trato.client (name) VALUES ('X');
		INSERT INTO trato.action (client_id, title) SELECT max(id), 'bare' FROM trato.client\" &&
	'$trato' -d dbname=trato doctor"
in_trato "SET session_replication_role = replica; DELETE FROM trato.action; DELETE FROM trato.client"

expect "no socket" 1 "Connection     fault    /nowhere, port 5432: there is no server. Start PostgreSQL" \
	"$trato" -d "host=/nowhere" doctor
expect "the port of the environment" 1 "/var/run/postgresql, port 1: there is no server." \
	env -u PGHOST PGPORT=1 "$trato" doctor
expect "a port where nothing listens" 1 "127.0.0.1, port 1: nothing listens there. Check host and port" \
	"$trato" -d "host=127.0.0.1 port=1" doctor
expect "in Spanish" 1 "ahí no escucha nadie" env LANGUAGE=es "$trato" -d "host=127.0.0.1 port=1" doctor
expect "a name that there is not" 1 "nosuch.invalid, port 5432: this name is not known." \
	"$trato" -d "host=nosuch.invalid" doctor
# Listens, accepts and stays silent, until its input ends.
mkfifo "$folder/end"
perl -MIO::Socket::INET -e '$| = 1; my $l = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die;
	print $l->sockport, "\n"; <STDIN>' < "$folder/end" > "$folder/silent" &
exec 3> "$folder/end"
until [ -s "$folder/silent" ]; do :; done
expect "a server that is silent" 1 "port $(cat "$folder/silent"): it does not answer." \
	"$trato" -d "host=127.0.0.1 port=$(cat "$folder/silent") connect_timeout=1" doctor
exec 3>&-
wait
expect "one of two is there" 0 "Connection     warning  /nowhere, port 5432" \
	"$trato" -d "host=/nowhere,$PGHOST dbname=trato" doctor

# ---- persons

with "$secret" "$trato" -d dbname=trato user add ana@trato.example --name Ana --role rep > /dev/null
with "$secret" "$trato" -d dbname=trato user add marta@trato.example --name Marta --role manager > /dev/null
unset PGUSER
export PGDATABASE=trato
# doctor_of PERSON [ARGUMENT...]
doctor_of() {
	person=$1
	shift
	env PGPASSWORD="${password:-$secret}" "$trato" -d "${conninfo:-dbname=trato}" -u "$person@trato.example" doctor "$@"
}
expect "nobody is logged in: that is told, and nothing is asked" 0 "Nobody is logged in, so database, clock and rights are not looked at. To look further say who you are" \
	sh -c "'$trato' doctor < /dev/null"
expect "nor of who says who he is, without a terminal" 0 "Nobody is logged in" \
	sh -c "echo x | '$trato' -u ana@trato.example doctor"
expect "a newcomer" 0 "Rights         warning  ana@trato.example is Ana: sales rep. Somebody else has set the password" doctor_of ana
settle
expect "a rep" 0 "Rights         ok       ana@trato.example is Ana: sales rep." doctor_of ana
expect "does not count what she does not see" 0 "0" sh -c "PGPASSWORD='$secret' '$trato' -u ana@trato.example doctor | grep -c 'rules are kept' | cat"
expect "a manager does" 0 "All 11 rules are kept." doctor_of marta
password=wrong expect "a wrong password" 1 "Rights         fault    The e-mail or the password is not right." doctor_of ana
sql 'ALTER ROLE "ana@trato.example" NOLOGIN' > /dev/null
expect "a locked account" 1 "Rights         fault    This account may not log in. Ask a manager" doctor_of ana
sql 'ALTER ROLE "ana@trato.example" LOGIN' > /dev/null
sql "CREATE ROLE \"eva@trato.example\" LOGIN PASSWORD '$secret' IN ROLE trato_rep" > /dev/null
expect "a login that is no person" 1 "Rights         fault    This login is not a person of Trato." doctor_of eva
expect "the clock" 0 "Clock          ok       The same as the server's" doctor_of ana
expect "with a comma where the language has one" 0 "1" sh -c \
	"LANGUAGE=es PGPASSWORD='$secret' '$trato' -u ana@trato.example doctor | grep -c 'tarda [0-9]*,[0-9]* ms'"
# The sanitizers want to be the first library.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0"
expect "a clock that is ahead" 0 "Clock          warning  This computer is 7" \
	env PGPASSWORD="$secret" FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f +2h "$trato" -u ana@trato.example doctor
expect "and behind" 0 "s behind the server. Let both be set by the network" \
	env PGPASSWORD="$secret" FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f -2h "$trato" -u ana@trato.example doctor

# ---- for programs, and for nobody

state_of() {
	doctor_of ana --json | jq -r ".[] | select(.check == \"$1\") | .state"
}
expect "JSON" 0 "ok" state_of rights
expect "whose names are the same in any language" 0 "warning" sh -c "LANGUAGE=es '$trato' doctor --json | jq -r '.[-1].state'"
expect "CSV" 0 'rights","ok"' doctor_of ana --csv
expect "the password stands nowhere" 0 "0" sh -c "PGPASSWORD='$secret' '$trato' -u ana@trato.example -d 'password=\"$secret\"' doctor --json 2>&1 | grep -c '$secret' | cat"
expect "restricted, nothing is told" 4 "With --restricted nothing is told about this computer" \
	"$trato" --restricted doctor

# ---- configuration and language

conf() {
	printf '%s\n' "$1" > "$folder/conf"
	doctor_conf=$folder/conf
}
configured() {
	env PGPASSWORD="$secret" "$@" "$trato" -c "$doctor_conf" -u ana@trato.example doctor
}
conf 'bell = false;'
expect "a configuration" 0 "Configuration  ok       $folder/conf is read." configured
chmod go+w "$folder/conf"
expect "that others may write" 0 "warning  Others may write $folder/conf, and so choose the server. Take that away: chmod go-w" configured
chmod go-w "$folder/conf"
conf 'bells = false;'
expect "an unknown option does not end it" 1 "conf, line 1: there is no option \"bells\"" configured
expect "which is not told as read" 0 "0" sh -c "'$trato' -c '$folder/conf' doctor 2>&1 | grep -c 'is read' | cat"
expect "which goes on" 1 "Rights         ok" configured
conf 'keys = { form: { dance = "x"; }; };'
expect "an unknown command" 1 "dance" configured
conf "connection = \"dbname=trato password='$secret'\";"
expect "a password in the file" 0 "there is a password in it. Take it out" configured
expect "is not shown" 0 "0" sh -c "'$trato' -c '$folder/conf' -u ana@trato.example doctor | grep -c '$secret' | cat"
conf 'connection = "nonsense=1";'
expect "no connection string" 1 "connection must be a connection string of libpq" configured
conf "log_file = \"$folder\";"
expect "a log that cannot be written" 1 "Correct log_file, or leave it out." configured
expect "a word too many" 2 "Usage: trato doctor" "$trato" doctor now
doctor_conf=/nowhere/conf
expect "one that is not there" 1 "The configuration /nowhere/conf cannot be read" configured
conf ''
expect "a locale of another kind" 0 "Language       warning  The locale POSIX is none of UTF-8; C.UTF-8 is taken. Set LANG=C.UTF-8" \
	configured LC_ALL=POSIX
expect "one that is not installed" 0 "The locale xx_YY.UTF-8 is not installed here." configured LC_ALL=xx_YY.UTF-8
mkdir "$folder/bin"
cp "$trato" "$folder/bin/"
[ -e /usr/local/share/locale/es/LC_MESSAGES/trato.mo ] ||
	expect "texts that are not installed" 0 "The texts in Spanish are not installed" sh -c \
		"LANGUAGE=es PGPASSWORD='$secret' '$folder/bin/trato' -u ana@trato.example doctor"

# ---- TLS

data=$TRATO_CLUSTER/data
crm=crm.trato.test
port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
export PGUSER=postgres
"$here/cluster" certify "$TRATO_CLUSTER" $crm < /dev/null || exit 1
sql "CREATE ROLE \"clear@trato.example\" LOGIN PASSWORD '$secret'" > /dev/null
sql "COPY (VALUES ('local all postgres peer map=owner'), ('local all all scram-sha-256'),
	('host all \"clear@trato.example\" 127.0.0.1/32 password'),
	('host trato all 127.0.0.1/32 scram-sha-256')) TO '$data/hba' (QUOTE E'\\x01', FORMAT csv)" > /dev/null
for line in "hba_file = '$data/hba'" "port = $port" "listen_addresses = '127.0.0.1'" "ssl = on"; do
	sql "ALTER SYSTEM SET $line" > /dev/null
done
"$here/cluster" stop "$TRATO_CLUSTER" < /dev/null
"$here/cluster" start "$TRATO_CLUSTER" < /dev/null
export PGPORT="$port"
unset PGUSER
tcp="host=$crm hostaddr=127.0.0.1 dbname=trato"
roots="sslrootcert=$data/ca.crt"
conninfo="$tcp $roots"
expect "TLS, and who the server is" 0 "Encryption     ok       TLSv1.3; the server is checked, and the password bound to it." doctor_of ana
expect "its certificate ends" 0 "Encryption     warning  The server's certificate ends on $(date -u -d "$(openssl x509 -noout -enddate -in "$data/server.crt" | cut -d= -f2)" +%F). Renew it" doctor_of ana
expect "seen without a login, too" 0 "TLSv1.3; the server is checked" "$trato" -d "$conninfo" doctor
conninfo="$tcp"
expect "an unknown authority" 1 "Encryption     fault    The server's certificate comes from nobody who is trusted here" doctor_of ana
conninfo="host=other.trato.test hostaddr=127.0.0.1 dbname=trato $roots"
expect "another name" 1 "Encryption     fault    The server's certificate is for another name" doctor_of ana
conninfo="$tcp sslmode=require"
expect "who it is is not checked" 0 "Encryption     warning  Nobody checks whether the server is the right one" doctor_of ana
conninfo="$tcp sslmode=disable"
expect "no encryption" 0 "Encryption     warning  The connection to the server is not encrypted" doctor_of ana
conninfo="$tcp $roots"
expect "a password in clear" 1 "Encryption     fault    The server does not prove that it knows the password" doctor_of clear
conninfo="host=$crm hostaddr=127.0.0.1 dbname=postgres $roots"
expect "no line in pg_hba.conf" 1 "pg_hba.conf of the server needs a line for people, such as: hostssl trato all" doctor_of ana
conf 'socket_owner = "nobody";'
expect "a server that runs as somebody else" 1 "Encryption     fault    The server on this machine runs as somebody else" configured
export PGUSER=postgres
sql "ALTER SYSTEM SET ssl = off" > /dev/null
"$here/cluster" stop "$TRATO_CLUSTER" < /dev/null
"$here/cluster" start "$TRATO_CLUSTER" < /dev/null
unset PGUSER
conninfo="$tcp $roots"
expect "a server without TLS" 1 "Encryption     fault    The server does not encrypt the connection" doctor_of ana
finish
