/*
 * See hostile_fill.h. Every row of every table gets another text in each of its
 * columns, past the functions (which would ask who it is) but never past the
 * constraints.
 */
#include "hostile_fill.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include <base/text.h>

#include "hostile.h"

/* Columns that are left alone: names to log in with, settings that are read by the program, what
 * the server keeps for itself, and what is looked for. Every other one gets texts, unless its
 * constraints allow none of them. */
static const char script[] =
    "SET session_replication_role = replica; SET client_min_messages = warning;\n"
    "CREATE TEMP TABLE outcome (place text, taken int, refused int);\n"
    "DO $$\n"
    "DECLARE place record; spot tid; at int; nth int := 0; taken int; refused int; it text;\n"
    "BEGIN\n"
    "  FOR place IN SELECT c.table_name, c.column_name FROM information_schema.columns AS c\n"
    "      JOIN information_schema.tables AS t USING (table_schema, table_name)\n"
    "     WHERE c.table_schema = 'trato' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'\n"
    "       AND c.is_generated = 'NEVER'\n"
    "       AND (c.table_name, c.column_name) NOT IN (('person', 'email'), ('setting', 'value'),\n"
    "           ('setting', 'name'), ('setting', 'key'))\n"
    "       AND c.table_name NOT IN ('schema_version', 'write_log', 'audit', 'state_arrow',\n"
    "           'state_change', 'client_word', 'watcher', 'watcher_turn', 'delivery')\n"
    "     ORDER BY 1, 2\n"
    "  LOOP\n"
    "    at := nth; nth := nth + 7; taken := 0; refused := 0;\n"
    "    FOR spot IN EXECUTE format('SELECT ctid FROM trato.%I LIMIT 212', place.table_name) LOOP\n"
    "      SELECT text INTO it FROM hostile WHERE hostile.number = at % (SELECT count(*) FROM hostile);\n"
    "      at := at + 1;\n"
    "      BEGIN\n"
    "        EXECUTE format('UPDATE trato.%I SET %I = $1 WHERE ctid = $2', place.table_name,\n"
    "                       place.column_name) USING it, spot;\n"
    "        taken := taken + 1;\n"
    "      EXCEPTION WHEN OTHERS THEN refused := refused + 1;\n"
    "      END;\n"
    "    END LOOP;\n"
    "    INSERT INTO outcome VALUES (place.table_name || '.' || place.column_name, taken, refused);\n"
    "  END LOOP;\n"
    "END $$;\n"
    /* Whom the walk looks for. */
    "UPDATE trato.person SET name = 'Ana Ruiz' WHERE email = 'ana@trato.example';\n"
    "UPDATE trato.person SET name = 'Luis Pérez' WHERE email = 'luis@trato.example';\n"
    /* The dashboard's sums are made by triggers. */
    "DO $$ BEGIN PERFORM trato.make_figures(); END $$;\n"
    "SELECT place, taken, refused FROM outcome ORDER BY 1;\n";

static void put_literal(FILE *out, const char *text)
{
	fputs("E'", out);
	for (; *text; text++)
		fprintf(out, "\\x%02X", (unsigned char)*text);
	fputc('\'', out);
}

static void put_texts(FILE *out)
{
	int number = 0;

	fputs("CREATE TEMP TABLE hostile (number int PRIMARY KEY, text text NOT NULL);\n", out);
	for (int i = 0; i < hostile_count(); i++) {
		const char *text = hostile_text(i)->text;

		if (!text_is_valid(text, strlen(text)))
			continue;
		fprintf(out, "INSERT INTO hostile VALUES (%d, ", number++);
		put_literal(out, text);
		fputs(");\n", out);
	}
}

/* Only words of the schema's own, digits or names are allowed there. */
static bool is_closed(const char *place)
{
	static const char *const closed[] = {
		"action.state", "client.country",  "communication.channel", "communication.direction",
		"contact.email", "notice.state",   "offer.currency",        "offer.state",
		"reason.kind",   "register.about",  "register.kept",         "register.purpose",
		"request.state",
	};

	for (size_t i = 0; i < sizeof(closed) / sizeof(*closed); i++)
		if (strcmp(place, closed[i]) == 0)
			return true;
	return false;
}

void hostile_fill(void)
{
	char path[] = "/tmp/trato-hostile.XXXXXX", command[200], place[100];
	int file = mkstemp(path), taken, refused, closed = 0, open = 0, texts = 0;
	FILE *out = fdopen(file, "w");
	FILE *in;

	assert_non_null(out);
	fputs("BEGIN; SET standard_conforming_strings = on; SET client_encoding = 'UTF8';\n", out);
	put_texts(out);
	fputs(script, out);
	fputs("COMMIT;\n", out);
	fclose(out);
	snprintf(command, sizeof(command),
	         "psql -XAqt -F ' ' -v ON_ERROR_STOP=1 -d trato -f %s", path);
	in = popen(command, "r");
	assert_non_null(in);
	while (fscanf(in, "%99s %d %d\n", place, &taken, &refused) == 3) {
		open += taken > 0;
		texts += taken;
		if (taken > 0 || refused == 0 || is_closed(place))
			continue;
		print_error("%s takes no hostile text, and is none of those that cannot\n", place);
		closed++;
	}
	assert_int_equal(pclose(in), 0);
	remove(path);
	print_message("%d hostile texts in %d columns\n", texts, open);
	assert_true(open > 20);
	assert_int_equal(closed, 0);
}
