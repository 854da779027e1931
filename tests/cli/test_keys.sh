#!/bin/sh
# trato keys: what it prints is a configuration that says the same, and it tells what is wrong.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
folder=$(mktemp -d)
trap 'rm -rf "$output" "$folder"' EXIT
export XDG_CONFIG_HOME="$folder"

expect "all sections" 0 "    form: {" "$trato" keys
expect "in Spanish" 0 "# Abrir" env LANGUAGE=es "$trato" keys

"$trato" keys > "$folder/all"
expect "the output as a configuration" 0 "keys = {" "$trato" -c "$folder/all" keys
"$trato" -c "$folder/all" keys > "$folder/again" 2> "$folder/warnings"
expect "says the same" 0 "identical" diff -s "$folder/all" "$folder/again"
expect "without warnings" 0 "identical" diff -s "$folder/warnings" /dev/null

mkdir "$folder/trato"
printf '%s\n' 'keys = { actions: { new-action = "F11 \" \\ ñ"; }; };' > "$folder/trato/trato.conf"
expect "several keys, signs of libconfig" 0 'new-action = "F11 \" \\ ñ";' "$trato" keys
echo 'keys = { actions: { new-action = "/"; }; };' > "$folder/trato/trato.conf"
expect "a warning" 0 "trato.conf:1: The key / was that of search" "$trato" keys
printf 'keys = { actions: {\n new-action = "w";\n next-step = "w"; }; };' > "$folder/trato/trato.conf"
expect "a conflict" 2 "trato.conf:3: The key w is given to next-step" "$trato" keys
expect "the same for the screens" 2 "trato.conf:3: The key w" "$trato"

finish
