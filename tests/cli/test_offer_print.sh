#!/bin/sh
# trato offer print: what stands on the paper and in which order, long offers, texts that would
# be requests of groff, and everything that can be in the way.
# shellcheck disable=SC1091,SC2016,SC2154,SC2317
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
case $trato in /*) ;; *) trato=$PWD/$trato ;; esac
secret="contraseña larga"
marta=marta@trato.example
ana=ana@trato.example
work=$(mktemp -d)
trap 'rm -rf "$output" "$work"' EXIT
with "$secret" "$trato" user add $marta --name "Marta Vidal" --role manager > /dev/null || exit 1
settle
for name in ana luis; do
	with "$secret" env PGUSER= PGPASSWORD="$secret" "$trato" -u $marta user add $name@trato.example \
		--name "$name" --role rep > /dev/null || exit 1
done
settle
unset PGUSER
export PGPASSWORD="$secret"
cd "$work" || exit 1

as_ana() {
	PGUSER=$ana psql -XAtq -v ON_ERROR_STOP=1 "$@"
}
# offer TITLE LINES [TERMS [NOTES]]: a new draft of ana's; LINES is a query of jsonb. Prints its id.
offer() {
	as_ana -v title="$1" -v terms="${3:-}" -v notes="${4:-}" << SQL
		SELECT trato.save_offer(gen_random_uuid(), NULL, NULL, $action, :'title', '{$division}',
			($2), 'EUR', NULL, NULL, trato.today() + 30, nullif(:'terms', ''),
			nullif(:'notes', '')) ->> 'id'
SQL
}
present() {
	as_ana -c "SELECT trato.present_offer(gen_random_uuid(), $1, version) ->> 'number'
		FROM trato.offer WHERE id = $1"
}
line() {
	printf "SELECT jsonb_build_array(jsonb_build_object('description', %s, 'quantity', 2,
		'unit_price', 10.5, 'discount', 0, 'vat', 21))" "$1"
}
print() {
	"$trato" -u $ana offer print "$@"
}
# The words of the paper, without line breaks and repeated blanks.
words() {
	pdftotext -layout "$1" - | tr -s ' \n\f' ' '
}
# For commands that say nothing.
yes_it_is() {
	"$@" && echo "yes, it is"
}
# reads NAME FILE TEXT...: the paper has these texts in this order.
reads() {
	name=$1
	paper=$(words "$2")
	shift 2
	missing=
	rest=$paper
	for text; do
		case $rest in
		*"$text"*) rest=${rest#*"$text"} ;;
		*) missing=$text; break ;;
		esac
	done
	expect "$name" 0 "yes, it is" yes_it_is test -z "$missing"
	[ -z "$missing" ] || { echo "# not there: $missing, in:"; echo "$paper" | sed 's/^/# /'; }
}

PGUSER=postgres psql -Xq -v ON_ERROR_STOP=1 << 'SQL' || exit 1
INSERT INTO trato.client (name, legal_name, tax_id, address, postcode, city, province)
VALUES ('Bodegas del Duero', 'Bodegas "del" Duero, S. L.', 'B09885468', E'Calle Mayor, 1\nbajo',
        '09400', 'Aranda de Duero', 'Burgos');
INSERT INTO trato.division (client_id, name) SELECT id, 'Viñedos & .so /etc/passwd' FROM trato.client;
SQL
division=$(as_ana -c "SELECT id FROM trato.division")
action=$(as_ana -c "SELECT trato.open_action(gen_random_uuid(), client_id, 'Vendimia', ARRAY[id]) ->> 'id'
	FROM trato.division")

# ---- an offer of every day
first=$(offer "Plan anual" "SELECT jsonb_build_array(
	jsonb_build_object('description', 'Curso de dirección', 'quantity', 12.5, 'unit_price', 10333,
		'discount', 5, 'vat', 21),
	jsonb_build_object('description', 'Manual', 'quantity', 4, 'unit_price', 2.5,
		'discount', 0, 'vat', 4))" "30 días fecha factura" "Nota uno
nota dos")
shown=$(present "$first")
expect "it is made" 0 "The offer is in $shown.pdf." print "$shown"
reads "in English" "$shown.pdf" "Offer $shown" "Date" 'Bodegas "del" Duero, S. L.' B09885468 \
	"Calle Mayor, 1 bajo" "09400 Aranda de Duero (Burgos)" "Plan anual" "Viñedos & .so /etc/passwd" \
	"Valid until" "Payment terms 30 días fecha factura" "ana" "$ana" \
	"Description Quantity Price Disc. % VAT % Amount" \
	"Curso de dirección 12.5 10,333.00 5 21 122,704.38" "Manual 4 2.50 4 10.00" \
	"Net 122,714.38 €" "VAT 21 % on 122,704.38 25,767.92 €" "VAT 4 % on 10.00 0.40 €" \
	"Total 148,482.70 €" "Notes Nota uno nota dos" Conditions "Page 1"
expect "in Spanish" 0 "" print "$shown" --language es -o es.pdf
reads "in Spanish" es.pdf "Oferta $shown" "Curso de dirección 12,5 10.333,00 5 21 122.704,38" \
	"IVA 21 % sobre 122.704,38 25.767,92 €" "Total 148.482,70 €" Observaciones "Página 1"
expect "by the program's language" 0 "La oferta está en otra.pdf." \
	env LANGUAGE=es "$trato" -u $ana offer print "$shown" -o otra.pdf
reads "is Spanish" otra.pdf "Base imponible 122.714,38 €"
expect "on standard output" 0 "yes, it is" yes_it_is sh -c "'$trato' -u $ana offer print $shown -o - > out.pdf"
reads "is the same" out.pdf "Total 148,482.70 €"
expect "again, over the old one" 0 "" print "$shown"
expect "nothing else is left behind" 0 "$shown.pdf es.pdf otra.pdf out.pdf" sh -c 'echo *'
expect "nobody else's" 1 "There is no offer $shown that you may see" \
	"$trato" -u luis@trato.example offer print "$shown"

# ---- drafts and what came after them
as_ana -c "SELECT trato.revise_offer(gen_random_uuid(), $first, version) FROM trato.offer WHERE id = $first" > /dev/null
expect "a draft that revises it" 0 "in $shown-2-draft.pdf" sh -c \
	"'$trato' -u $ana offer print $shown/2 | tr / -"
reads "is marked" "$shown-2-draft.pdf" "Offer $shown/2" DRAFT
expect "the old one is not" 0 0 sh -c "pdftotext $shown.pdf - | grep -c DRAFT | cat"

# ---- 300 lines, descriptions of many words and of one
long=$(offer "Long" "SELECT jsonb_agg(jsonb_build_object('description',
	CASE n % 3 WHEN 0 THEN 'Line ' || n || repeat(' of many words', 20)
		WHEN 1 THEN 'Line ' || n || ' ' || repeat('x', 400)
		ELSE 'Line ' || n || E'\n' || repeat(E'row\n', 20) END,
	'quantity', 1, 'unit_price', n, 'discount', 0, 'vat', n % 12)) FROM generate_series(1, 300) AS n" \
	"" "$(yes 'A note that goes on and on. ' | head -n 600)")
shown=$(present "$long")
expect "300 lines" 0 "" print "$shown" -o long.pdf
all=$(for n in $(seq 300); do echo "Line $n "; done)
IFS='
'
# shellcheck disable=SC2086
reads "all there, in order, each rate, then the notes" long.pdf $all "Net 45,150.00 €" "VAT 11 %" \
	"VAT 5 %" "VAT 0 %" "Total" "A note that goes on and on." Conditions
unset IFS
pdftotext -layout long.pdf long.txt
expect "on many pages" 0 "yes, it is" yes_it_is sh -c 'test "$(pdfinfo long.pdf | sed -n "s/^Pages: *//p")" -gt 30'
# Each page but the first begins with the sum that the page before ended with; it is that of the
# lines so far.
expect "sums are carried" 0 "pages, all right" awk '
	BEGIN { RS = "\f" }
	{
		brought = carried = ""
		n = split($0, row, "\n")
		for (i = 1; i <= n; i++) {
			k = split(row[i], word, " ")
			if (row[i] ~ /Brought forward/) { brought = word[k]; heading = row[i - 1] row[i - 2] }
			if (row[i] ~ /Carried forward/) carried = word[k]
			if (row[i] ~ /Line [0-9]+ /) { figure = word[k]; gsub(/,/, "", figure); sum += figure }
		}
		if (brought != last) { print "page " NR ": " brought " after " last; bad = 1 }
		if (brought != "" && heading !~ /Description/) { print "page " NR ": no heading"; bad = 1 }
		plain = carried
		gsub(/,/, "", plain)
		if (carried != "" && plain + 0 != sum) { print "page " NR ": " carried ", not " sum; bad = 1 }
		last = carried
		pages += carried != ""
	}
	END { if (!bad && pages > 10) print pages " pages, all right" }' long.txt
expect "nothing stands beside the page" 0 0 sh -c '
	pdftotext -bbox long.pdf - | sed -n "s/.*<word.*xMax=\"\([0-9.]*\)\" yMax=\"\([0-9.]*\)\".*/\1 \2/p" |
		awk "\$1 > 540 || \$2 > 842" | grep -c . | cat'

# ---- wherever the page ends, the last line goes with the totals
alone() {
	for pages in *.totals; do
		awk 'BEGIN { RS = "\f" } / Total / && !/Short line/ { print FILENAME ": a page of totals" }' "$pages"
	done
	echo "$(cat ./*.totals | grep -c ' Total ') totals"
}
for count in $(seq 22 33); do
	short=$(offer "Short" "SELECT jsonb_agg(jsonb_build_object('description', 'Short line ' || n, 'quantity', 1,
		'unit_price', n, 'discount', 0, 'vat', n % 4)) FROM generate_series(1, $count) AS n")
	shown=$(present "$short")
	print "$shown" -o short.pdf > /dev/null
	pdftotext -layout short.pdf "$count.totals"
done
expect "totals are never alone" 0 "12 totals" alone
expect "really none" 0 0 sh -c "grep -c 'page of totals' << OUT | cat
$(alone)
OUT"
rm ./*.totals short.pdf

# ---- texts that groff would take for its own
secrets=$work/secret
echo "this must not be read" > "$secrets"
hostile=".so $secrets
'so $secrets
.sy touch $work/was-run
.pso touch $work/was-run
.open x $work/was-run
\\!.sy touch $work/was-run
\\*[company] \\n% \\X'ps: exec' \\w'x' \\e \\(aq \\[u0041] \\Z'x' \\v'99c'
.de LINE
..
T}
.TE
.TS
.LINE-END
.if 1 .tm told
.ex
.ab
\\
.\\\"
a\\
.pl 1c
\"quoted\" 'single' \`back\` ^hat ~tilde - -- -1
#.\$ \\\$1 \\\$@"
title=$(printf '%s' "$hostile" | head -c 199)
bad=$(offer "$title" "$(line "$(printf "'%s'" "$(printf '%s' "$hostile" | head -c 450 | sed "s/'/''/g")")")" \
	"$(printf '%s' "$hostile" | head -c 499)" "$hostile")
shown=$(present "$bad")
expect "requests in data" 0 "The offer is in bad.pdf." print "$shown" -o bad.pdf
expect "groff has nothing to say" 0 1 sh -c "'$trato' -u $ana offer print $shown -o bad.pdf 2>&1 | wc -l"
expect "nothing was run" 0 "yes, it is" yes_it_is test ! -e was-run
expect "nothing was read" 0 0 sh -c "pdftotext bad.pdf - | grep -c 'must not be read' | cat"
reads "all is text" bad.pdf "Total 25.41 €" "Notes .so $secrets 'so $secrets .sy touch" ".pso touch" \
	".open x" "\\!.sy touch" "\\*[company] \\n% \\X'ps: exec' \\w'x' \\e \\(aq \\[u0041] \\Z'x' \\v'99c'" \
	".de LINE .. T} .TE .TS .LINE-END .if 1 .tm told .ex .ab \\ .\\\" a\\ .pl 1c" \
	"\"quoted\" 'single' \`back\` ^hat ~tilde - -- -1 #.\$ \\\$1 \\\$@" Conditions
# The same in every field that the paper has.
PGUSER=postgres psql -Xq -v ON_ERROR_STOP=1 -v bad="$(printf '%s' "$hostile" | head -c 90)" << 'SQL' || exit 1
UPDATE trato.client SET name = :'bad', legal_name = E'.sy touch was-run\n' || :'bad', address = :'bad', city = :'bad',
	province = E'\\\\!.sy touch was-run', postcode = '.so x', country = 'PT';
UPDATE trato.person SET name = E'.pso touch was-run\n' || left(:'bad', 60) WHERE email LIKE 'ana@%';
SQL
expect "requests in every field" 0 1 sh -c "'$trato' -u $ana offer print $shown -o bad.pdf 2>&1 | wc -l"
reads "are text" bad.pdf "Client .sy touch was-run .so $secrets" "'so $secrets .sy touch" ".so x .so" "· PT" "Your contact .pso touch was-run" \
	"Total 25.41 €"
expect "and nothing was run by them" 0 "yes, it is" yes_it_is test ! -e was-run
expect "nor read" 0 0 sh -c "pdftotext bad.pdf - | grep -c 'must not be read' | cat"
strange=$(offer "Café · ½ α 中文 Ѐ" "$(line "U&'e\\0301 x\\030B n\\0303 \\202E \\001B[31m \\00A0\\2011 \\20AC'")")
shown=$(present "$strange")
expect "letters that no font has" 0 "" print "$shown" -o strange.pdf
reads "are named" strange.pdf "Café · ½ α <U+4E2D><U+6587> <U+0400>" "é <U+0078><U+030B> ñ <U+202E>" \
	"<U+241B>[31m" "€"
expect "without a word of groff" 0 1 sh -c "'$trato' -u $ana offer print $shown -o strange.pdf 2>&1 | wc -l"

# ---- the team's own template
sed 's/^\.ds company .*/.ds company "Nosotros, S. A./' "$(dirname "$trato")/share/offer.groff" > own.groff
cat > own.conf << 'CONF'
offer_template = "own.groff";
CONF
expect "a template of one's own" 0 "" "$trato" -c own.conf -u $ana offer print "$shown" -o own.pdf
reads "is used" own.pdf "Nosotros, S. A." "Offer $shown"
echo ".sy touch was-run" >> own.groff
echo ".no-such-request" >> own.groff
expect "it runs nothing" 0 "allowed in safer mode" \
	"$trato" -c own.conf -u $ana offer print "$shown" -o own.pdf
expect "indeed" 0 "yes, it is" yes_it_is test ! -e was-run
for template in "no where.groff" / -x; do
	echo "offer_template = \"$template\";" > own.conf
	expect "template $template" 1 "The template " "$trato" -c own.conf -u $ana offer print "$shown" -o no.pdf
done

# An installation that lost them: what came with Trato has no setting.
mkdir lost
cp "$trato" lost/trato
expect "the offer's template is gone" 1 "It comes with Trato: install that again." \
	lost/trato -u $ana offer print "$shown" -o no.pdf
expect "a report's" 1 "report.groff cannot be read" lost/trato -u $ana report pipeline --pdf -o no.pdf
expect "which comes with Trato, too" 1 "It comes with Trato" lost/trato -u $ana report pipeline --pdf -o no.pdf

# ---- what is in the way
mkdir bin folder
ln -s "$(command -v psql)" bin/psql
expect "no groff" 1 "groff is not installed" env PATH="$work/bin" "$trato" -u $ana offer print "$shown" -o no.pdf
fake() {
	printf '#!/bin/sh\n%s\n' "$1" > bin/groff
	chmod +x bin/groff
}
fake "echo \"groff: can't find 'DESC' file for device 'pdf'\" >&2; exit 1"
expect "half of groff" 1 "install the package groff" env PATH="$work/bin" "$trato" -u $ana offer print "$shown" -o no.pdf
fake 'echo %PDF half of it and no more'
expect "half a PDF" 1 "Is the disk full?" env PATH="$work/bin" "$trato" -u $ana offer print "$shown" -o no.pdf
fake 'kill -9 $$'
expect "groff is killed" 1 "could not make the PDF" env PATH="$work/bin" "$trato" -u $ana offer print "$shown" -o no.pdf
# shellcheck disable=SC2016
fake 'printf "[%s]" "$PGPASSWORD" "$PGUSER" "$HOME" >&2; exit 1'
expect "groff sees no secret" 1 "[][][]" env PATH="$work/bin" "$trato" -u $ana offer print "$shown" -o no.pdf
# shellcheck disable=SC2016
fake 'read -r pid < ../trato.pid; kill -TERM "$pid"; while :; do :; done'
mkdir stopped
# shellcheck disable=SC2016
expect "interrupted" 143 "" sh -c 'cd stopped && sh -c '"'"'echo $$ > ../trato.pid
	PATH=../bin exec "$0" "$@"'"'"' "$@"; code=$?; echo "$code"; exit $code' - "$trato" -u $ana offer print "$shown"
expect "leaves nothing" 0 0 sh -c 'ls stopped | wc -l'
expect "no such folder" 1 "cannot be written: No such file" print "$shown" -o no/where.pdf
expect "a folder" 1 "is no ordinary file" print "$shown" -o folder
expect "a device" 1 "is no ordinary file" print "$shown" -o /dev/null
expect "which stays one" 0 "yes, it is" yes_it_is test -c /dev/null
expect "a full disk" 1 "cannot be written" sh -c "'$trato' -u $ana offer print $shown -o - > /dev/full"
expect "nothing was left behind" 0 0 sh -c 'ls | grep -c "^no" | cat'
expect "no such offer" 1 "There is no offer 2001-00001" print 2001-00001
for wrong in "" 1 "x" "2026-1" "2026-00001/0" "2026-00001/1 OR true" "$(printf '2026\337')" "../x" 9999-999999999/9999; do
	expect "number «$wrong»" "$(case $wrong in *[!\ -~]*) echo 2 ;; *) echo 1 ;; esac)" "" print "$wrong"
done
expect "no number" 2 "Usage: trato offer print" print
expect "two numbers" 2 "Usage: trato offer print" print "$shown" "$shown"
expect "no such language" 2 "es or en" print "$shown" --language fr
expect "an option of another command" 2 "Usage:" print "$shown" --json
expect "this option elsewhere" 2 "Usage:" "$trato" -u $ana list holds -o x.pdf
[ -e /etc/trato.conf ] || expect "not with --restricted" 4 "no other program" \
	"$trato" --restricted -u $ana offer print "$shown"
finish
