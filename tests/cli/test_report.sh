#!/bin/sh
# trato report: the figures of the dashboard as tables, for whom and narrowed to what.
# shellcheck disable=SC1091,SC2016,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
for who in marta:manager carmen:supervisor ana:rep luis:rep; do
	with "$secret" "$trato" user add "${who%:*}@trato.example" --name "${who%:*}" --role "${who#*:}" > /dev/null
done
settle
# Ana has sold something of two areas, in euros, and Luis has something on the table; Ana has talked
# to her client, and corrected what she had logged.
sql "
	SET search_path = trato, pg_temp;
	SET SESSION AUTHORIZATION 'marta@trato.example';
	SELECT save_area(gen_random_uuid(), NULL, NULL, name, true) FROM unnest('{Limpieza,Limpieza industrial,Seguridad}'::text[]) AS name;
	SET SESSION AUTHORIZATION 'ana@trato.example';
	SELECT save_client(gen_random_uuid(), NULL, NULL, '=Acme', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	SELECT save_division(gen_random_uuid(), NULL, NULL, 1, name, area, NULL, true) FROM (VALUES ('Norte', 1), ('Sur', 3), ('Este', 3), ('Oeste', NULL)) AS d (name, area);
	SELECT open_action(gen_random_uuid(), 1, 'Deal', ARRAY[1, 2, 3]);
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'Sold', ARRAY[1, 2, 3], '[{\"description\": \"a\", \"unit_price\": 100, \"vat\": 0}]', p_valid_until => today());
	SELECT present_offer(gen_random_uuid(), 1, 3);
	SELECT approve_offer(gen_random_uuid(), 1, (SELECT version FROM offer), today(), 'Eva');
	SELECT log_communication(gen_random_uuid(), 1, NULL, 'phone', 'out', now(), 'Called', NULL);
	SELECT correct_communication(gen_random_uuid(), 1, NULL, 'visit', 'out', now(), 'Was there', NULL, NULL, NULL);
	SET SESSION AUTHORIZATION 'luis@trato.example';
	SELECT open_action(gen_random_uuid(), 1, 'Of Luis', ARRAY[4]);
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 2, 'Shown', ARRAY[4], '[{\"description\": \"a\", \"unit_price\": 7, \"vat\": 0}]', p_valid_until => today());
	SELECT present_offer(gen_random_uuid(), 2, (SELECT version FROM offer WHERE id = 2));
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"
report() {
	who=$1@trato.example
	shift
	"$trato" -u "$who" report "$@"
}
# of COLUMN-OR-PATH: a value of the JSON that a report prints, by the server.
value() {
	path=$1
	shift
	document=$(report "$@" --json) || return $?
	PGPASSWORD="$secret" PGUSER=carmen@trato.example psql -XAt -v document="$document" <<-END
		SELECT jsonb_path_query_array(:'document'::jsonb, '$path');
	END
}

expect "in words" 0 "presentada" env LANGUAGE=es "$trato" -u carmen@trato.example report pipeline
expect "of a notice, too" 0 "pendiente" env LANGUAGE=es "$trato" -u carmen@trato.example report approvals
expect "states" 0 "presented       1    7.00  EUR" report carmen pipeline
expect "what became of them" 0 "Not answered" report carmen pipeline
expect "a sales rep's own" 0 '["approved"]' value '$.states[*].state' ana pipeline
expect "all for a supervisor" 0 '["presented", "approved"]' value '$.states[*].state' carmen pipeline
expect "an area has its divisions' part" 0 '[6667, 3333, 0]' value '$.areas[*].cents' carmen pipeline
expect "one area alone" 0 '[3333]' value '$.states[*].cents' carmen pipeline --area limpieza
expect "by a part of its name" 0 '[6667]' value '$.states[*].cents' carmen pipeline --area SEGUR
expect "by a part that two have" 2 "limp may be Limpieza or Limpieza industrial: give more of the name." \
	report carmen pipeline --area limp
expect "no such area" 2 "There is nothing called x' OR true." report carmen pipeline --area "x' OR true"
expect "broken letters" 2 "not UTF-8" report carmen pipeline --area "$(printf 'a\361')"
expect "of a person" 0 '["luis"]' value '$.reps[*].rep' carmen pipeline --person luis
expect "by e-mail" 0 '[10000]' value '$.approvals[*].cents' carmen approvals --person ANA@trato.example
expect "before the period" 0 '[]' value '$.approvals[*].cents' carmen approvals --to -1
expect "the period" 0 "From 01/01/2026 to 01/02/2026. Amounts in EUR" report carmen pipeline --from 2026-01-01 --to 2026-02-01
expect "13 months" 0 '[13]' value '$.months.size()' carmen approvals
expect "no period" 2 "The period ends before it begins." report carmen pipeline --from today --to -1
expect "no day" 2 "date" report carmen pipeline --from soon
expect "approvals in CSV, no formula" 0 ",'=Acme,ana,EUR,10000,ana,Eva,pending" report carmen approvals --csv
expect "what was done, the last version of it" 0 ",ana,0,0,0,1,0,0,0,1,0,0,0" report carmen activity --csv
expect "in an area" 0 '["ana"]' value '$.weeks[*].person' carmen activity --area seguridad
expect "of a person's actions" 0 '[1]' value '$.weeks[*].opened' carmen activity --person luis
expect "divisions held" 0 '["Norte", "Sur", "Este", "Oeste"]' value '$.holds[*].division' carmen holds
expect "of an area" 0 '["Sur", "Este"]' value '$.holds[*].division' carmen holds --area seguridad
expect "since a day" 0 '[]' value '$.holds[*].division' carmen holds --to -1
expect "a sales rep's own" 0 '["Oeste"]' value '$.holds[*].division' luis holds
expect "a heading for nobody" 0 "Divisions held, the longest first" report luis holds --person ana
expect "no such report" 2 "trato report pipeline [--json|--csv] [--from DAY] [--to DAY] [--area NAME]" report carmen gossip
expect "an option of others" 2 "Usage: trato report holds" report carmen holds --client Acme

# On paper: one page, whatever there is.
sheet=$(mktemp -d)
trap 'rm -rf "$output" "$sheet"' EXIT
paper() {
	who=$1
	shift
	report "$who" "$@" --pdf -o "$sheet/sheet.pdf" || return $?
	pdfinfo "$sheet/sheet.pdf" | sed -n 's/^\(Pages\|Page size\): */\1 /p'
	pdftotext -layout "$sheet/sheet.pdf" - | tr -s ' \n\f' ' '
}
expect "a sheet" 0 "The report is in $sheet/sheet.pdf." paper carmen pipeline
expect "of one page" 0 "Pages 1" paper carmen approvals
expect "of A4" 0 "(A4)" paper carmen holds
expect "says what is approved" 0 "Approved this year" paper carmen activity
expect "by area" 0 "Limpieza 33 €" paper carmen pipeline
expect "and by sales rep, one's own" 0 "ana 100 €" paper ana pipeline
expect "what it was narrowed to" 0 "Amounts in EUR. luis, Segur" paper carmen pipeline --person luis --area Segur
expect "in Spanish" 0 "Aprobado por comercial" env LANGUAGE=es sh -c '"$trato" -u carmen@trato.example report pipeline --pdf -o - | pdftotext -layout - - | tr -s " \n" " "'
psql -XqAt -U postgres > /dev/null <<-END
	SET session_replication_role = replica;
	INSERT INTO trato.person (email, name, roles)
	SELECT 'p' || n || '@many.example', E'.pl 1\\u202e ' || repeat('Ñ', 80) || n, '{rep}' FROM generate_series(1, 39) AS n;
	INSERT INTO trato.action (client_id, title) SELECT 1, 'many' || n FROM generate_series(1, 39) AS n;
	INSERT INTO trato.action_member (action_id, person_id, is_owner)
	SELECT action.id, person.id, true FROM trato.person, trato.action WHERE email LIKE 'p%@many.example'
	   AND title = 'many' || split_part(substr(email, 2), '@', 1);
	SELECT trato.make_figures();
END
expect "many, with long and hostile names" 0 "Pages 1" paper carmen pipeline
expect "the last ones together" 0 "others" paper carmen pipeline
expect "a report has them all" 0 "[41]" value '$.reps.size()' carmen pipeline
expect "in the language asked for" 0 "Aprobado por comercial" paper carmen pipeline --language es
expect "which the program keeps for itself" 0 "The report is in" paper carmen pipeline --language es
expect "in none" 2 "The language is es or en." paper carmen pipeline --language fr
expect "--language without --pdf" 2 "--language goes with --pdf." report carmen pipeline --language es
expect "-o without --pdf" 2 "-o goes with --pdf." report carmen pipeline -o x
expect "no other program with --restricted" 4 "nothing is printed" "$trato" --restricted -u carmen@trato.example report pipeline --pdf
expect "a folder that is not there" 1 "cannot be written" report carmen pipeline --pdf -o "$sheet/nowhere/x.pdf"
PGPASSWORD=wrong expect "a wrong password" 3 "" report carmen holds
with "$secret" "$trato" -u marta@trato.example user add luis@sur.example --name LUIS --role rep > /dev/null
expect "two people of one name" 2 "luis may be LUIS <luis@sur.example> or luis <luis@trato.example>" report carmen holds --person luis
finish
