#!/bin/sh
# trato audit: the trail of a record, a person, some days, in all formats; who sees it, and who sees
# what was opened.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
for who in marta:manager ana:rep luis:rep; do
	with "$secret" "$trato" user add "${who%:*}@trato.example" --name "${who%:*}" --role "${who#*:}" > /dev/null
done
settle
sql "
	SET SESSION AUTHORIZATION 'ana@trato.example'; SET search_path = trato, pg_temp;
	SELECT save_client(gen_random_uuid(), NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
	  FROM unnest('{Cerámicas Ñandú,=1+1,Cerámicas Sur}'::text[]) AS name;
	SELECT save_client(gen_random_uuid(), 1, 1, 'Cerámicas Ñandú', NULL, NULL, NULL, 'León', NULL, NULL, NULL, NULL, NULL, NULL);
	SELECT save_division(gen_random_uuid(), NULL, NULL, 1, 'North', NULL, NULL, true);
	SELECT open_action(gen_random_uuid(), 1, 'Deal', ARRAY[1]);
	SELECT log_opening('client', 1);
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"

of() {
	who=$1@trato.example
	shift
	"$trato" -u "$who" audit "$@"
}
lines() {
	of "$@" --csv | tail -n +2 | wc -l
}

expect "a change, field by field" 0 ",ana,ana@trato.example,update,client,1,Cerámicas Ñandú,Cerámicas Ñandú,,city,,León" of ana --client 1 --csv
expect "for people, in words" 0 "changed    client    Cerámicas Ñandú  Cerámicas Ñandú  City " of luis --client ñandu
expect "for people" 0 "León" of luis --client ñandu
expect "in JSON" 0 '"field":"city","old":null,"new":"León"' of ana --client 1 --json
expect "no formula" 0 "'=1+1" of ana --client 2 --csv
expect "a name that is not clear" 2 "give more of the name" of ana --client cerámicas
expect "nobody" 2 "There is nothing called zzz." of ana --client zzz
expect "an action by its number" 0 ",action,1,Deal," of ana --action 1001 --csv
expect "of others" 1 "There is no action 1001 that you may see." of luis --action 1001
expect "a row" 0 ",division,1,North," of luis --record division/1 --csv
expect "no such action" 1 "There is no action 99999 that you may see." of marta --action 99999
expect "no number of an action" 2 "--action takes the number of an action." of marta --action many
expect "nor has an action that of an offer" 2 "--action takes the number of an action." of marta --action 2026-00042
expect "no such offer" 1 "There is no offer 2026-00042 that you may see." of marta --offer 2026-00042
expect "no number of an offer" 1 "There is no offer 1001 that you may see." of marta --offer 1001
expect "no record" 2 "A record is named by what it is and its id, such as contact/17." of marta --record foo
expect "no kind of record" 2 "such as contact/17" of marta --record foo/1
expect "an id that is none" 2 "such as contact/17" of marta --record client/x
expect "no such record" 0 "Nothing of this is in the history, or not for you." of marta --record client/999
expect "nor in CSV" 0 0 lines marta --record client/999
expect "a person" 0 0 lines marta --person luis
expect "one that is one" 2 "There is nothing called x." of marta --person x
expect "days" 0 0 lines marta --to -1
expect "all of a manager" 0 ",person," of marta --csv
expect "two records" 2 "Name one record only." of ana --client 1 --action 1001
expect "a day that is none" 2 "date" of ana --from soon

expect "openings: not for others" 4 "Only managers see" of ana --opened
expect "openings" 0 ",ana,client,Cerámicas Ñandú,1,1," of marta --opened --csv
expect "openings of a client" 0 0 lines marta --opened --client 2
expect "openings of an action" 2 "only a client can be named" of marta --opened --action 1001
"$trato" -u luis@trato.example list clients > "$output"
"$trato" -u luis@trato.example export clients --client sur > "$output"
expect "a list is put down" 0 ",luis,list,,,,3" of marta --opened --csv
expect "a file, too" 0 ",luis,export,,,,1" of marta --opened --csv
PGOPTIONS="-c default_transaction_read_only=on" "$trato" -u luis@trato.example list clients > "$output" || echo "not ok"
expect "where nothing can be written, nothing is put down" 0 3 lines marta --opened
finish
