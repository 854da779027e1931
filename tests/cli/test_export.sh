#!/bin/sh
# trato export: the three formats, what nobody else's spreadsheet may run, and who sees what.
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
	SELECT save_client(gen_random_uuid(), NULL, NULL, '=SUM(A1) ' || U&'\\202E', NULL, NULL, NULL, NULL,
		'08001', NULL, NULL, '+34 1', NULL, E'two\nlines \"quoted\", and \\\\ more' || chr(1));
	SELECT save_contact(gen_random_uuid(), NULL, NULL, 1, '=SUM(A1)', 'Boss', 'a@x.es', '-5', '-1-1', NULL, true);
	SELECT save_division(gen_random_uuid(), NULL, NULL, 1, 'North', NULL, NULL, true);
	SELECT open_action(gen_random_uuid(), 1, '@Deal', ARRAY[1]);
	SELECT save_offer(gen_random_uuid(), NULL, NULL, 1, '-Offer', ARRAY[1],
		'[{\"description\": \"a\", \"unit_price\": 1234.56, \"vat\": 21}]', p_valid_until => today());
	SELECT present_offer(gen_random_uuid(), 1, (SELECT version FROM offer));
	SELECT approve_offer(gen_random_uuid(), 1, (SELECT version FROM offer), today(), 'Sr. X');
	SELECT log_communication(gen_random_uuid(), 1, NULL, 'visit', 'out', now(), 'Hello', repeat('ñ', 40000));
	" > /dev/null || exit 1
unset PGUSER
export PGPASSWORD="$secret"
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT
export_as() {
	"$trato" -u "$@"
}
made() {
	export_as "$@" && echo made
}
# A part of a spreadsheet, which is a ZIP file.
part() {
	perl -MIO::Uncompress::Unzip=unzip -e 'unzip($ARGV[0], "-", Name => $ARGV[1]) or exit 1' "$1" "$2"
}

expect "CSV" 0 "id,name,legal_name,tax_id" export_as $ana export clients
expect "is no formula" 0 "1,'=SUM(A1)" export_as $ana export clients --format csv
expect "nor is a telephone number" 0 ",'+34 1," export_as $ana export clients
expect "a negative number is a number" 0 ",-5,'-1-1," export_as $ana export contacts
expect "amounts are amounts" 0 ",EUR,1234.56,259.26,1493.82," export_as $ana export offers
for what in clients contacts divisions actions offers communications notices; do
	expect "JSON of $what" 0 "1" sh -c "'$trato' -u $ana export $what --format json > '$dir/x.json' &&
		echo \"SELECT json_array_length(:'d')\" | psql -XAt -U $marta -v d=\"\$(cat '$dir/x.json')\""
	expect "of others: $what" 0 "$(echo "$what" | grep -q '^[cd].*s$' && [ $what != communications ] && echo '"id":1' || echo '[]')" \
		export_as $luis export $what --format json
	expect "a manager sees all: $what" 0 "SUM(A1)" export_as $marta export $what
	expect "XLSX of $what" 0 made made $marta export $what --format xlsx -o "$dir/$what.xlsx"
	expect "is one: $what" 0 "=SUM(A1) &lt;U+202E&gt;" part "$dir/$what.xlsx" xl/worksheets/sheet1.xml
	expect "without formulas: $what" 0 0 sh -c "perl -MIO::Uncompress::Unzip=unzip -e 'unzip(\$ARGV[0], \"-\",
		Name => \"xl/worksheets/sheet1.xml\")' '$dir/$what.xlsx' | grep -c '<f>' | cat"
done
expect "JSON keeps text as it is" 0 'two\nlines \"quoted\", and \\ more\u0001' \
	export_as $ana export clients --format json
expect "numbers are numbers" 0 "<v>1493.82</v>" part "$dir/offers.xlsx" xl/worksheets/sheet1.xml
expect "a long text is cut" 0 "ñ…" part "$dir/communications.xlsx" xl/worksheets/sheet1.xml
expect "a spreadsheet through a pipe" 0 "PK" sh -c "'$trato' -u $ana export clients --format xlsx | head -c 2"
mkdir "$dir/lib"
for version in 4 5 6 7 8 9; do : > "$dir/lib/libxlsxwriter.so.$version"; done
traces() { sql "SELECT count(*) FROM trato.opening"; }
taken=$(traces)
expect "without the library for spreadsheets" 1 "apt install libxlsxwriter" \
	env LD_LIBRARY_PATH="$dir/lib" "$trato" -u $ana export contacts --format xlsx -o "$dir/none.xlsx"
expect "makes no file" 0 none sh -c "test -e '$dir/none.xlsx' || echo none"
expect "no spreadsheet on a terminal" 2 "-o FILE.xlsx" \
	script -qec "'$trato' -u $ana export contacts --format xlsx" /dev/null
expect "nobody has taken anything so far" 0 "$taken" traces
export_as $ana export contacts > "$dir/contacts.csv"
expect "what has been taken is in the trail" 0 "$((taken + 1))" traces
expect "cleaned on a terminal" 0 "<U+202E>" script -qec "'$trato' -u $ana export clients" /dev/null
expect "a file" 0 made made $ana export clients -o "$dir/x.csv"
expect "is readable by its owner only" 0 600 stat -c %a "$dir/x.csv"
ln -s x.csv "$dir/link.csv"
expect "a link" 0 made made $ana export actions -o "$dir/link.csv"
expect "stays one" 0 "number,state" cat "$dir/x.csv"
expect "is still a link" 0 x.csv readlink "$dir/link.csv"
expect "a place that is not there" 2 "cannot be written" export_as $ana export clients -o "$dir/none/x.csv"
expect "a full disk" 1 "cannot be written" export_as $ana export clients -o /dev/full
expect "a full disk for a spreadsheet" 1 "cannot be written" export_as $ana export clients --format xlsx -o /dev/full
expect "a full disk behind a pipe" 1 "cannot be written" sh -c "exec '$trato' -u $ana export clients > /dev/full"
expect "nothing is left beside the files" 0 "0" sh -c "ls '$dir' | grep -c '\\.......\$' | cat"
expect "no such format" 2 "Usage: trato export clients" export_as $ana export clients --format pdf
expect "no such thing" 2 "export notices" export_as $ana export people
expect "what is exported is imported" 0 "Imported: 0. There already: 1." \
	sh -c "'$trato' -u $ana export clients -o '$dir/c.csv' && exec '$trato' -u $ana import clients '$dir/c.csv'"

# There and back: what a spreadsheet would run, would cut or would take for something else.
sql "$(cat << 'END'
	WITH hostile AS (SELECT text, text || row_number() OVER () AS name FROM (VALUES
		('=1+1'), ('=cmd|''/c calc''!A1'), ('+34 1'), ('-1-1'), ('-5'), ('@SUM(A1)'), ('''=1'),
		('''''=1'), ('"=1"'), ('''plain'''), ('"'), ('""'), ('a"b'), ('a;b'), ('a,b'), ('a|b'), ('\'),
		('\.'), ('\N'), ('NULL'), ('TRUE'), ('1,5'), ('00123'), ('1/2'), ('ñ€漢字'), (U&'\FF1D1+1'),
		(U&'\202Eabc'), (U&'a\200Bb'), (U&'\FEFFx'), ('a' || chr(1)), ('a' || chr(27) || '[31m'),
		('a' || chr(127)), (U&'e\0301'), ('sep=;'), ('#N/A'), ('<b>'), ('%s%n'), ('{x}'), ('$$'), ('--'),
		('/*')) AS hostile (text)),
	clients AS (INSERT INTO trato.client (name, legal_name, address, city, province, phone, website, notes)
		SELECT name, text, text, text, text, text, text,
			text || E'\n' || text || E'\r\n\n' || text || E'\ttab' FROM hostile),
	contacts AS (INSERT INTO trato.contact (client_id, name, job_title, phone, notes)
		SELECT 1, name, text, text, text FROM hostile)
	INSERT INTO trato.division (client_id, name, notes) SELECT 1, name, text FROM hostile;
END
)" > /dev/null || exit 1
cat > "$dir/formulas.pl" << 'END'
	local $/; $_ = <>; my $bad = 0;
	while (/\G(?:"((?:[^"]|"")*)"|([^,\n]*))([,\n])/g) {
		my $cell = $1 // $2;
		$cell =~ s/""/"/g;
		$bad++ if $cell =~ /^[ "\x{A0}]*[-=+@\x{FF1D}\t\r\n]/ && $cell !~ /^-[0-9]+$/;
	}
	print "formulas: $bad at ", pos // "the end", "\n";
END
for what in clients contacts divisions; do
	expect "all of these $what" 0 made made $marta export $what -o "$dir/$what.csv"
	expect "nothing that a spreadsheet runs: $what" 0 "formulas: 0 at the end" \
		perl -CSD "$dir/formulas.pl" "$dir/$what.csv"
done
all="SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM (
	SELECT 1, name, legal_name, tax_id, address, city, postcode, province, country, phone, website, notes FROM trato.client
	UNION ALL SELECT 2, client.name, contact.name, job_title, email, contact.phone, mobile, contact.notes, '', '', '', ''
	            FROM trato.contact JOIN trato.client ON client.id = client_id
	UNION ALL SELECT 3, client.name, division.name, division.notes, '', '', '', '', '', '', '', ''
	            FROM trato.division JOIN trato.client ON client.id = client_id) AS t"
here=$(sql "$all")
export PGDATABASE=other
PGPASSWORD='' PGUSER=postgres "$trato" -d dbname=other db init > /dev/null || exit 1
luisa=luisa@trato.example
with "$secret" env PGUSER=postgres PGPASSWORD='' "$trato" -d dbname=other user add $luisa --name Luisa --role rep > /dev/null || exit 1
PGUSER=postgres psql -XqAt -d other -c "UPDATE trato.person SET must_change_password = false"
for what in clients contacts divisions; do
	expect "into another database: $what" 0 "Imported: 42. Refused: 0." "$trato" -d dbname=other -u $luisa import $what "$dir/$what.csv"
done
expect "they are there what they were here" 0 "$here" sql "$all"
finish
