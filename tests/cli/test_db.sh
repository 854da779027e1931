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

# The watchdog: what a person can do in spite of the limits of his login.
eva=eva@trato.example
with "a long password" "$trato" user add $eva --name Eva --role rep > /dev/null
sql "ALTER ROLE \"$eva\" SET lock_timeout = '1min'" > /dev/null
expect "status: another limit is none of its business" 0 "all 11 rules" "$trato" db status
PGUSER=$eva PGPASSWORD="a long password" psql -Xqc 'ALTER ROLE session_user SET statement_timeout = 0'
expect "status: limits lifted" 1 "$eva has lifted those of the login: statement_timeout=0" "$trato" db status
sql "ALTER ROLE \"$eva\" RESET statement_timeout" > /dev/null
expect "a migration is needed once only" 0 "up to date" "$trato" db migrate
mkfifo "$TRATO_CLUSTER/sql"
PGUSER=$eva PGPASSWORD="a long password" psql -Xq < "$TRATO_CLUSTER/sql" > /dev/null &
exec 3> "$TRATO_CLUSTER/sql"
echo 'BEGIN; LOCK TABLE trato.client IN ACCESS SHARE MODE;' >&3
until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE usename = '$eva' AND state = 'idle in transaction'")" = 1 ]; do :; done
psql -Xqc "SET lock_timeout = '60s'; LOCK TABLE trato.client" > /dev/null 2>&1 &
until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND state_change < now() - interval '5 seconds'")" = 1 ]; do :; done
expect "status: who holds the others up" 1 "Blocking       $eva" "$trato" db status
exec 3>&-
wait
expect "status: all is well again" 0 "all 11 rules are kept" "$trato" db status

# What nobody of the team can do: the superuser goes round every trigger and foreign key.
expect "status says that the rules are kept" 0 "all 11 rules are kept" "$trato" db status
sql "CREATE DATABASE broken" > /dev/null
"$trato" -d dbname=broken db init > /dev/null 2>&1
psql -Xq -v ON_ERROR_STOP=1 -d broken > /dev/null <<'SQL'
SET search_path = trato;
SET session_replication_role = replica;
DROP INDEX hold_division_is_free;
INSERT INTO client (name) VALUES ('X');
INSERT INTO action (client_id, title, state, closed_at)
VALUES (1, 'bare', 'open', NULL), (1, 'closed', 'cancelled', now()),
       (1, 'too', 'cancelled', now());
INSERT INTO hold (action_id, division_id, client_id) VALUES (2, 1, 1), (3, 1, 1);
INSERT INTO offer (action_id, root_id, title, year, serial, valid_until, presented_at, state, approved_on,
                   approved_at, accepted_on, accepted_by, notice_id, net_cents, total_cents)
VALUES (1, 1, 'a', 2026, 1, today(), now(), 'approved', today(), now(), today(), 'X', 99, 100, 100),
       (2, 2, 'b', 2026, 2, today(), now(), 'presented', NULL, NULL, NULL, NULL, NULL, 100, 100);
INSERT INTO notice (offer_id, action_id, total_cents) VALUES (2, 2, 5);
INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
VALUES (1, 2, '1', today(), 10, 0, 10);
INSERT INTO figure_month (kind, area_id, rep_id, month, currency, until, offers, cents)
VALUES ('draft', -1, 0, 'infinity', 'EUR', 'infinity', 1, 100);
SQL
while read -r sentence; do
	expect "status: $sentence" 1 "$sentence" "$trato" -d dbname=broken db status
done <<'END'
Approved offers without a notice: 1 (2026-00001, for one)
Notices without an approved offer: 1 (2026-00002, for one)
Notices with another amount than their offer: 1 (2026-00002, for one)
Notices that are invoiced beyond their total: 1 (2026-00002, for one)
Notices whose invoices do not add up to what is invoiced: 1 (2026-00002, for one)
Closed actions that still hold a division: 2 (1003, for one)
Divisions that two actions hold: 1 (1003, for one)
Open actions that hold no division: 1 (1001, for one)
Open actions without an owner, or with two: 1 (1001, for one)
Closed actions with an offer that is still open: 1 (1002, for one)
Figures of the dashboard that differ from what they count: 1 (draft, for one)
somebody has gone round it
END

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
