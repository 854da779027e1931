#!/bin/sh
# Demo data for the database that PGHOST, PGPORT and PGDATABASE name, as its superuser:
#
#   load.sh [SCALE]     1: the demo (the default); 1000: 1,000,000 clients
#
# From 2 on it is no longer one transaction: clients are found while the rest is still being written, and
# the rules are checked by two as well. What fails leaves a database to be thrown away.
set -eu
cd "$(dirname "$0")"
scale=${1:-${SCALE:-1}}
demo() { psql -Xq -v ON_ERROR_STOP=1 -v scope=SESSION -v scale="$scale" "$@"; }

[ "$scale" -gt 1 ] || exec psql -Xq -v ON_ERROR_STOP=1 -v scale=1 -f demo.sql
demo -f session.sql -f start.sql -f clients.sql
demo -f session.sql -f clients_found.sql &
clients=$!
demo -f session.sql -f actions.sql -f offers.sql -f notices.sql -f communications.sql
demo -f session.sql -f communications_found.sql &
communications=$!
demo -f session.sql -f rest_found.sql
wait $clients
wait $communications
demo -c 'SET client_min_messages = warning' -c 'DROP SCHEMA demo CASCADE'
vacuumdb -j 2 -q -z
demo -v turn=0 -f check.sql &
demo -v turn=1 -f check.sql
wait $!
