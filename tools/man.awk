# Manual pages with the tables of the program: a line `.\" TABLE file.def` in a page is replaced
# by what include/*/file.def says. Pages below man/es/ get it in Spanish, from po/es.po.
#
#     awk -f tools/man.awk man/trato.1
#     awk -f tools/man.awk man/es/trato.1

function spanish() {
	return FILENAME ~ /(^|\/)es\//
}

# The words that stand between those of the tables.
BEGIN {
	word["no key"] = "ninguna tecla"
	word["In:"] = "En:"
	word["every screen"] = "todas las pantallas"
	word["For:"] = "Para:"
	word["sales reps"] = "comerciales"
	word["back office"] = "administración"
	word["supervisors"] = "supervisores"
	word["managers"] = "responsables"
	word["One of:"] = "Uno de estos valores:"
	word["Either true or false."] = "Puede ser true o false."
	word["A number"] = "Un número"
	word["from"] = "de"
	word["to"] = "a"
}

function say(text) {
	return spanish() ? word[text] : text
}

# The strings of po/es.po, continued lines put together, in message[English]. Those of a context
# are no words of the tables.
function read_po(    line, id, inside, context) {
	while ((getline line < "po/es.po") > 0) {
		if (line ~ /^msgid /) {
			id = ""
			inside = "id"
		} else if (line ~ /^msgstr /) {
			inside = "string"
		} else if (line !~ /^"/) {
			inside = ""
			context = line ~ /^msgctxt /
		}
		if (inside == "" || context)
			continue
		sub(/^[a-z]* *"/, "", line)
		sub(/"$/, "", line)
		gsub(/\\"/, "\"", line)
		if (inside == "id")
			id = id line
		else
			message[id] = message[id] line
	}
	close("po/es.po")
}

# What is not translated yet stays English: tools/po-check.sh tells it.
function translated(text) {
	if (!spanish())
		return text
	if (!("" in message))
		read_po()
	return message[text] == "" ? text : message[text]
}

# Each sentence begins a line, as mdoc has it, and none is longer than 80.
function print_sentences(text,    word, count, n, line) {
	text = text (text ~ /\.$/ ? "" : ".")
	count = split(text, word, " ")
	for (n = 1; n <= count; n++) {
		if (line != "" && (line ~ /\.$/ || length(line " " word[n]) > 80)) {
			print line
			line = ""
		}
		line = line (line == "" ? "" : " ") word[n]
	}
	print line
}

# The arguments of one row of a .def file, without quotes and N_(), in field[1..]; their number.
function split_row(text,    n, c, i, quoted, depth) {
	n = 1
	field[1] = ""
	for (i = index(text, "(") + 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "\"")
			quoted = !quoted
		else if (quoted)
			field[n] = field[n] c
		else if (c == "(")
			depth++
		else if (c == ")") {
			if (depth-- == 0)
				break
		} else if (c == ",")
			field[++n] = ""
		else if (c !~ /[ \t]/ && !(c == "N" && substr(text, i, 3) == "N_(") &&
		         !(c == "_" && substr(text, i, 2) == "_("))
			field[n] = field[n] c
	}
	return n
}

function print_commands(    n, keys, who, count, key) {
	keys = field[6] == "" ? say("no key") : ""
	count = split(field[6], key, " ")
	for (n = 1; n <= count; n++)
		keys = keys (n > 1 ? " , " : "") "Ic \\&" key[n]
	print ".It Cm " field[2] " Pq " keys
	print_sentences(translated(field[4]))
	who = field[7]
	gsub(/\|/, ", ", who)
	gsub(/ROLE_REP/, say("sales reps"), who)
	gsub(/ROLE_BACKOFFICE/, say("back office"), who)
	gsub(/ROLE_SUPERVISOR/, say("supervisors"), who)
	gsub(/ROLE_MANAGER/, say("managers"), who)
	gsub(/ /, ", ", field[5])
	print say("In:") " " (field[5] == "global" ? say("every screen") : field[5]) "." \
		(who == "0" ? "" : "\n" say("For:") " " who ".")
}

function print_option(kind, n,    allowed) {
	if (kind == "HOURS")
		field[2] = ""
	print ".It Cm " field[1] " No = " \
		(kind ~ /^(STRING|CHOICE|HOURS)$/ ? "Qq " : "") field[2] (field[2] == "" ? "\\&" : "")
	print_sentences(translated(field[n]))
	if (kind == "CHOICE") {
		allowed = field[3]
		gsub(/\|/, ", ", allowed)
		print say("One of:") " " allowed "."
	} else if (kind == "BOOL") {
		print say("Either true or false.")
	} else if (kind == "INT") {
		print say("A number") " " say("from") " " field[3] " " say("to") " " field[4] "."
	}
}

function print_table(name,    folder, line, row, kind, n) {
	folder = name == "commands.def" ? "view" : "conf"
	while ((getline line < ("include/" folder "/" name)) > 0) {
		if (line ~ /^[A-Z]+\(/)
			row = ""
		else if (row == "")
			continue
		row = row line
		if (line !~ /\)$/)
			continue
		n = split_row(row)
		kind = row
		sub(/\(.*/, "", kind)
		if (kind == "COMMAND")
			print_commands()
		else
			print_option(kind, n)
		row = ""
	}
}

/^\.\\" TABLE / {
	print_table($3)
	next
}
{ print }
