#!/bin/sh
# trato db: creation, migration and inspection of a database, and what is refused.
# Runs on an empty server; PGUSER is its administrator.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato

expect "status without a database" 3 "no Trato database" "$trato" db status
expect "migrate without a database" 3 "db init" "$trato" db migrate
expect "list without a database" 3 "no Trato database" "$trato" list holds
expect "init" 0 "The database is ready" "$trato" db init
expect "init again" 1 "set up already" "$trato" db init
expect "migrate with nothing to do" 0 "up to date" "$trato" db migrate
expect "status" 0 "Schema " "$trato" db status
expect "encoding and sorting" 0 "UTF8 C.UTF-8" \
	sql "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = 'trato'"

standby=$TRATO_CLUSTER/standby
cluster=$(dirname "$0")/../harness/cluster
"$cluster" standby "$TRATO_CLUSTER" "$standby" && "$cluster" start "$standby" < /dev/null
expect "status of a standby" 0 "standby, a standby, 0 s behind" "$trato" -d "host=$standby" db status
expect "status of its primary" 0 "walreceiver (async)" "$trato" db status
expect "of both the one that takes changes" 0 "$TRATO_CLUSTER, which takes changes" \
	"$trato" -d "host=$standby,$TRATO_CLUSTER" db status
expect "a standby only reads" 1 "read-only" "$trato" -d "host=$standby dbname=other" db init
"$cluster" stop "$standby"
sql "ALTER SYSTEM SET synchronous_standby_names = 'missing'" > /dev/null
sql "SELECT pg_reload_conf()" > /dev/null
until [ "$(sql "SHOW synchronous_standby_names")" = missing ]; do :; done
expect "saving waits for nobody" 1 "a standby that is not there (missing)" "$trato" db status
sql "ALTER SYSTEM RESET synchronous_standby_names" > /dev/null
sql "SELECT pg_reload_conf()" > /dev/null
until [ -z "$(sql "SHOW synchronous_standby_names")" ]; do :; done

sql "CREATE DATABASE empty" > /dev/null
expect "status of an empty database" 1 "not been set up" "$trato" -d dbname=empty db status
expect "migrate of an empty database" 1 "db init" "$trato" -d dbname=empty db migrate
expect "list in an empty database" 3 "no Trato database" "$trato" -d dbname=empty list holds
expect "init of an empty database" 0 "is ready" "$trato" -d dbname=empty db init

# Two at once: the second waits, then finds nothing to do.
sql "CREATE DATABASE twice" > /dev/null
"$trato" -d dbname=twice db init > /dev/null 2>&1 &
first=$!
"$trato" -d dbname=twice db init > /dev/null 2>&1 || :
wait $first || :
expect "two inits at once make one schema" 0 "version" "$trato" -d dbname=twice db status

last="(SELECT max(version) FROM trato.schema_version)"
sql "UPDATE trato.schema_version SET checksum = 'other' WHERE version = 2" > /dev/null
expect "a changed migration" 1 "another edition" "$trato" db migrate
expect "status of it" 1 "another edition" "$trato" db status
PGDATABASE=empty
expect "a newer database" 0 "UPDATE 1" \
	sql "UPDATE trato.schema_version SET version = 9999 WHERE version = $last"
expect "is left alone" 1 "newer than this program" "$trato" -d dbname=empty db migrate
sql "DELETE FROM trato.schema_version WHERE version = 9999" > /dev/null
expect "an older database" 1 "db migrate" "$trato" -d dbname=empty db status
expect "a migration that fails" 1 "failed and left nothing behind" \
	sh -c "psql -Xqc 'CREATE TABLE trato.zz()' && psql -Xqc \"ALTER TABLE trato.schema_version
		ADD CONSTRAINT no_more CHECK (version < $(sql "SELECT $last + 1"))\" &&
		exec '$trato' -d dbname=empty db migrate"
PGDATABASE=twice
sql "UPDATE trato.schema_version SET client_min = 1000, client_max = 1000" > /dev/null
expect "a program too old for the schema" 3 "older than the database" \
	"$trato" -d dbname=twice list holds
finish
