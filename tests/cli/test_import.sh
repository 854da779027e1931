#!/bin/sh
# trato import: files as spreadsheets write them, broken ones, what comes back, and that nothing is
# half done.
# shellcheck disable=SC1091,SC2154
. "$(dirname "$0")/tap.sh"
export PGDATABASE=trato
"$trato" db init > /dev/null || exit 1
secret="contraseña larga"
marta=marta@trato.example
ana=ana@trato.example
eva=eva@trato.example
with "$secret" "$trato" user add $marta --name Marta --role manager > /dev/null
with "$secret" "$trato" user add $ana --name Ana --role rep > /dev/null
with "$secret" "$trato" user add $eva --name Eva --role supervisor > /dev/null
settle
unset PGUSER
export PGPASSWORD="$secret"
dir=$(mktemp -d)
trap 'rm -rf "$dir" "$output"' EXIT

# import WHAT TEXT OPTION...: a file of that text, as Ana.
import() {
	what=$1
	# shellcheck disable=SC2059 # printf's own \r and octal bytes are wanted
	printf "$2" > "$dir/in.csv"
	shift 2
	"$trato" -u $ana import "$what" "$dir/in.csv" "$@"
}
clients() {
	sql "SELECT count(*) FROM trato.client"
}
last() {
	sql "SELECT concat_ws('|', $1) FROM trato.$2 ORDER BY id DESC LIMIT 1"
}

# Files
expect "no such file" 2 "cannot be read: No such file" "$trato" -u $ana import clients "$dir/none"
expect "a directory" 2 "cannot be read: Is a directory" "$trato" -u $ana import clients "$dir"
expect "no file named" 2 "Usage: trato import clients FILE" "$trato" -u $ana import clients
expect "an option of an export" 2 "Usage:" "$trato" -u $ana import clients x --format csv
expect "an unreadable file" 2 "cannot be read" "$trato" -u $ana import clients /proc/self/mem
expect "an empty file" 1 "is empty" import clients ''
expect "blank lines" 1 "no line with headings" import clients '\n\r\n\n'
expect "no heading" 1 "Possible are: name, legal_name, tax_id" import clients 'Acme,Madrid\nBeta,Vigo\n'
expect "a heading without a name" 1 "A column is missing: name" import clients 'NIF;Ciudad\n;Vigo\n'
expect "contacts without a client" 1 "A column is missing: client" import contacts 'Nombre\nX\n'
expect "two columns of one kind" 1 "the same: Nombre and Cliente" import clients 'Nombre,Cliente\nA,B\n'
expect "broken UTF-8" 1 "Line 4: This is not UTF-8" import clients 'Nombre\nA\303\261\303\263o\n\303\251\nEspa\361a\n'
expect "a NUL byte" 1 "Line 2: This is not UTF-8" import clients 'Nombre\nA\000B\n'
expect "an unclosed quotation mark" 1 "Line 2: The row that begins here does not end" \
	import clients 'Nombre\n"A\nB\nC\n'
expect "what follows a closing quotation mark" 1 "Line 3: In the row" import clients 'Nombre\nA\n"B"C\n'
expect "a spreadsheet" 1 "Save it as CSV" import clients 'PK\003\004xxxx'
expect "an unknown encoding" 2 "no encoding of the name nonsense" import clients 'Nombre\nA\n' --encoding nonsense
expect "half a character" 1 "middle of a character" import clients '\377\376N'
expect "none of these imported anything" 0 0 clients
expect "headings alone" 0 "Imported: 0. Refused: 0." import clients 'Nombre\n'

# Usual ones
expect "English, commas" 0 "Imported: 1. Refused: 0." import clients 'City,Tax ID,Name\nVigo,B58818501,"Uno, SL"\n'
expect "is there" 0 "Uno, SL|B58818501|Vigo" last "name, tax_id, city" client
expect "Spanish, semicolons, a mark, CR LF, blank rows" 0 "Imported: 1. Refused: 0." \
	import clients '\357\273\277Raz\303\263n social;C\303\263digo postal;"Tel\303\251fono"\r\n\r\n;;\r\nDos SA;08001;'"'"'+34 1\r\n\r\n'
expect "with zeros and plus" 0 "Dos SA|Dos SA|08001|+34 1" last "name, legal_name, postcode, phone" client
expect "tabs, no end of line" 0 "Imported: 1." import clients 'Notas\tCliente\n"dos\nl\303\255neas ""x"""\tTres'
expect "with its lines" 0 'líneas "x"|Tres' last "notes, name" client
expect "a separator named in the first line" 0 "Imported: 1." import clients 'sep=|\nNombre|Ciudad\nCuatro|A,B;C\n'
expect "windows-1252" 0 "Imported: 1." import clients 'Nombre;Poblaci\363n\nCompa\361\355a \200;Le\363n\n' --encoding windows-1252
expect "in UTF-8" 0 "Compañía €|León" last "name, city" client
expect "windows-1252 that nobody names" 0 "it is read as WINDOWS-1252" \
	import clients 'Raz\363n social\n"A\361ejos Le\363n \200"\n'
expect "in UTF-8 as well" 0 "Añejos León €" last "legal_name" client
expect "what DOS has left" 0 "it is read as CP850" import clients 'Raz\242n social\nEspa\244a A\244o\n'
expect "is Spanish too" 0 "España Año" last "legal_name" client
expect "ends of lines of old Macs" 1 "Imported: 2. Refused: 1." \
	import clients 'Nombre;NIF\rMac Uno;\rMac Dos;X\r"Mac\rTres";\r' -o "$dir/mac.csv"
expect "with their numbers" 0 '"3";"NIF: ' cat "$dir/mac.csv"
expect "a line break within a name is a blank" 0 "Mac Tres" last "name" client
expect "quotation marks within cells" 0 "Imported: 1." import clients 'Nombre;Notas\nBar "Sol" y "Luna;"a ""b"""\n'
expect "are letters" 0 'Bar "Sol" y "Luna|a "b"' last "name, notes" client
expect "numbers of spreadsheets, both decimal signs" 0 "Imported: 1." \
	import clients 'Nombre;NIF;CP;Tel\303\251fono\nN\303\272meros;ES-B12345674;8001.0;600123456,00\n'
expect "are whole again" 0 "B12345674|08001|600123456" last "tax_id, postcode, phone" client
expect "rounded ones are told" 1 "has rounded the number 6,00123E+08" \
	import clients 'Nombre;Tel\303\251fono\nRedondo;6,00123E+08\n'
expect "UTF-16" 0 "Imported: 1." import clients '\377\376N\000a\000m\000e\000\n\000\361\000\n\000'
expect "in UTF-8 too" 0 "ñ" last "name" client
expect "standard input" 0 "Imported: 1." sh -c "printf 'name\\nPiped\\n' | '$trato' -u $ana import clients -"
expect "a column of nobody" 0 "no column of Trato: Extra" import clients 'Nombre,Extra\nSeis,x\n'
expect "contacts" 0 "Imported: 2." import contacts 'Apellidos;Nombre;Empresa;CIF;E-mail\nGil;Jos\303\251;dos sa;;j@x.es\nPaz;Eva;;B-58818501;\n'
expect "with surname and client" 0 "Eva Paz|1" last "name, client_id" contact
sql "SET ROLE trato_owner; INSERT INTO trato.area (name) VALUES ('Energía')" > /dev/null
expect "divisions" 0 "Imported: 1." import divisions 'Cliente,Divisi\303\263n,\303\201rea\nTres,Norte,ENERGIA\n'
expect "with the area" 0 "Norte|1" last "name, area_id" division

# Refused
before=$(clients)
bad='Nombre;NIF;Notas\n=Siete;B12345678;"a\nb"\nOcho;;\n;X;\nUno, SL;B58818501;;x\nNueve;;\n'
expect "a dry run tells" 1 "Nothing was changed. Would be imported: 2. Would be refused: 3." \
	import clients "$bad" --dry-run
expect "and changes nothing" 0 "$before" clients
expect "all or nothing" 1 "Nothing was imported. Refused: 3 of 5." import clients "$bad" --all-or-nothing
expect "is nothing" 0 "$before" clients
expect "some" 1 "Imported: 2. Refused: 3." import clients "$bad" -o "$dir/out.csv"
expect "are imported" 0 "$((before + 2))" clients
expect "the rest comes back with line and reason" 0 '"2";"NIF: This is not a valid Spanish tax id' cat "$dir/out.csv"
expect "not as a formula" 0 ";\"'=Siete\";\"B12345678\"" cat "$dir/out.csv"
expect "with the line of the file" 0 '"5";"Nombre: This is required."' cat "$dir/out.csv"
expect "too many cells" 0 '"6";"This row has more cells' cat "$dir/out.csv"
expect "under its headings" 0 '"line";"reason";"Nombre";"NIF";"Notas"' cat "$dir/out.csv"
expect "for its owner only" 0 "600" stat -c %a "$dir/out.csv"
sed 's/B12345678//; s/"X"/"X";"Z"/; /^"[56]"/d' "$dir/out.csv" > "$dir/corrected.csv"
expect "corrected it is imported as it is" 0 "Imported: 1. Refused: 0." \
	"$trato" -u $ana import clients "$dir/corrected.csv"
expect "with the text that it had" 0 "=Siete" last "name" client
expect "the same file again doubles nothing" 1 "Imported: 0. There already: 2. Refused: 1." \
	import clients 'Nombre\nOcho\nNUEVE\nTres\n'
expect "a dry run says so too" 0 "Would be imported: 1. There already: 1. Would be refused: 0." \
	import clients 'Nombre\nOcho\nNueva\n' --dry-run
expect "other data of the same client are refused" 1 "Imported: 0. Refused: 1." import clients 'Nombre;CP\nOcho;08001\n'
expect "contacts again" 0 "Imported: 0. There already: 2. Refused: 0." \
	import contacts 'Apellidos;Nombre;Empresa;CIF;E-mail\nGil;Jos\303\251;dos sa;;j@x.es\nPaz;Eva;;B-58818501;\n'
expect "divisions again" 0 "Imported: 0. There already: 1." import divisions 'Cliente,Divisi\303\263n,\303\201rea\nTres,Norte,ENERGIA\n'
expect "a file is written over when it is whole" 1 "" import clients 'Nombre;CP\nOcho;08001\n' --refused "$dir/out.csv"
expect "and has the new rows only" 0 2 grep -c . "$dir/out.csv"
expect "a place that cannot be written" 2 "cannot be written" import clients 'Nombre\nOcho\n' -o "$dir/none/x"
expect "a cell of a megabyte" 1 "Notas: This is empty or too long." \
	sh -c "{ printf 'Nombre,Notas\\nGrande,'; head -c 1000000 /dev/zero | tr '\\0' x; } > '$dir/big.csv' &&
		exec '$trato' -u $ana import clients '$dir/big.csv'"
expect "a row without an end" 1 "Is a closing quotation mark missing?" \
	sh -c "{ printf 'Nombre\\n\"'; head -c 9000000 /dev/zero | tr '\\0' x; } > '$dir/big.csv' &&
		exec '$trato' -u $ana import clients '$dir/big.csv'"
before=$(clients)
expect "a supervisor may not" 4 "may not" "$trato" -u $eva import clients "$dir/corrected.csv"
awk 'BEGIN { print "Nombre;Ciudad"; for (i = 0; i < 3000; i++) print "Cliente " i % 2999 ";Madrid" }' > "$dir/many.csv"
# interrupted SIGNAL OPTION...: it stops after its first calls, held up by another import.
interrupted() {
	signal=$1
	shift
	mkfifo "$dir/go"
	PGUSER=postgres psql -Xq < "$dir/go" > /dev/null &
	exec 9> "$dir/go"
	echo "BEGIN; LOCK TABLE trato.schema_version IN SHARE UPDATE EXCLUSIVE MODE;" >&9
	until_waits "relation = 'trato.schema_version'::regclass AND granted"
	"$trato" -u $ana import clients "$dir/many.csv" "$@" &
	import=$!
	until_waits "relation = 'trato.schema_version'::regclass AND NOT granted"
	kill "-$signal" $import
	echo "COMMIT;" >&9
	exec 9>&-
	rm "$dir/go"
	wait $import
}
until_waits() {
	until [ "$(sql "SELECT EXISTS (SELECT FROM pg_locks WHERE mode = 'ShareUpdateExclusiveLock' AND $1)")" = t ]; do :; done
}
expect "interrupted it tells what is done" 1 "Imported before that: 500." interrupted TERM -o "$dir/rest.csv"
expect "so many" 0 "$((before + 500))" clients
expect "all or nothing is nothing" 1 "Nothing was imported." interrupted HUP --all-or-nothing -o "$dir/rest.csv"
expect "indeed" 0 "$((before + 500))" clients
expect "no broken file is left" 0 0 sh -c "ls '$dir' | grep -c '^rest' | cat"
expect "again" 0 "Imported: 2499. There already: 501. Refused: 0." "$trato" -u $ana import clients "$dir/many.csv"
expect "all of them" 0 "$((before + 2999))" clients
expect "under her name" 0 "3016" sql "SELECT count(*) FROM trato.audit JOIN trato.person ON person.id = person_id
	WHERE table_name = 'client' AND operation = 'insert' AND email = '$ana'"
expect "two imports take turns" 0 "Imported: 600. There already: 600." sh -c "
	awk 'BEGIN { print \"Nombre\"; for (i = 0; i < 600; i++) print \"Turno \" i }' > '$dir/turns.csv'
	'$trato' -u $ana import clients '$dir/turns.csv' > '$dir/one' 2>&1 &
	'$trato' -u $marta import clients '$dir/turns.csv' > '$dir/two' 2>&1; wait
	awk '{ gsub(/[^0-9 ]/, \"\"); imported += \$1; there += (NF > 2 ? \$2 : 0) }
		END { print \"Imported: \" imported \". There already: \" there \".\" }' '$dir/one' '$dir/two'"
finish
