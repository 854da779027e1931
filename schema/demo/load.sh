#!/bin/sh
# Demo data for the database that PGHOST, PGPORT and PGDATABASE name, as its superuser:
#
#   load.sh [SCALE]     1: the demo (the default); 1000: 1,000,000 clients
set -eu
exec psql -Xq -v ON_ERROR_STOP=1 -v scale="${1:-${SCALE:-1}}" -f "$(dirname "$0")/demo.sql"
