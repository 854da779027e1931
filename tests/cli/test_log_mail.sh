#!/bin/sh
# trato log-mail: samples as mail programs write them, end to end; where each of them goes, exit codes
# that a delivery agent acts upon, and what is too much.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
marta=marta@trato.example
ana=ana@trato.example
luis=luis@trato.example
with "$secret" "$trato" user add $marta --name Marta --role manager > /dev/null
with "$secret" "$trato" user add $ana --name Ana --role rep > /dev/null
with "$secret" "$trato" user add $luis --name Luis --role rep > /dev/null
settle
sql "
	SET SESSION AUTHORIZATION '$ana'; SET search_path = trato, pg_temp;
	SELECT save_client(gen_random_uuid(), NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
	  FROM unnest('{ACME,Beta}'::text[]) AS name;
	SELECT save_division(gen_random_uuid(), NULL, NULL, 1, 'd' || n, NULL, NULL, true) FROM generate_series(1, 2) AS n;
	SELECT save_contact(gen_random_uuid(), NULL, NULL, 1, 'Eva Gil', NULL, 'eva.gil@acme.example', NULL, NULL, NULL, true);
	SELECT save_contact(gen_random_uuid(), NULL, NULL, 2, 'Paz Soler', NULL, 'paz@beta.example', NULL, NULL, NULL, true);
	SELECT open_action(gen_random_uuid(), 1, 'Formación', ARRAY[1]);
	SET SESSION AUTHORIZATION '$luis';
	SELECT open_action(gen_random_uuid(), 1, 'Suya', ARRAY[2]);
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"
samples=$(dirname "$0")/mail
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT
# log FILE OPTION...: as Ana.
log() {
	file=$1
	shift
	"$trato" -u $ana log-mail "$@" < "$file"
}
# text FORMAT OPTION...: a mail of that text.
text() {
	# shellcheck disable=SC2059 # printf's own \n and octal bytes are wanted
	printf "$1" > "$dir/mail"
	shift
	log "$dir/mail" "$@"
}
# What the last one became.
logged() {
	sql "SELECT concat_ws('|', $1) FROM trato.communication AS c LEFT JOIN trato.contact ON contact.id = contact_id ORDER BY c.id DESC LIMIT 1"
}
waiting() {
	sql "SELECT concat_ws('|', $1) FROM trato.mail ORDER BY id DESC LIMIT 1"
}

# Usual ones
expect "from a contact" 0 "Logged in action 1001 of ACME: RE: Oferta de formación para la planta de León" log "$samples/outlook.eml"
expect "is a communication" 0 "email|in|Eva Gil|2026-11-23 08:41:07|<AM0PR0501MB2321@eurprd05.acme.example>|Pedido nº 4711.pdf (3 KB)" \
	logged "channel, direction, name, happened_at AT TIME ZONE 'UTC', message_id, attachments"
expect "with its text" 0 "Nos parece bien el precio de 12.500 €. ¿Podemos empezar en enero?" logged body
expect "and whom it went to" 0 "To: Ana Ruiz <ana@trato.example>, Compras · ACME <compras@acme.example>" logged body
expect "without the other alternative" 0 0 sh -c "psql -XAtU postgres -c 'SELECT body FROM trato.communication' | grep -c 'no se lee'"'; true'
expect "again" 0 "logged already, in action 1001 of ACME" log "$samples/outlook.eml"
expect "once" 0 1 sql "SELECT count(*) FROM trato.communication"
expect "by a colleague" 0 "A colleague has logged this mail already." sh -c "exec '$trato' -u $luis log-mail < '$samples/outlook.eml'"
expect "own mail, in answer" 0 "Logged in action 1001" log "$samples/sent.eml"
expect "is outgoing" 0 "out|Eva Gil" logged "direction, name"
expect "its lines are whole" 0 "con las fechas que hablamos el martes por tel" logged body
expect "procmail's, without an id or a date" 0 "Mañana a las 9" log "$samples/procmail.eml"
expect "has an id and says so of the date" 0 "@sha256.trato>|Eva Gil|t" \
	logged "message_id, name, body LIKE '%[The mail has no date.%' AND happened_at > now() - interval '1 minute'"
expect "the same message on another way" 0 "logged already" sh -c "sed 's/^Return-Path.*/Delivered-To: other/; s/\$/\\r/' '$samples/procmail.eml' |
	'$trato' -u $ana log-mail"
expect "windows-1252 is guessed" 0 "Perdón por escribir" logged body
expect "another alphabet" 0 "見積もり" log "$samples/japanese.eml"
expect "in the text too" 0 "見積もりをありがとう。" logged body

# The tray
expect "a client without an action" 0 "you have no open action with Beta, or several" log "$samples/html.eml"
expect "waits" 0 "waiting|Paz Soler <paz@beta.example>|Visita del jueves" waiting "state, sender, subject"
expect "HTML to be read" 0 "- el plan de formación & horarios
Total 1.200 €" waiting body
expect "without what is none" 0 "f" waiting "body ~ 'comentario|color|document|No es texto'"
expect "again it waits" 0 "waits in your tray already" log "$samples/html.eml"
expect "nobody" 0 "belong to no client" log "$samples/charset.eml"
expect "of an unknown character set" 0 "nuq�neH, Ana. Esto se lee." waiting body
expect "is said to be so" 0 "is not known here. What could not be read is marked." waiting body
expect "an action given" 0 "Logged in action 1001" log "$samples/charset.eml" --action 1001
expect "takes it out of the tray" 0 "logged" waiting state
expect "no such action" 1 "There is no action 99 that you may see." log "$samples/forged.eml" --action 99
expect "another's action" 1 "There is no action 1002 that you may see." log "$samples/forged.eml" --action 1002
expect "no number" 2 "--action takes the number" log "$samples/forged.eml" --action x
expect "refused, it is nowhere" 0 0 sql "SELECT count(*) FROM trato.mail WHERE message_id LIKE '%forged%' OR message_id LIKE '%evil%'"

# Hostile and broken ones
expect "forged headers" 0 "Logged in action 1001" log "$samples/forged.eml"
expect "stay one line" 0 "in|Factura Bcc: victim@evil.example cuerpo falso" logged "direction, subject"
expect "with no control characters" 0 "f|f" logged "subject ~ '[\\x01-\\x1f]', attachments ~ '[\\x01-\\x09\\x0b-\\x1f]'"
expect "a date that cannot be" 0 "t" logged "body LIKE '%cannot be right: Fri, 31 Dec 9999%' AND happened_at > now() - interval '1 minute'"
expect "broken" 0 "Logged in action 1001" log "$samples/broken.eml"
expect "names what is in it" 0 "Fwd: plano de la nave (61 B)
text/calendar" logged attachments
expect "nothing" 2 "The standard input is empty" log /dev/null
expect "a directory" 2 "cannot be read" log "$dir"
expect "a terminal" 2 "trato log-mail < FILE" script -qec "'$trato' -u $ana log-mail" /dev/null
expect "an empty line" 0 "waits in your tray" text '\n'
expect "no header" 0 "waits in your tray" text '\377\376\000 rubbish \001\002\n'
expect "is its text" 0 "␀ rubbish" waiting body
expect "a header only" 0 "waits in your tray" text 'Subject: nada mas'
expect "has its subject" 0 "nada mas" waiting subject
head -c 20000000 /dev/urandom > "$dir/random"
expect "20 MB of rubbish" 0 "waits in your tray" log "$dir/random"
expect "is cut" 0 "t|t" waiting "length(body) <= 100000, body LIKE '%Only its beginning is kept here.]'"
{ sed '/^$/q' "$samples/html.eml" | sed 's/html-only/big/; s/text\/html/application\/zip; name=plano.zip/; s/8bit/base64/'; base64 "$dir/random"; } > "$dir/big"
expect "20 MB of an attachment" 0 "Beta" log "$dir/big"
expect "is named" 0 "plano.zip (20 MB)" waiting attachments
{ printf 'Subject: nest\nMessage-ID: <nest@x>\n'; awk 'BEGIN { for (i = 0; i < 30000; i++) print "Content-Type: multipart/mixed; boundary=b" i "\n\n--b" i }'; } > "$dir/nest"
expect "parts within parts" 0 "waits in your tray" log "$dir/nest"
expect "are too deep" 0 "[Some parts lie too deep" waiting body
{ printf 'Subject: groups\nMessage-ID: <groups@x>\nTo: '; head -c 5000000 /dev/zero | sed 's/\x00/a:/g'; printf '\n\nx\n'; } > "$dir/groups"
expect "groups within groups of addresses" 0 "waits in your tray" log "$dir/groups"
# The address sanitizer needs an address space without bounds.
room=400000
if grep -q __asan_init "$trato"; then room=unlimited; fi
expect "in bounded memory" 0 "Subject: parts" sh -c "{ printf 'Subject: parts\nMessage-ID: <parts@x>\nContent-Type: multipart/mixed; boundary=b\n\n'
	yes -- '--b

' | head -c 20000000; } > '$dir/parts'; ulimit -v $room; '$trato' -u $ana log-mail < '$dir/parts' > /dev/null && head -n 1 '$dir/parts'"

# Exit codes
expect "nobody to be reached" 3 "" sh -c "exec '$trato' -d 'host=$dir' -u $ana log-mail < '$samples/html.eml'"
expect "no password" 2 "A password is needed" sh -c "exec setsid -w env -u PGPASSWORD PGPASSFILE=/dev/null '$trato' -u $ana log-mail < '$samples/html.eml'"
expect "a manager" 4 "Only sales reps log mail" sh -c "exec '$trato' -u $marta log-mail < '$samples/html.eml'"
expect "an option of another command" 2 "Usage: trato log-mail [--action NUMBER]" log "$samples/html.eml" --json
expect "a word too many" 2 "Usage: trato log-mail" log "$samples/html.eml" 1001
sql "ALTER TABLE trato.mail ADD CONSTRAINT off CHECK (false) NOT VALID" > /dev/null
expect "what is in neither is refused" 1 "trato:" text 'Subject: neither\n\nx\n'
finish
