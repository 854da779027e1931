/*
 * Sorted lists page by page: by whatever column, in both directions and both
 * ways, no row is lost or comes twice, equal ones among them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <db/script.h>
#include <queries.h>

enum { ROWS = 30 };

static struct script *script;
static struct arena *arena;

static void run(const char *sql)
{
	struct err err = { 0 };

	if (!script_run(script, sql, &err))
		fail_msg("%s\n%s", sql, err.text);
}

/* Thirty actions of one person, with titles, cities and next steps that are equal now and then. */
static int set_up(void **state)
{
	struct err err = { 0 };

	(void)state;
	arena = arena_new();
	script = script_open("dbname=trato", "postgres", NULL, &err);
	if (script == NULL)
		fail_msg("%s", err.text);
	run("INSERT INTO trato.person (email, name, roles, must_change_password)"
	    " VALUES ('ana@trato.example', 'Ana', '{rep}', false);"
	    "CREATE ROLE \"ana@trato.example\" LOGIN IN ROLE trato_rep;"
	    "SET SESSION AUTHORIZATION \"ana@trato.example\"");
	for (int i = 1; i <= ROWS; i++) {
		run(arena_printf(arena,
		                 "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Client %d',"
		                 " NULL, NULL, NULL, %s, NULL, NULL, 'ES', NULL, NULL, NULL)",
		                 i % 7, i % 5 == 0 ? "NULL" : i % 2 ? "'Ávila'" : "'Burgos'"));
		run(arena_printf(arena,
		                 "SELECT trato.save_division(gen_random_uuid(), NULL, NULL,"
		                 " (SELECT max(id) FROM trato.client), 'Site %d', NULL, NULL, true)",
		                 i % 3));
		run(arena_printf(arena,
		                 "SELECT trato.open_action(gen_random_uuid(),"
		                 " (SELECT max(id) FROM trato.client), 'Title %d',"
		                 " ARRAY[(SELECT max(id) FROM trato.division)])",
		                 i % 4));
		if (i % 3 == 0)
			run(arena_printf(arena,
			                 "SELECT trato.set_next_step(gen_random_uuid(), max(id), 1,"
			                 " 'Call', '2030-01-0%d') FROM trato.action",
			                 i % 5 + 1));
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	script_close(&script);
	arena_free(&arena);
	return 0;
}

/* The keys of all pages of seven rows, one behind the other. */
static const char *all_pages(const struct statement *statement, const char *edge, const char *column)
{
	const char *key = NULL, *id = NULL, *all = "";
	int total = 0;

	for (;;) {
		const char *const actions[] = { key, id, "7", NULL, "mine", column };
		const char *const clients[] = { key, id, "7" };
		const struct rows *rows = NULL;
		struct err err = { 0 };

		if (!script_query(script, arena, statement->sql, statement->parameters,
		                  column != NULL ? actions : clients, &rows, NULL, &err))
			fail_msg("%s: %s", statement->name, err.text);
		for (int i = 0; i < rows->count; i++)
			all = arena_printf(arena, "%s%s ", all, rows_text(rows, i, "key"));
		total += rows->count;
		if (rows->count < 7)
			break;
		key = rows_text(rows, 6, "sort_key");
		id = rows_text(rows, 6, edge);
	}
	assert_int_equal(total, ROWS);
	for (int i = 1; i <= total; i++)
		assert_true(strstr(arena_printf(arena, " %s", all),
		                   arena_printf(arena, " %d ", i)) != NULL);
	return all;
}

static const char *reversed(const char *words)
{
	const char *all = "";

	for (; *words != '\0'; words += strcspn(words, " ") + 1)
		all = arena_printf(arena, "%.*s %s", (int)strcspn(words, " "), words, all);
	return all;
}

static void test_actions_sorted__by_every_column(void **state)
{
	static const char *const columns[] = { "number",    "client",      "first_division",
		                               "title",     "presented",   "next_step",
		                               "owner",     "contact_age", "state" };

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		const char *up = all_pages(&sql_actions_sorted_up, "number", columns[i]);
		const char *down = all_pages(&sql_actions_sorted_down, "number", columns[i]);

		assert_string_equal(down, reversed(up));
	}
	/* Titles 0 come first, those without a next step last. */
	assert_int_equal(strncmp(all_pages(&sql_actions_sorted_up, "number", "title"), "4 8 12 ", 7),
	                 0);
	assert_int_equal(
	    strncmp(all_pages(&sql_actions_sorted_up, "number", "next_step"), "15 30 6 21 12 27 ", 17),
	    0);
}

static void test_clients_by_city__in_both_directions(void **state)
{
	const char *up = all_pages(&sql_clients_by_city_up, "key", NULL);

	(void)state;
	assert_int_equal(strncmp(up, "5 10 15 20 25 30 1 3 7 ", 23), 0);
	assert_string_equal(all_pages(&sql_clients_by_city_down, "key", NULL), reversed(up));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_actions_sorted__by_every_column),
		cmocka_unit_test(test_clients_by_city__in_both_directions),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
