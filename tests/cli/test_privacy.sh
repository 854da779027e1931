#!/bin/sh
# trato privacy: canaries in everything that is known of somebody are found nowhere after he was erased:
# not in a dump, not in the server's log, not in the program's own. And what the commands say.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
for who in marta:manager ana:rep eva:rep; do
	with "$secret" "$trato" user add "${who%:*}@trato.example" --name "${who%:*}" --role "${who#*:}" > /dev/null
done
settle
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$output"' EXIT
export XDG_STATE_HOME="$folder/state"
sql "
	SET SESSION AUTHORIZATION 'ana@trato.example'; SET search_path = trato, pg_temp;
	SELECT save_client(gen_random_uuid(), NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
	  FROM unnest('{Acme,Beta}'::text[]) AS name;
	SELECT save_division(gen_random_uuid(), NULL, NULL, n, 'Site ' || n, NULL, NULL, true) FROM generate_series(1, 2) AS n;
	SELECT open_action(gen_random_uuid(), n, 'Deal', ARRAY[n]) FROM generate_series(1, 2) AS n;
	SELECT save_contact(gen_random_uuid(), NULL, NULL, 2, 'Canary First', 'Canary boss', 'canary.first@x.example', '911 222 333', '600 123 456', 'canary notes', true);
	SELECT save_contact(gen_random_uuid(), 1, 1, NULL, 'Canary Bird', 'Canary chief', 'canary@x.example', '911 222 333', '600 123 456', 'canary notes', true);
	SELECT save_action(gen_random_uuid(), 1, 1, 'Deal', NULL, 'Canary Bird decides');
	SELECT save_client(gen_random_uuid(), NULL, NULL, 'Gamma', NULL, 'B12345674', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	SELECT save_client(gen_random_uuid(), NULL, NULL, 'Delta', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	SELECT log_communication(gen_random_uuid(), 2, 1, 'phone', 'in', now(), 'canary subject', 'canary body');
	SELECT log_communication(gen_random_uuid(), 1, NULL, 'phone', 'in', now(), 'Canary Bird called', 'about 600123456');
	SELECT log_mail(gen_random_uuid(), '<canary@mail>', '{canary@x.example}', '{ana@trato.example}', 'Canary', 'Ana', '{}', now(), 'canary mail', 'canary', 'canary.pdf 1');
	SELECT log_mail(gen_random_uuid(), '<canary@tray>', '{canary@x.example}', '{eva@trato.example}', 'Canary', 'Eva', '{}', now(), 'canary tray', 'canary', NULL);
	SELECT import_rows(gen_random_uuid(), 'division', '[{\"line\": 2, \"client\": \"Canary Bird\", \"name\": \"x\"}]');
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'Offer', ARRAY[1], '[{\"description\": \"for Canary Bird\", \"unit_price\": 12.5}]', p_valid_until => today());
	SELECT present_offer(gen_random_uuid(), 1, (SELECT version FROM offer));
	SELECT approve_offer(gen_random_uuid(), 1, (SELECT version FROM offer), today(), 'Canary Bird');
	SET SESSION AUTHORIZATION 'eva@trato.example';
	SELECT log_mail(gen_random_uuid(), '<canary@eva>', '{canary@x.example}', '{eva@trato.example}', 'Canary', 'Eva', '{}', now(), 'canary tray', 'canary', NULL);
	SELECT request_collaboration(gen_random_uuid(), 1, 'I know Canary Bird');
	SET SESSION AUTHORIZATION 'marta@trato.example';
	SELECT merge_clients(gen_random_uuid(), 1, (SELECT version FROM client WHERE id = 1), 2);
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"

as() {
	who=$1@trato.example
	shift
	"$trato" -u "$who" "$@"
}
# How many canaries a file has.
canaries() {
	grep -ciE "canary|600 ?123 ?456|911 ?222 ?333" "$1" || :
}
dumped() {
	PGUSER=postgres pg_dump -Fp trato > "$folder/dump" && canaries "$folder/dump"
}

expect "the register" 0 "contact,email,contact,sales,relation" as ana privacy register --csv
spanish() {
	(export LANGUAGE=es && as "$@") | tr -s ' '
}
# Each code of the register in a word: what is not known comes out as it is.
codes() {
	spanish ana privacy register | sed '1d; s/^[^ ]* [^ ]* //' |
		grep -cwE 'nobody|user|contact|client|anybody|sales|contract|proof|search|claims|program|record|relation|law|source|setting|blocking' || :
}
expect "in words" 0 "contact email de un contacto para vender hasta suprimirse" spanish ana privacy register
expect "all of them" 0 0 codes
expect "all that is known" 0 '"body": "canary body"' as marta privacy export --contact 1
as marta privacy export --contact 1 -o "$folder/data.json"
expect "into a file" 0 '"register"' cat "$folder/data.json"
expect "not for others" 4 "" as ana privacy export --contact 1
expect "that is put down" 0 ",marta,person_data," as marta audit --opened --csv
# What is given out and then taken back leaves no row: the log has it.
PGPASSWORD='' PGUSER=postgres psql -XAtq trato -c "BEGIN; SET SESSION AUTHORIZATION 'marta@trato.example';
	SELECT trato.personal_data('contact', 1); ROLLBACK" > /dev/null
expect "the server's log has it also where it was taken back" 0 3 grep -c "personal data of contact 1 are asked for by marta@trato.example" "$TRATO_CLUSTER/log"
expect "what would be done is for managers, too" 4 "Only managers" as ana privacy block --contact 1 --reason asked
expect "nor may others see what is blocked" 4 "Only managers" as ana privacy due
expect "whose?" 2 "Whose data?" as marta privacy export
expect "one only" 2 "Whose data?" as marta privacy export --contact 1 --client 1
expect "no number" 2 "named by its id" as marta privacy export --contact x
expect "nobody" 1 "does not exist" as marta privacy block --contact 99 --reason asked
expect "why?" 2 "Why?" as marta privacy block --contact 1
expect "what it would do" 2 "Canary Bird: the data, communications" as marta privacy block --contact 1 --reason asked
expect "and what the law wants" 2 "article 30" as marta privacy block --contact 1 --reason asked
expect "nothing was done" 2 "Nothing was done." as marta privacy block --contact 1 --reason asked
expect "a company is no person" 1 "is a company" as marta privacy block --client Gamma --reason asked
expect "what may be one" 2 "does not say whether" as marta privacy block --client Delta --reason asked
expect "done" 0 "The number of this blocking is 1." as marta privacy block --contact 1 --reason asked --yes
expect "again is the same one" 0 "The number of this blocking is 1." as marta privacy block --contact 1 --reason asked --yes
as ana export contacts > "$folder/contacts"
expect "nobody sees it" 0 0 canaries "$folder/contacts"
expect "not exported" 1 "are blocked" as marta privacy export --contact 1
expect "what is blocked" 0 "1,contact,1,blocked,asked" as marta privacy due --csv
expect "in words" 0 "1 de un contacto 1 bloqueado " spanish marta privacy due
expect "not to be erased yet" 1 "cannot be erased before" as marta privacy erase 1 --yes
PGUSER=postgres sql "SET SESSION AUTHORIZATION 'ana@trato.example';
	SELECT trato.save_action(gen_random_uuid(), 1, (SELECT version FROM trato.action WHERE id = 1), 'Deal', NULL, 'newer')" > /dev/null
expect "back again" 0 "but for 1 value," as marta privacy unblock 1 --reason "asked again"
expect "it is there again" 0 '"body": "canary body"' as marta privacy export --contact 1

PGUSER=postgres sql "UPDATE trato.setting SET value = '0' WHERE name = 'blocking_days';
	SET session_replication_role = replica;
	UPDATE trato.offer SET approved_at = now() - interval '6 years 1 day'" > /dev/null
expect "blocked" 0 "number of this blocking is 2" as marta privacy block --contact 1 --reason asked --yes
expect "what erasing means" 2 "for good" as marta privacy erase 2
expect "erased" 0 "Erased." as marta privacy erase 2 --yes
expect "nowhere in a dump" 0 0 dumped
expect "but the dump is one" 0 "COPY trato.audit" grep -m 1 "COPY trato.audit" "$folder/dump"
expect "a rep is told" 0 "" as ana list communications

# A row that is refused does not end in the server's log, nor in the program's.
PGUSER=postgres sql "SET SESSION AUTHORIZATION 'ana@trato.example';
	SELECT trato.save_contact(gen_random_uuid(), NULL, NULL, 1, 'Canary', NULL, 'canary without at', NULL, NULL, NULL, true)" > /dev/null 2>&1
# The program's statements have parameters, which are not there; psql's have them in their text.
awk '/STATEMENT:/ { said = 1; next } /^\t/ && said { next } { said = 0; print }' "$TRATO_CLUSTER/log" > "$folder/log"
expect "the server's log has the refusal" 0 "contact_email_form" grep contact_email_form "$folder/log"
expect "and not the row" 0 0 canaries "$folder/log"
expect "nor has the program kept anything" 0 nothing sh -c "grep -riE canary '$XDG_STATE_HOME' 2> /dev/null || echo nothing"

expect "a user who is here" 1 "cannot log in any more" as marta privacy block --user eva --reason left --yes
as marta user disable eva@trato.example > /dev/null
expect "a user who has left" 0 "The name stays" as marta privacy block --user eva --reason left --yes
finish
