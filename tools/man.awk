# Manual pages with the tables of the program: a line `.\" TABLE file.def` in a page is replaced
# by what include/*/file.def says.
#
#     awk -f tools/man.awk man/trato.1

# Each sentence begins a line, as mdoc has it.
function print_sentences(text) {
	gsub(/\. /, ".\n", text)
	print text (text ~ /\.$/ ? "" : ".")
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

function print_commands(    n, keys, who, count, word) {
	keys = field[6] == "" ? "no key" : ""
	count = split(field[6], word, " ")
	for (n = 1; n <= count; n++)
		keys = keys (n > 1 ? " , " : "") "Ic \\&" word[n]
	print ".It Cm " field[2] " Pq " keys
	print_sentences(field[4])
	who = field[7]
	gsub(/\|/, ", ", who)
	gsub(/ROLE_REP/, "sales reps", who)
	gsub(/ROLE_BACKOFFICE/, "back office", who)
	gsub(/ROLE_SUPERVISOR/, "supervisors", who)
	gsub(/ROLE_MANAGER/, "managers", who)
	gsub(/ /, ", ", field[5])
	print "In: " (field[5] == "global" ? "every screen" : field[5]) "." \
		(who == "0" ? "" : "\nFor: " who ".")
}

function print_option(kind, n,    allowed) {
	print ".It Cm " field[1] " No = " \
		(kind == "STRING" || kind == "CHOICE" ? "Qq " : "") field[2] (field[2] == "" ? "\\&" : "")
	print_sentences(field[n])
	if (kind == "CHOICE") {
		allowed = field[3]
		gsub(/\|/, ", ", allowed)
		print "One of: " allowed "."
	} else if (kind == "BOOL") {
		print "Either true or false."
	} else if (kind == "INT") {
		print "A number from " field[3] " to " field[4] "."
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
