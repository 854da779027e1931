#!/bin/sh
# trato list: what it lists, who sees it, and what it is narrowed to; export has the same filters.
# shellcheck disable=SC1091,SC2154,SC2086 # commands are lists of words
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
for who in marta:manager ana:rep luis:rep berta:backoffice; do
	with "$secret" "$trato" user add "${who%:*}@trato.example" --name "${who%:*}" --role "${who#*:}" > /dev/null
done
settle
sql "
	SET SESSION AUTHORIZATION 'ana@trato.example'; SET search_path = trato, pg_temp;
	SELECT save_client(gen_random_uuid(), NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
	  FROM unnest('{Cerámicas Ñandú,O''Neill \\\\ Sons,Beta 100%}'::text[]) AS name;
	SELECT save_division(gen_random_uuid(), NULL, NULL, n, 'North', NULL, NULL, true) FROM generate_series(1, 3) AS n;
	SELECT open_action(gen_random_uuid(), n, 'Deal ' || n, ARRAY[n]) FROM generate_series(1, 2) AS n;
	SELECT close_action(gen_random_uuid(), 2, 1, 'cancelled');
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'Draft', ARRAY[1], '[{\"description\": \"a\", \"unit_price\": 12.5}]');
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'Shown', ARRAY[1], '[{\"description\": \"a\", \"unit_price\": 12.5}]', p_valid_until => today() + 9);
	SELECT present_offer(gen_random_uuid(), 2, (SELECT version FROM offer WHERE id = 2));
	SELECT log_communication(gen_random_uuid(), 1, NULL, 'visit', 'out', now() - interval '12 days', 'Long ago', NULL);
	SELECT log_communication(gen_random_uuid(), 1, NULL, 'phone', 'in', now(), 'Today', NULL);
	SET SESSION AUTHORIZATION 'luis@trato.example';
	SELECT open_action(gen_random_uuid(), 3, 'Of Luis', ARRAY[3]);
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"

# rows WHO COMMAND...: how many rows it has.
rows() {
	who=$1@trato.example
	shift
	"$trato" -u "$who" "$@" | tail -n +2 | wc -l
}

expect "clients" 0 "Cerámicas Ñandú" "$trato" -u ana@trato.example list clients
for what in actions offers communications notices; do
	expect "of others: $what" 0 "$([ $what = actions ] && echo 1 || echo 0)" rows luis list $what
done
expect "holds of all" 0 2 rows luis list holds
expect "a list in JSON" 0 '"total_cents":1513' "$trato" -u ana@trato.example list offers --json
expect "a list in CSV" 0 "visit,out," "$trato" -u ana@trato.example list communications --csv
for command in list export; do
	expect "$command: part of a name, accents and case aside" 0 1 rows ana $command clients --client CERAMICAS
	expect "$command: quotation marks" 0 1 rows ana $command clients --client "O'Neill \\ S"
	expect "$command: no pattern" 0 1 rows ana $command clients --client "%"
	expect "$command: nobody" 0 0 rows ana $command clients --client "x' OR true --"
	expect "$command: a state" 0 1 rows ana $command actions --state open
	expect "$command: some states" 0 2 rows ana $command actions --state open,cancelled
	expect "$command: person and client" 0 1 rows marta $command actions --person LUIS --client beta
	expect "$command: state of an offer" 0 1 rows ana $command offers --state draft
	expect "$command: from a day on" 0 1 rows ana $command communications --from ayer
	expect "$command: up to a day" 0 1 rows ana $command communications --to -5
	expect "$command: between days" 0 0 rows ana $command communications --from -9 --to -1
	expect "$command: a day is of the team's time zone" 0 2 rows ana $command communications --to today
	expect "$command: no state" 2 "There is no state aproved. Possible are: draft, presented" \
		"$trato" -u ana@trato.example $command offers --state draft,aproved
	expect "$command: an empty state" 2 "There is no state" "$trato" -u ana@trato.example $command offers --state ''
	expect "$command: no day" 2 "date" "$trato" -u ana@trato.example $command offers --from soon
	expect "$command: broken letters" 2 "not UTF-8" "$trato" -u ana@trato.example $command clients --client "$(printf 'a\361')"
	expect "$command: a filter of others" 2 "Usage: trato $command clients" \
		"$trato" -u ana@trato.example $command clients --state open
done
expect "in JSON" 0 '[]' "$trato" -u ana@trato.example export clients --format json --client zzz
expect "contacts of a client" 0 0 rows ana export contacts --client beta
expect "divisions of a client" 0 1 rows ana export divisions --client beta
expect "a spreadsheet" 0 PK sh -c "'$trato' -u ana@trato.example export actions --state open --format xlsx | head -c 2"

# States in words for people, as codes for programs; how late a notice is.
# squeezed COMMAND...: with single blanks.
squeezed() {
	"$@" | tr -s ' '
}
expect "a state in words" 0 "borrador Cerámicas Ñandú Draft" squeezed env LANGUAGE=es "$trato" -u ana@trato.example list offers
expect "a channel and a direction" 0 " visita saliente Cerámicas" squeezed env LANGUAGE=es "$trato" -u ana@trato.example list communications
expect "the code in JSON" 0 '"state":"draft"' "$trato" -u ana@trato.example list offers --json
sql "SET SESSION AUTHORIZATION 'ana@trato.example'; SET search_path = trato, pg_temp;
	SELECT approve_offer(gen_random_uuid(), 2, (SELECT version FROM offer WHERE id = 2), today(), 'X')" > /dev/null
expect "a notice just made" 0 "1 pending now " squeezed "$trato" -u marta@trato.example list notices
PGUSER=postgres sql "SET session_replication_role = replica; UPDATE trato.notice SET made_at = now() - interval '9 days'" > /dev/null
expect "a late one is marked" 0 "1 pending !! 9 d " squeezed "$trato" -u marta@trato.example list notices
expect "in JSON" 0 '"lateness":"very_late"' "$trato" -u marta@trato.example list notices --json
expect "in an export" 0 ",very_late" "$trato" -u marta@trato.example export notices
sql "SET SESSION AUTHORIZATION 'marta@trato.example'; SET search_path = trato, pg_temp;
	SELECT revoke_approval(gen_random_uuid(), 2, (SELECT version FROM offer WHERE id = 2), 'x')" > /dev/null
expect "who waits for nobody is not late" 0 '"lateness":null' "$trato" -u marta@trato.example list notices --json
PGUSER=postgres sql "SET session_replication_role = replica;
	UPDATE trato.offer SET valid_until = trato.today() - 1 WHERE id = 2" > /dev/null
expect "an offer that has expired" 0 '"state":"presented","expired":true' "$trato" -u ana@trato.example list offers --json
expect "is told in an export too" 0 '"expired":true' "$trato" -u ana@trato.example export offers --format json

# By which invoices a notice was invoiced, as the inbox tells it.
sql "SET SESSION AUTHORIZATION 'luis@trato.example'; SET search_path = trato, pg_temp;
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 3, 'Invoiced', ARRAY[3],
		'[{\"description\": \"a\", \"unit_price\": 100, \"vat_percent\": 21}]', p_valid_until => today() + 9);
	SELECT present_offer(gen_random_uuid(), 3, (SELECT version FROM offer WHERE id = 3));
	SELECT approve_offer(gen_random_uuid(), 3, (SELECT version FROM offer WHERE id = 3), today(), 'X');
	SET SESSION AUTHORIZATION 'berta@trato.example';
	SELECT take_notice(gen_random_uuid(), max(id)) FROM notice;
	SELECT record_invoice(gen_random_uuid(), id, version, series, number, today(), 2000, 420, 2420)
	  FROM (SELECT id, version FROM notice ORDER BY id DESC LIMIT 1) AS n, (VALUES ('A', '17')) AS i (series, number);
	SELECT record_invoice(gen_random_uuid(), id, version, NULL, '2026-9', today(), 8000, 1680, 9680)
	  FROM (SELECT id, version FROM notice ORDER BY id DESC LIMIT 1) AS n" > /dev/null
expect "its invoices" 0 "121.00 121.00 Beta 100% 2026-00002 berta A 17, 2026-9" \
	squeezed "$trato" -u luis@trato.example list notices --state invoiced
expect "its invoices in Spanish" 0 " Facturas" env LANGUAGE=es "$trato" -u luis@trato.example list notices
for command in "list notices --json" "export notices --format json"; do
	expect "$command: its invoices" 0 '"invoices":"A 17, 2026-9"' "$trato" -u luis@trato.example $command --state invoiced
	expect "$command: none" 0 '"invoices":null' "$trato" -u marta@trato.example $command --state void
done
expect "its invoices in CSV" 0 ',"A 17, 2026-9"' "$trato" -u luis@trato.example export notices
made_list=$("$trato" -u luis@trato.example list notices --csv | tail -n 1)
expect "and in a list of the same" 0 ',"A 17, 2026-9"' echo "$made_list"

# Times are the team's, wherever the server and this computer are: 25 hours lie between those.
PGUSER=postgres sql "UPDATE trato.setting SET value = 'Pacific/Kiritimati' WHERE name = 'timezone';
	ALTER DATABASE trato SET timezone = 'Pacific/Pago_Pago'" > /dev/null
export TZ=Pacific/Pago_Pago PGTZ=Pacific/Pago_Pago
# there COLUMN TABLE: when that was, in the team's zone.
there() {
	sql "SELECT to_char(max($1) AT TIME ZONE 'Pacific/Kiritimati', 'DD/MM/YYYY HH24:MI') FROM trato.$2"
}
expect "when a call was" 0 "$(there happened_at communication)" "$trato" -u ana@trato.example list communications
expect "since when a division is held" 0 "$(there held_at hold)" "$trato" -u ana@trato.example list holds
expect "since when somebody is there" 0 "$(there created_at person)" "$trato" -u ana@trato.example user list
expect "in CSV" 0 "+14," "$trato" -u ana@trato.example list communications --csv
expect "in JSON" 0 "+14:00" "$trato" -u ana@trato.example export clients --format json
expect "what is typed as today" 0 1 rows marta list holds --client beta --from today
finish
