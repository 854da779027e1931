# Turns SQL files into C, so that SQL stays readable and the program carries it.
#   awk -f tools/sql2c.awk -v mode=queries    -v out=h|c schema/queries/*.sql
#   awk -f tools/sql2c.awk -v mode=migrations -v out=h|c schema/[0-9]*.sql
# A query is one statement a file; whole-line comments and the last semicolon are
# not sent. A migration is compiled in as it stands; its head says which clients
# it serves: "-- clients: 1..3". The names are those of the files.
# Works with mawk and gawk; only the checksum of a migration needs sha256sum.

function fail(text) {
	print "sql2c.awk: " text > "/dev/stderr"
	failed = 1
	exit 1
}

function quoted(text) {
	gsub(/\\/, "&&", text)
	gsub(/"/, "\\\\&", text)
	gsub(/\t/, "\\t", text)
	gsub(/\?/, "\\\\&", text)
	return "\"" text "\\n\""
}

function base_name(path) {
	sub(/^.*\//, "", path)
	sub(/\.sql$/, "", path)
	return path
}

function start_file() {
	finish_file()
	file = FILENAME
	name = base_name(FILENAME)
	lines = parameters = 0
	clients = ""
	if (mode == "queries" && name !~ /^[a-z][a-z0-9_]*$/)
		fail(file ": the name must be lower case letters, digits and _")
	if (mode == "migrations" && name !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+$/)
		fail(file ": the name must look like 0001_what_it_does.sql")
}

function highest_parameter(line,   n) {
	while (match(line, /\$[0-9]+/)) {
		n = substr(line, RSTART + 1, RLENGTH - 1) + 0
		if (n > parameters)
			parameters = n
		line = substr(line, RSTART + RLENGTH)
	}
}

function finish_query(   i) {
	while (lines > 0 && text[lines] ~ /^[ \t]*;?[ \t]*$/)
		lines--
	if (lines == 0)
		fail(file ": no statement")
	sub(/[ \t]*;[ \t]*$/, "", text[lines])
	names[++count] = name
	if (out == "h") {
		print "extern const struct statement sql_" name ";"
		return
	}
	print "const struct statement sql_" name " = {"
	print "\t\"" name "\","
	for (i = 1; i <= lines; i++)
		print "\t" quoted(text[i])
	print "\t, " parameters ","
	print "};"
}

function sha256(path,   command, line, sum) {
	gsub(/'/, "'\\''", path)
	command = "sha256sum -- '" path "'"
	if ((command | getline line) <= 0)
		fail("sha256sum " path " does not answer")
	close(command)
	split(line, sum, " ")
	return sum[1]
}

function finish_migration(   i, range) {
	if (clients !~ /^[0-9]+\.\.[0-9]+$/)
		fail(file ": its head needs a line such as \"-- clients: 1..1\"")
	split(clients, range, /\.\./)
	count++
	if (substr(name, 1, 4) + 0 != count)
		fail(file ": the numbers must run from 0001 without gaps")
	if (out == "h")
		return
	print "\t{ " (substr(name, 1, 4) + 0) ", \"" substr(name, 6) "\", " range[1] ", " range[2] ","
	print "\t  \"" sha256(file) "\","
	for (i = 1; i <= lines; i++)
		print "\t  " quoted(text[i])
	print "\t},"
}

function finish_file() {
	if (file == "")
		return
	if (mode == "queries")
		finish_query()
	else
		finish_migration()
	file = ""
}

BEGIN {
	if ((mode != "queries" && mode != "migrations") || (out != "h" && out != "c"))
		fail("needs -v mode=queries|migrations and -v out=h|c")
	print "/* Made by tools/sql2c.awk: change the SQL, not this. */"
	if (out == "h") {
		guard = mode == "queries" ? "TRATO_GEN_QUERIES_H" : "TRATO_GEN_MIGRATIONS_H"
		print "#ifndef " guard
		print "#define " guard "\n"
	}
	if (out == "c")
		print "#include <stddef.h>\n\n#include <" mode ".h>\n"
	else if (mode == "queries")
		print "#include <db/statement.h>\n"
	else
		print "#include <db/migration.h>\n"
	if (mode == "migrations" && out == "c")
		print "const struct migration migrations[] = {"
	if (ARGC < 2)
		exit
}

FNR == 1 { start_file() }

mode == "queries" {
	if ($0 ~ /^[ \t]*--/ || (lines == 0 && $0 ~ /^[ \t]*$/))
		next
	highest_parameter($0)
	text[++lines] = $0
	next
}

{
	if (clients == "" && $0 ~ /^-- clients: /) {
		clients = $0
		sub(/^-- clients: */, "", clients)
		sub(/[ \t]+$/, "", clients)
	}
	text[++lines] = $0
}

END {
	if (failed)
		exit 1
	finish_file()
	if (failed)
		exit 1
	if (mode == "migrations" && out == "c") {
		print "\t{ 0, NULL, 0, 0, NULL, NULL },\n};"
	} else if (mode == "migrations") {
		print "/* In order; ends with number 0. */"
		print "extern const struct migration migrations[];"
	} else if (out == "c") {
		print "\nconst struct statement *const sql_all[] = {"
		for (i = 1; i <= count; i++)
			print "\t&sql_" names[i] ","
		print "\tNULL,\n};"
	} else {
		print "\n/* All of them, NULL at the end. */"
		print "extern const struct statement *const sql_all[];"
	}
	if (out == "h")
		print "\n#endif"
}
