#!/bin/sh
# The example of a wall's screen is a unit that systemd takes; what it starts is there.
# shellcheck disable=SC1091,SC2154
cd "$(dirname "$0")/../.." || exit 1
. tests/cli/tap.sh
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT

# verify [SED]: how much systemd has to say about the unit.
verify() {
	sed "s|/usr/bin/trato|$(realpath "$trato")|; ${1:-}" examples/dashboard/trato-dashboard@.service > "$dir/trato-dashboard@tty1.service"
	systemd-analyze verify --man=no "$dir/trato-dashboard@tty1.service" 2>&1 | grep -c trato-dashboard
}
expect "the dashboard's unit is one" 1 "0" verify
expect "as far as systemd looks" 0 "1" verify "s/TTYReset=yes/TTYReset=perhaps/"
expect "its command line is one" 2 "trato --help" "$trato" dashboard all

finish
