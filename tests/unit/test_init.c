/*
 * What trato db init refuses a server for, by the row of facts that it asks for:
 * also of servers that no test can start.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/db_init.h"

enum { COLUMNS = 12 };
static const char *const names[COLUMNS] = {
	"number",   "version",  "login",     "superuser",    "standby", "database",
	"encoding", "provider", "collation", "schema_owner", "ours",    "missing_extensions",
};

/* A good server, but for one column. NULL: it may be used. */
static void expect(const char *missing, const char *column, const char *value, enum err_kind kind,
                   const char *sentence)
{
	const char *cells[COLUMNS] = { "150014", "15.14", "postgres", "t",  "f", "trato",
		                       "UTF8",   "c",     "C.UTF-8",  NULL, "f", NULL };
	const struct rows facts = { 1, COLUMNS, names, cells };
	struct err err = { 0 };

	for (int i = 0; i < COLUMNS; i++)
		if (strcmp(names[i], column) == 0)
			cells[i] = value;
	assert_int_equal(init_judge(&facts, missing, &err), sentence == NULL);
	assert_int_equal(err.kind, kind);
	if (sentence && !strstr(err.text, sentence))
		fail_msg("%s = %s: %s", column, value, err.text);
}

static void test_init_judge__the_server(void **state)
{
	(void)state;
	expect("trato", "", "", 0, NULL);
	expect("trato", "number", "140019", ERR_REFUSED, "Trato needs 15 or later");
	expect(NULL, "number", "90624", ERR_REFUSED, "Trato needs 15 or later");
	expect("trato", "number", "180001", 0, NULL);
	expect("trato", "standby", "t", ERR_REFUSED, "read-only");
	expect("trato", "superuser", "f", ERR_DENIED, "postgres is no superuser");
	expect("trato", "missing_extensions", "unaccent", ERR_REFUSED,
	       "lacks the extensions unaccent");
}

static void test_init_judge__the_database(void **state)
{
	(void)state;
	expect(NULL, "", "", 0, NULL);
	expect(NULL, "ours", "t", ERR_REFUSED, "set up already");
	expect(NULL, "schema_owner", "bob", ERR_REFUSED, "it belongs to bob");
	expect(NULL, "encoding", "LATIN1", ERR_REFUSED, "is in LATIN1 and not in UTF8");
	expect(NULL, "collation", "es_ES.UTF-8", ERR_REFUSED, "sorts by es_ES.UTF-8");
	expect(NULL, "collation", "C.utf8", 0, NULL);
	expect(NULL, "provider", "i", ERR_REFUSED, "sorts by ICU");
	expect(NULL, "provider", "b", 0, NULL);
	/* What the one near it is like says nothing about the one to be made. */
	expect("trato", "encoding", "LATIN1", 0, NULL);
	expect("trato", "provider", "i", 0, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_init_judge__the_server),
		cmocka_unit_test(test_init_judge__the_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
