#!/bin/sh
# trato watch: each notice once, in order, whatever is interrupted; commands that fail and hang; two of
# one name; what the command is given. The examples are run with programs that stand in for others.
# shellcheck disable=SC1091,SC2154,SC2016
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
for person in "marta manager" "ana rep" "berta backoffice"; do
	with "$secret" "$trato" user add "${person% *}@trato.example" --name "${person% *}" --role "${person#* }" > /dev/null
done
settle
sql "
	SET SESSION AUTHORIZATION 'ana@trato.example'; SET search_path = trato, pg_temp;
	SELECT save_client(gen_random_uuid(), NULL, NULL, E'«ACME» \"\\\\ \\x1b[31m\\n\\u202e', 'ACME SL', 'A58818501', 'Calle 1',
	                   'León', '24001', NULL, 'ES', NULL, NULL, NULL);
	SELECT save_division(gen_random_uuid(), NULL, NULL, 1, 'd1', NULL, NULL, true);
	SELECT open_action(gen_random_uuid(), 1, 'Uno', ARRAY[1]);
	" > /dev/null || exit 1
administrator=$PGUSER
unset PGUSER
export PGPASSWORD="$secret"
dir=$(mktemp -d)
export dir
watcher=
trap 'stop KILL; rm -rf "$dir" "$output"' EXIT
# approve [N]: so many notices.
approve() {
	for _ in $(seq "${1:-1}"); do
		echo "SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, 'O', ARRAY[1], '[{\"description\": \"obra\", \"unit_price\": 1000.5, \"vat\": 21}]',
			p_valid_until => today() + 30) ->> 'id' AS o \\gset
		SELECT present_offer(gen_random_uuid(), :o, (SELECT version FROM offer WHERE id = :o));
		SELECT approve_offer(gen_random_uuid(), :o, (SELECT version FROM offer WHERE id = :o), today(), 'Sr. X');"
	done | PGOPTIONS='-c search_path=trato,pg_temp' psql -XqAt -U ana@trato.example > /dev/null
}
# watch NAME OPTION...: begins one, with its folder in $state and its words in $dir/NAME.log.
state=$dir/state
watch() {
	XDG_STATE_HOME=$state "$trato" -u berta@trato.example watch --name "$@" >> "$dir/$1.out" 2>> "$dir/$1.log" &
	watcher=$!
}
# until_is EXPECTED COMMAND...: what it prints becomes that, within a time in which anything would have.
until_is() {
	expected=$1
	shift
	for _ in $(seq 600); do
		if [ "$("$@" 2> /dev/null)" = "$expected" ]; then
			echo so
			return 0
		fi
		sleep 0.05
	done
	echo "never \"$expected\" from $*: $("$@" 2>&1)"
	return 1
}
says() {
	until_is 1 grep -cm1 -- "$2" "$dir/$1.log" || { cat "$dir/$1.log"; return 1; }
}
# end SIGNAL: and the exit code of the one that was begun last.
end() {
	[ -n "$watcher" ] || return 0
	kill -"$1" "$watcher" 2> /dev/null
	wait "$watcher"
	code=$?
	watcher=
	echo "ended with $code"
}
stop() {
	end "$1" > /dev/null 2>&1
}
given() {
	sql "SELECT count(*) FROM trato.delivery JOIN trato.watcher ON watcher.id = watcher_id WHERE name = '$1' AND state = 'given'"
}

# From now on, down, and up again
approve 2
watch lines
expect "it begins" 0 so says lines "Watcher lines is at work: berta@trato.example"
approve 2
expect "gives what comes" 0 so until_is 2 given lines
expect "ends when it is told to" 0 "ended with 0" end TERM
watcher=
approve 3
watch lines
expect "gives what came while it was down" 0 so until_is 5 given lines
expect "and ends" 0 "ended with 0" end TERM
expect "nothing from before it began, each once, in order" 0 "3 4 5 6 7" sh -c 'jq -r .id "$dir/lines.out" | paste -sd " "'
expect "as documents of one line" 0 "5" sh -c 'wc -l < "$dir/lines.out"'
expect "which any program reads" 0 '"«ACME» \"\\ \u001b[31m\n' sh -c 'jq .client.name "$dir/lines.out" | head -n 1'
expect "with what an invoice needs" 0 "2026-00003 A58818501 100050 21011 121061 1000.5 21 pending ana lines 1" \
	sh -c 'head -n 1 "$dir/lines.out" | jq -r "[.offer.number, .client.tax_id, .net_cents, .vat_cents, .total_cents, .lines[0].unit_price,
		.vat[0].rate, .state, .action.rep, .delivery.watcher, .delivery.try] | join(\" \")"'
watch all --from 2000-01-01
expect "from a day on" 0 so until_is 7 given all
stop TERM
watch all --from tomorrow
until_is 2 grep -c "at work" "$dir/all.log" > /dev/null
approve
expect "which counts the first time only" 0 so until_is 8 given all
stop TERM

# Killed again and again
cat > "$dir/append" <<'END'
#!/bin/sh
id=$(jq -r .id)
[ "$id" = "$TRATO_NOTICE" ] || exit 9
echo "$id" >> "$dir/killed"
END
# The command's environment is clean, so it is told where.
sed -i "s|\$dir|$dir|" "$dir/append"
chmod +x "$dir/append"
: > "$dir/killed"
watch killed --exec "$dir/append"
says killed "at work" > /dev/null
approve 200 &
writer=$!
kills=0
while [ $kills -lt 20 ]; do
	kills=$((kills + 1))
	until_is t sh -c "[ \$(wc -l < '$dir/killed') -ge $((kills * 8)) ] && echo t" > /dev/null
	stop KILL
	watch killed --exec "$dir/append"
done
wait "$writer"
expect "killed 20 times while 200 come" 0 so until_is 200 given killed
expect "it has given each once, in order" 0 "same" sh -c "seq 9 208 | cmp - '$dir/killed' && echo same"
stop TERM

# Commands that fail, hang, and cannot be run
watch failing --exec '[ "$TRATO_TRY" -ge 3 ] || { echo "no hay línea" >&2; exit 7; }'
says failing "at work" > /dev/null
approve
expect "a failure is told" 0 so says failing "is tried again in 2 s: the command ended with 7: no hay línea"
expect "and given in the end" 0 so until_is 1 given failing
stop TERM
watch stuck --exec '[ "$TRATO_NOTICE" != 210 ]'
says stuck "at work" > /dev/null
approve 2
expect "what always fails lets others pass" 0 so until_is 1 given stuck
expect "and is told where one looks" 1 "notice 210 has failed 4 times" env PGUSER="$administrator" "$trato" db status
expect "as a fault" 1 "The command of the watcher stuck fails" env PGUSER="$administrator" "$trato" db status
expect "the approval stands" 0 "approved pending" sql "SELECT offer.state, notice.state FROM trato.notice JOIN trato.offer ON offer.notice_id = notice.id WHERE notice.id = 210"
stop TERM
expect "one that is not at work is told, too" 0 "Watcher        stuck: 1 notices given, 1 waiting; not at work" \
	env PGUSER="$administrator" "$trato" db status
watch hanging --timeout 1 --exec '[ "$TRATO_TRY" -gt 1 ] || sleep 1000'
says hanging "at work" > /dev/null
approve
expect "a command that hangs is ended" 0 so says hanging "took longer than 1 s"
expect "and run again" 0 so until_is 1 given hanging
stop TERM
watch missing --exec "$dir/nothing-here"
says missing "at work" > /dev/null
approve
expect "a command that is not there" 0 so says missing "the command ended with 127: .*nothing-here: not found"
stop TERM
watch clean --exec "env | grep -v ^PWD= | cut -d= -f1 | sort | paste -sd ' '; ls -l /proc/self/fd | grep -c 'socket\\|/state/' || true"
says clean "at work" > /dev/null
approve
expect "a command that looks around" 0 so until_is 1 given clean
expect "it sees a few variables, and none of our files" 0 "HOME LC_ALL PATH TRATO_DELIVERY TRATO_NOTICE TRATO_TRY TRATO_WATCHER
0" cat "$dir/clean.out"
stop TERM

# Ending while a command runs
watch ending --exec "echo begun > '$dir/begun'; read -r _ < '$dir/fifo'; echo ended > '$dir/ended'"
says ending "at work" > /dev/null
mkfifo "$dir/fifo"
approve
until_is begun cat "$dir/begun" > /dev/null
kill -TERM "$watcher"
echo > "$dir/fifo"
wait "$watcher"
expect "it waits for the command" 0 "ended" cat "$dir/ended"
watcher=
expect "and has told its end" 0 "1" given ending

# A note about what this database knows nothing of
note=$(ls "$state"/trato/watch-ending-*)
printf '999999 1 0\n' >> "$note"
watch ending --exec true
says ending "at work" > /dev/null
approve
expect "a note of another time is no harm" 0 so until_is 2 given ending
stop TERM

# Two of one name
watch two --exec true
says two "at work" > /dev/null
first=$watcher
watch two
expect "a second one here waits" 0 so says two "Another process, or a command that it has left behind, works under this name here. This one waits."
second=$watcher
state=$dir/elsewhere
watch two
expect "and so does one elsewhere" 0 so says two "Another process has worked under this name since .*, process $first This one waits."
kill -KILL "$second"
wait "$second" 2> /dev/null
approve
expect "one gives" 0 so until_is 1 given two
kill -TERM "$first"
wait "$first"
expect "then another takes over" 0 so says two "at work: berta@trato.example, .*, process $watcher"
approve
expect "and goes on" 0 so until_is 2 given two
expect "without repeating anything" 0 "1" sh -c 'wc -l < "$dir/two.out"'
stop TERM
state=$dir/state

# The server goes and comes back
watch server
says server "at work" > /dev/null
"$(dirname "$0")/../harness/cluster" stop "$TRATO_CLUSTER"
expect "a server that goes" 0 so says server "It tries again by itself"
"$(dirname "$0")/../harness/cluster" start "$TRATO_CLUSTER"
approve
expect "and comes back" 0 so until_is 1 given server
expect "is told" 0 so says server "The database is back."
# A notice whose approval was revoked meanwhile is still one that came.
stop TERM
approve
notice=$(sql "SELECT max(id) FROM trato.notice")
sql "SET SESSION AUTHORIZATION 'marta@trato.example'; SELECT trato.revoke_approval(gen_random_uuid(), id, version, 'oops')
	FROM trato.offer WHERE notice_id = $notice" > /dev/null
watch server
until_is 2 given server > /dev/null
expect "a void one says so" 0 "void" sh -c 'tail -n 1 "$dir/server.out" | jq -r .state'
stop TERM

# The examples
mkdir "$dir/bin"
printf '#!/bin/sh\ncat > "%s/mail.sent"\n' "$dir" > "$dir/bin/sendmail"
printf '#!/bin/sh\n{ printf "%%s\\n" "$@"; cat; } > "%s/hook.sent"\n' "$dir" > "$dir/bin/curl"
chmod +x "$dir/bin/sendmail" "$dir/bin/curl"
examples=$(cd "$(dirname "$0")/../../examples/watch" && pwd)
PATH=$dir/bin:$PATH
watch mail --exec "$examples/mail facturas@trato.example"
says mail "at work" > /dev/null
watch=$watcher
watch hook --exec "$examples/webhook https://hooks.example/trato"
says hook "at work" > /dev/null
approve
until_is 1 given mail > /dev/null
until_is 1 given hook > /dev/null
expect "a mail" 0 "To: facturas@trato.example" cat "$dir/mail.sent"
expect "with a subject" 0 "Subject: Invoicing notice 2026-00" cat "$dir/mail.sent"
expect "of a body" 0 "Client:   ACME SL, tax id A58818501" cat "$dir/mail.sent"
expect "with amounts" 0 "Net 1000.50, VAT 210.11, total 1210.61 EUR" cat "$dir/mail.sent"
expect "and an id" 0 "Message-ID: <trato-mail-" cat "$dir/mail.sent"
expect "a webhook" 0 "Idempotency-Key: trato-hook-" cat "$dir/hook.sent"
expect "with the document" 0 "ACME SL" sh -c 'tail -n 1 "$dir/hook.sent" | jq -r .client.legal_name'
kill -TERM "$watch"
wait "$watch"
stop TERM

# verify [SED]: what systemd says of the unit.
verify() {
	sed "s|/usr/bin/trato|$(realpath "$trato")|; ${1:-}" "$examples/trato-watch@.service" > "$dir/trato-watch@mail.service"
	systemd-analyze verify --man=no "$dir/trato-watch@mail.service" 2>&1 | grep -c trato-watch
}
expect "the unit is one" 1 "0" verify
expect "as far as systemd looks" 0 "1" verify "s/KillMode=mixed/KillMode=mixd/"

# A name that nobody uses any more
status() {
	PGUSER="$administrator" "$trato" db status | grep -c "Watcher *$1:"
}
watch gone --exec true
says gone "at work" > /dev/null
expect "not while it works" 1 "Another process has worked under this name since" "$trato" -u marta@trato.example watch --name gone --forget
stop TERM
expect "it is told of" 0 1 status gone
expect "not by back office" 4 "may not" "$trato" -u berta@trato.example watch --name gone --forget
expect "forgotten" 0 "The watcher gone is forgotten." "$trato" -u marta@trato.example watch --name gone --forget
expect "and told of no more" 1 0 status gone
expect "the others are" 0 1 status two
expect "none of this name" 1 "There is no watcher of this name." "$trato" -u marta@trato.example watch --name nobody --forget
expect "with nothing else" 2 "--forget goes with --name alone." "$trato" -u marta@trato.example watch --name gone --forget --exec true
watch gone --exec true
approve
expect "begun again" 0 so until_is 1 given gone
expect "it is told of again" 0 1 status gone
stop TERM

# Exit codes
expect "no name" 2 "A watcher needs a name" "$trato" -u berta@trato.example watch
expect "a name that is none" 2 "A watcher needs a name" "$trato" -u berta@trato.example watch --name "../x"
expect "a time that is none" 2 "--timeout takes seconds" "$trato" -u berta@trato.example watch --name x --timeout 0
expect "a day that is none" 2 "" "$trato" -u berta@trato.example watch --name x --from someday
expect "not with --restricted" 4 "no other program is started" "$trato" --restricted -u berta@trato.example watch --name x --exec true
expect "not for reps" 4 "may not" "$trato" -u ana@trato.example watch --name x
expect "nobody to be reached" 3 "" "$trato" -d "host=$dir" -u berta@trato.example watch --name x
expect "nowhere to note anything" 2 "There a watcher notes what is under way" env XDG_STATE_HOME=/dev/null/x "$trato" -u berta@trato.example watch --name x
expect "an output that is full" 1 "The output cannot be written." sh -c \
	"XDG_STATE_HOME='$state' timeout 20 '$trato' -u berta@trato.example watch --name full --from 2000-01-01 > /dev/full"
finish
