#!/bin/sh
# What stands behind trato and can be wrong: see arguments.pl.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
for who in marta:manager ana:rep luis:rep; do
	with "long enough" "$trato" user add "${who%:*}@trato.example" --name "${who%:*}" --role "${who#*:}" > /dev/null
done
settle
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT
export PGPASSWORD="long enough" XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME=/nowhere
unset PGUSER
perl "$(dirname "$0")/arguments.pl" "$trato" "$dir"
