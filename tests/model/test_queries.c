/*
 * Every statement that the program carries is prepared against the schema, by
 * the administrator.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <base/buf.h>
#include <base/err.h>
#include <db/script.h>
#include <queries.h>

enum { PARAMETERS_MAX = 24 };

/* A missing right shows at execution only, so this proves names, types and syntax. */
static void test_queries__all_fit_the_schema(void **state)
{
	struct err err = { 0 };
	struct script *script = script_open("dbname=trato", "postgres", NULL, &err);
	int count = 0, wrong = 0;

	(void)state;
	if (!script)
		fail_msg("%s", err.text);
	for (; sql_all[count]; count++) {
		struct buf sql = { 0 };
		buf_printf(&sql, "PREPARE %s AS %s", sql_all[count]->name, sql_all[count]->sql);
		if (!script_run(script, sql.text, &err)) {
			print_error("schema/queries/%s.sql: %s\n", sql_all[count]->name, err.text);
			wrong++;
		}
		buf_free(&sql);
	}
	assert_true(count > 0);
	assert_int_equal(wrong, 0);
	script_close(&script);
}

/* sql2c.awk counts the parameters; the server knows better. */
static void test_queries__have_their_parameters(void **state)
{
	struct err err = { 0 };
	struct arena *arena = arena_new();
	struct script *script = script_open("dbname=trato", "postgres", NULL, &err);

	(void)state;
	assert_non_null(script);
	for (int i = 0; sql_all[i]; i++) {
		const struct statement *statement = sql_all[i];
		const struct rows *rows = NULL;
		struct buf sql = { 0 };
		buf_printf(&sql, "PREPARE one AS %s", statement->sql);
		if (!script_run(script, sql.text, &err)) {
			buf_free(&sql);
			continue; /* the other test tells */
		}
		assert_true(script_query(script, arena,
		                         "SELECT cardinality(parameter_types) AS n"
		                         " FROM pg_prepared_statements",
		                         0, NULL, &rows, NULL, &err));
		if (rows_int(rows, 0, "n") != statement->parameters)
			fail_msg("schema/queries/%s.sql has other parameters", statement->name);
		assert_true(script_run(script, "DEALLOCATE one", &err));
		buf_free(&sql);
	}
	script_close(&script);
	arena_free(&arena);
}

/* Of the next and the previous page, or up and down: where they differ, a list has empty cells in one
 * direction. */
static const char *twin_of(struct arena *arena, const char *name)
{
	static const char *const ends[][2] = { { "_next", "_previous" }, { "_up", "_down" } };
	size_t length = strlen(name);

	for (int i = 0; i < 2; i++) {
		size_t end = strlen(ends[i][0]);

		if (length > end && strcmp(name + length - end, ends[i][0]) == 0)
			return arena_printf(arena, "%.*s%s", (int)(length - end), name, ends[i][1]);
	}
	return NULL;
}

static const struct statement *statement_named(const char *name)
{
	for (int i = 0; sql_all[i]; i++)
		if (strcmp(sql_all[i]->name, name) == 0)
			return sql_all[i];
	fail_msg("There is no schema/queries/%s.sql", name);
	return NULL;
}

static const char *columns_of(struct script *script, struct arena *arena,
                              const struct statement *statement)
{
	const char *const parameters[PARAMETERS_MAX] = { NULL };
	const struct rows *rows = NULL;
	struct err err = { 0 };
	const char *names = "";

	assert_true(statement->parameters <= PARAMETERS_MAX);
	if (!script_query(script, arena,
	                  arena_printf(arena, "SELECT * FROM (%s) AS list LIMIT 0", statement->sql),
	                  statement->parameters, parameters, &rows, NULL, &err))
		fail_msg("schema/queries/%s.sql: %s", statement->name, err.text);
	for (int i = 0; i < rows->columns; i++)
		names = arena_printf(arena, "%s %s", names, rows->names[i]);
	return names;
}

static void test_queries__of_both_directions_have_the_same_columns(void **state)
{
	struct err err = { 0 };
	struct arena *arena = arena_new();
	struct script *script = script_open("dbname=trato", "postgres", NULL, &err);
	int pairs = 0;

	(void)state;
	assert_non_null(script);
	for (int i = 0; sql_all[i]; i++) {
		const char *twin = twin_of(arena, sql_all[i]->name), *these, *others;

		if (!twin)
			continue;
		pairs++;
		these = columns_of(script, arena, sql_all[i]);
		others = columns_of(script, arena, statement_named(twin));
		if (strcmp(these, others) != 0)
			fail_msg("schema/queries/%s.sql has%s, %s.sql%s", sql_all[i]->name, these,
			         twin, others);
	}
	assert_true(pairs > 20);
	script_close(&script);
	arena_free(&arena);
}

/* Days and times of all that is asked behind it, whatever the server's zone is and the computer's. */
static void test_greeting__makes_the_zone_that_of_the_team(void **state)
{
	struct err err = { 0 };
	struct arena *arena = arena_new();
	struct script *script = script_open("dbname=trato", "postgres", NULL, &err);
	const struct rows *rows = NULL;

	(void)state;
	assert_non_null(script);
	assert_true(script_run(script, "SET TimeZone = 'Pacific/Pago_Pago'", &err));
	assert_true(script_query(script, arena, sql_greeting.sql, 0, NULL, &rows, NULL, &err));
	assert_string_equal(rows_text(rows, 0, "timezone"), "Europe/Madrid");
	assert_true(script_query(script, arena, "SELECT current_setting('TimeZone') AS zone", 0,
	                         NULL, &rows, NULL, &err));
	assert_string_equal(rows_text(rows, 0, "zone"), "Europe/Madrid");
	script_close(&script);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries__all_fit_the_schema),
		cmocka_unit_test(test_queries__have_their_parameters),
		cmocka_unit_test(test_queries__of_both_directions_have_the_same_columns),
		cmocka_unit_test(test_greeting__makes_the_zone_that_of_the_team),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
