#!/bin/sh
# What hostile people have typed (tests/harness/hostile.txt), in every column that takes it, and then
# through whatever leaves the program: all screens, each command on a terminal and piped, CSV, XLSX,
# JSON, PDF, the log, refusals with their details, the notices of a server, the mail of a notice.
# A command that is not named here fails it.
# shellcheck disable=SC1091,SC2016,SC2034,SC2086,SC2154
. "$(dirname "$0")/../cli/tap.sh"
case $trato in /*) ;; *) trato=$PWD/$trato ;; esac
export PGUSER=postgres PGDATABASE=trato
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT

# The walk fills the database, and is a test of its own.
TRATO_HOSTILE=1 "${BUILD:-build}/tests/terminal/test_screens" || failures=1

unset PGUSER
export PGPASSWORD=demo
marta=marta@trato.example

cat > "$dir/seen.pl" << 'END'
	# seen.pl terminal|text: whether what came is visible; prints the first thing that is not.
	use Encode; local $/; my $text = <STDIN>; my $of = shift;
	# Lines end so there; and how far an import is stands in one.
	$text =~ s/\r(?=\n|\d+ of \d+ rows|$)//g if $of eq 'terminal';
	eval { $text = decode('UTF-8', $text, Encode::FB_CROAK); 1 } or do { print "broken UTF-8\n"; exit };
	$text =~ s/\n//g;
	if ($text =~ /([\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180B}-\x{180F}\x{3164}\x{FE00}-\x{FE0F}\x{FFA0}\x{034F}\x{FDD0}-\x{FDEF}\x{FFFE}\x{FFFF}\x{E0000}-\x{E0FFF}])(.{0,20})/s)
	{ printf "U+%04X before %s\n", ord $1, encode('UTF-8', $2) } else { print "all is visible, ", length $text > 0 ? "something" : "nothing", "\n" }
END
cat > "$dir/formulas.pl" << 'END'
	local $/; $_ = <>; my $bad = 0;
	while (/\G(?:"((?:[^"]|"")*)"|([^,\n]*))([,\n])/gc) {
		my $cell = $1 // $2;
		$cell =~ s/""/"/g;
		$bad++ if $cell =~ /^[ "'\x{A0}]*[-=+@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}\t\r\n]/ && $cell !~ /^'/ && $cell !~ /^-[0-9.]+$/;
	}
	print "formulas: $bad, ", (pos // -1) == length $_ ? "all read" : "broken", "\n";
END
# on_terminal COMMAND...: its output and its complaints, as a terminal gets them.
on_terminal() {
	script -qec "$* < /dev/null" /dev/null | perl "$dir/seen.pl" terminal
}
piped() {
	sh -c "$*" | perl "$dir/seen.pl" text
}
# very QUERY: a value as it is; psql itself leaves the last character of Unicode out.
very() {
	sql "SELECT encode(convert_to(($1)::text, 'UTF8'), 'base64')" | base64 -d
}
# same COLUMN TABLE THINGS: whether an export has that column's very texts.
same() {
	"$trato" -u $marta export "$3" --format json > "$dir/x.json" || return
	ids=$(jq -c 'map(.id)' "$dir/x.json" | tr '[]' '{}')
	very "SELECT json_agg($1 ORDER BY id) FROM trato.$2 WHERE id = ANY('$ids')" > "$dir/wanted.json"
	jq -c "sort_by(.id) | map(.$1)" "$dir/x.json" | jq -e --slurpfile wanted "$dir/wanted.json" \
		'. == $wanted[0] and length > 50' > /dev/null && echo same
}
inside() {
	perl -MIO::Uncompress::Unzip=unzip -e 'unzip($ARGV[0], "-", Name => "xl/worksheets/sheet1.xml") or exit 1' "$1"
}

# ---- lists, reports, exports ----

# An unknown command is told the groups, words that are wrong behind one of them the usages of its commands.
"$trato" nonsense 2>&1 | sed -n 's/^  trato \([a-z-]*\).*/\1/p' | while read -r group; do
	LANGUAGE=en "$trato" "$group" no such command < /dev/null 2>&1
done | sed -n 's/^\(Usage:\| \) trato \([a-z-]*\) \([a-z]*\).*/\2 \3/p' | sed 's/ $//' > "$dir/commands"
handled=
while read -r group name <&3; do
	what=$group${name:+ $name}
	handled="$handled
$what"
	case $what in
	list\ * | report\ * | user\ list | audit | privacy\ register | privacy\ due)
		expect "$what on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta $what"
		expect "$what piped" 0 "all is visible" piped "'$trato' -u $marta $what"
		expect "$what --csv on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta $what --csv"
		expect "$what --csv" 0 "formulas: 0, all read" sh -c "'$trato' -u $marta $what --csv | perl -CSD '$dir/formulas.pl'"
		expect "$what --json on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta $what --json"
		expect "$what --json" 0 fine sh -c "'$trato' -u $marta $what --json | jq -e . > /dev/null && echo fine"
		case $what in report*)
			"$trato" -u $marta $what --pdf -o "$dir/x.pdf"
			expect "$what --pdf" 0 "all is visible, something" sh -c "pdftotext -enc UTF-8 '$dir/x.pdf' - | tr -d '\f' | perl '$dir/seen.pl' text"
			;;
		esac
		;;
	export\ *)
		expect "$what on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta $what"
		expect "$what of CSV" 0 "formulas: 0, all read" sh -c "'$trato' -u $marta $what | perl -CSD '$dir/formulas.pl'"
		expect "$what of JSON" 0 fine sh -c "'$trato' -u $marta $what --format json | jq -e . > /dev/null && echo fine"
		"$trato" -u $marta $what --format xlsx -o "$dir/x.xlsx" 2> /dev/null
		inside "$dir/x.xlsx" > "$dir/sheet"
		expect "$what of XLSX" 0 "all is visible, something" perl "$dir/seen.pl" text < "$dir/sheet"
		expect "$what of XLSX has no formula" 1 0 grep -c '<f>' "$dir/sheet"
		;;
	doctor)
		expect "$what on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta $what"
		expect "$what piped" 0 "all is visible, something" piped "'$trato' -u $marta $what"
		;;
	# What they print is tried below, or is no text of the database.
	offer\ print | import\ * | log-mail | watch | db\ * | user\ * | privacy\ * | completion\ *) ;;
	*) expect "nobody has thought of trato $what" 0 "an entry here" true ;;
	esac
done 3< "$dir/commands"
expect "all commands are known" 0 "export actions" echo "$handled"
expect "JSON has the very names" 0 same same name client clients
expect "and notes" 0 same same notes client clients
expect "of contacts too" 0 same same job_title contact contacts
expect "and of divisions" 0 same same notes division divisions

# ---- data of people: of those contacts that have texts all over ----

for contact in $(sql "SELECT id FROM trato.contact WHERE notes IS NOT NULL ORDER BY id LIMIT 5"); do
	expect "data of a contact on a terminal" 0 "all is visible, something" on_terminal "'$trato' -u $marta privacy export --contact $contact"
	expect "are JSON" 0 fine sh -c "'$trato' -u $marta privacy export --contact $contact | jq -e . > /dev/null && echo fine"
	expect "what is asked before blocking" 0 "all is visible, something" on_terminal "'$trato' -u $marta privacy block --contact $contact --reason x"
done

# ---- paper ----

# Each has other texts in its title, terms and lines.
print_offers() {
	for offer in $("$trato" -u $marta list offers --json | jq -r '.[].number // empty' | sort | head -n 12); do
		"$trato" -u $marta offer print "$offer" -o "$dir/x.pdf" > /dev/null || return
		pdftotext -enc UTF-8 "$dir/x.pdf" - | tr -d '\f' > "$dir/x.txt"
		perl "$dir/seen.pl" text < "$dir/x.txt"
		grep -E 'root:x:0|uid=[0-9]' "$dir/x.txt"
	done | sort | uniq -c
}
print_offers > "$dir/offers" 2>&1
expect "offers on paper" 0 "12 all is visible, something" cat "$dir/offers"
expect "and nothing else" 1 0 grep -cv "12 all is visible" "$dir/offers"
sed 's/^/# /' "$dir/offers"

# ---- what a server says ----

PGUSER=postgres PGPASSWORD='' psql -XAqt -v ON_ERROR_STOP=1 << 'SQL'
	CREATE FUNCTION trato.hostile() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		RAISE NOTICE 'noticed %', NEW.notes;
		RAISE EXCEPTION 'message %', NEW.notes USING DETAIL = 'detail ' || NEW.notes, HINT = NEW.notes,
			ERRCODE = CASE WHEN NEW.name LIKE 'broken %' THEN 'P0001' ELSE '23514' END;
	END; $$;
	CREATE TRIGGER hostile BEFORE INSERT ON trato.client FOR EACH ROW WHEN (NEW.name ~ '^(refused|broken) ')
		EXECUTE FUNCTION trato.hostile();
SQL
sql "COPY (SELECT 'refused ' || row_number() OVER () AS name, notes FROM trato.client
	WHERE notes IS NOT NULL) TO STDOUT (FORMAT csv, HEADER)" > "$dir/in.csv"
printf 'log_file = "%s/log";\n' "$dir" > "$dir/trato.conf"
for end in "" 1 2 3 4 5 6 7; do
	sed "2,1000{/^refused [0-9]*$end,/!d}; s/^refused/broken/" "$dir/in.csv" > "$dir/broken.csv"
	expect "an error with its detail, on a terminal" 0 "all is visible, something" \
		on_terminal "'$trato' -u $marta import clients '$dir/broken.csv' -o '$dir/none.csv'"
done
expect "refused by a hostile server, on a terminal" 0 "all is visible, something" \
	on_terminal "'$trato' -c '$dir/trato.conf' -u $marta import clients '$dir/in.csv' -o '$dir/out.csv'"
expect "what is given back" 0 "formulas: 0, all read" perl -CSD "$dir/formulas.pl" "$dir/out.csv"
expect "with the server's words" 0 "message " cat "$dir/out.csv"
expect "the log" 0 "all is visible" perl "$dir/seen.pl" text < "$dir/log"
expect "has the notices" 0 "noticed " cat "$dir/log"
expect "and all lines begin with their time" 1 0 grep -cvE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{4} ' "$dir/log"
sql "DROP TRIGGER hostile ON trato.client; DROP FUNCTION trato.hostile()" > /dev/null

# ---- what people type behind a command ----

cat > "$dir/arguments.pl" << 'END'
	# arguments.pl TRATO: each text as an argument of many kinds; prints what is not visible.
	use Encode; my ($trato, $file) = @ARGV; my $bad = 0; my $count = 0;
	open my $in, '<', 'tests/harness/hostile.txt' or die;
	while (<$in>) {
		next if /^#/; chomp; my (undef, $text) = split /\t/, $_, 2;
		$text =~ s/\{(\d+):(.*?)\}/substr($2 x $1, 0, 2000)/ge;
		$text =~ s/\\(?:x(..)|u(....)|U(......)|(.))/defined $1 ? chr hex $1 : defined $2 ? encode('UTF-8', chr hex $2) : defined $3 ? encode('UTF-8', chr hex $3) : $4/ge;
		my @commands = ([$text], ["list", "clients", "--$text"], ["-c", "/nowhere/$text", "keys"],
			["-d", "x=$text", "list", "clients"], ["--$text"], ["list", "clients", "--from", $text]);
		for my $command ($commands[$count % 6], $commands[($count + 2) % 6]) {
			pipe my $read, my $write; my $pid = fork // die;
			if (!$pid) { open STDOUT, '>&', $write; open STDERR, '>&', $write; open STDIN, '<', '/dev/null'; exec $trato, @$command; exit 99 }
			close $write; my $said = do { local $/; <$read> }; waitpid $pid, 0; $count++;
			my $seen = eval { decode('UTF-8', my $copy = $said, Encode::FB_CROAK) };
			$seen = "\e" unless defined $seen; $seen =~ s/\n//g;
			if ($seen =~ /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/ || ($? & 127) || ($? >> 8) == 0) { print "# @$command[0]: $_: exit ", $? >> 8, "\n"; $bad++ }
		}
	}
	print "$count tried, $bad bad\n";
END
expect "arguments" 0 ", 0 bad" perl "$dir/arguments.pl" "$trato"

# ---- notices ----

mkdir "$dir/bin"
printf '#!/bin/sh\ncat > "%s/mail.sent"\n' "$dir" > "$dir/bin/sendmail"
chmod +x "$dir/bin/sendmail"
XDG_STATE_HOME=$dir/state timeout 60 "$trato" -u berta@trato.example watch --name hostile --from 2000-01-01 > "$dir/watch" 2> "$dir/watch.log" &
watcher=$!
wanted=$(sql "SELECT count(*) FROM trato.notice")
for _ in $(seq 600); do
	[ "$(wc -l < "$dir/watch")" -lt "$wanted" ] || break
	sleep 0.05
done
kill "$watcher" 2> /dev/null
jq -s -c 'map(.client.name) | unique' "$dir/watch" > "$dir/given"
very "SELECT json_agg(c.name) FROM trato.notice AS n JOIN trato.action AS a ON a.id = n.action_id
	JOIN trato.client AS c ON c.id = a.client_id" | jq -c unique > "$dir/wanted"
expect "watch gives one line of JSON a notice" 0 "$wanted" sh -c "jq -c .id '$dir/watch' | wc -l"
expect "with the very texts" 0 same sh -c "cmp '$dir/given' '$dir/wanted' && echo same"
expect "what it says of itself" 0 "all is visible" perl "$dir/seen.pl" text < "$dir/watch.log"
bad=0
while read -r line; do
	printf '%s\n' "$line" | PATH=$dir/bin:$PATH examples/watch/mail facturas@trato.example || bad=$((bad + 1))
	perl "$dir/seen.pl" text < "$dir/mail.sent" | grep -q '^all is visible' || bad=$((bad + 1))
	[ "$(sed '/^$/q' "$dir/mail.sent" | grep -c .)" = 6 ] || bad=$((bad + 1))
done < "$dir/watch"
expect "their mails have six lines of header and hide nothing" 0 "bad: 0" echo "bad: $bad"
finish
