/*
 * The growing string, and the small things beside it: errors, rows, answers and
 * UUIDs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <base/answer.h>
#include <base/buf.h>
#include <base/err.h>
#include <base/rows.h>
#include <base/uuid.h>

static void test_buf__grows_over_each_boundary(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		buf_add_n(&buf, "x", 1);
		assert_int_equal(buf.length, i + 1);
		assert_int_equal(strlen(buf.text), i + 1);
		assert_true(buf.size > buf.length);
	}
	buf_free(&buf);
	assert_null(buf.text);
}

static void test_buf__empty_pieces_make_text(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_clear(&buf);
	assert_null(buf.text);
	buf_add(&buf, "");
	assert_string_equal(buf.text, "");
	buf_printf(&buf, "%d-%s", 7, "abc");
	buf_add(&buf, "!");
	assert_string_equal(buf.text, "7-abc!");
	buf_clear(&buf);
	assert_string_equal(buf.text, "");
	buf_printf(&buf, "%300d", 1);
	assert_int_equal(buf.length, 300);
	buf_free(&buf);
}

static void test_buf_add_json__quotes_what_would_end_it(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_add_json(&buf, "Año \"\\\n\x1f");
	assert_string_equal(buf.text, "\"Año \\u0022\\u005c\\u000a\\u001f\"");
	buf_clear(&buf);
	buf_add_json(&buf, "");
	assert_string_equal(buf.text, "\"\"");
	buf_free(&buf);
}

static void test_err_set__kind_field_text(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(err_set_field(&err, "vat", "%d is too much", 99));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_string_equal(err.field, "vat");
	assert_string_equal(err.text, "99 is too much");
	assert_false(err_set(&err, ERR_CONNECT, "gone"));
	assert_int_equal(err.kind, ERR_CONNECT);
	assert_string_equal(err.field, "");
	assert_false(err_set(NULL, ERR_USAGE, "nobody asks"));
	assert_false(err_set_field(NULL, "x", "nobody asks"));
}

static void test_rows__by_name(void **state)
{
	const char *const names[] = { "id", "name", "open" };
	const char *cells[] = { "7", "ACME", "t", "9223372036854775807", NULL, "f" };
	struct rows rows = { 2, 3, names, cells };

	(void)state;
	assert_int_equal(rows_column(&rows, "open"), 2);
	assert_int_equal(rows_column(&rows, "none"), -1);
	assert_string_equal(rows_get(&rows, 0, "name"), "ACME");
	assert_null(rows_get(&rows, 1, "name"));
	assert_null(rows_get(&rows, 2, "name"));
	assert_null(rows_get(&rows, -1, "name"));
	assert_null(rows_get(&rows, 0, "none"));
	assert_string_equal(rows_text(&rows, 1, "name"), "");
	assert_int_equal(rows_int(&rows, 0, "id"), 7);
	assert_true(rows_int(&rows, 1, "id") == INT64_MAX);
	assert_int_equal(rows_int(&rows, 1, "name"), 0);
	assert_true(rows_bool(&rows, 0, "open"));
	assert_false(rows_bool(&rows, 1, "open"));
	assert_false(rows_bool(&rows, 1, "name"));
}

static void test_answer_keep__hands_over(void **state)
{
	struct arena *arena = arena_new();
	struct answer answer = { .arena = arena };

	(void)state;
	assert_ptr_equal(answer_keep(&answer), arena);
	assert_null(answer.arena);
	arena_free(&arena);
}

static void test_uuid_make__version_4(void **state)
{
	char a[37];
	char b[37];

	(void)state;
	for (int i = 0; i < 200; i++) {
		uuid_make(a);
		uuid_make(b);
		assert_int_equal(strlen(a), 36);
		assert_int_equal(strspn(a, "0123456789abcdef-"), 36);
		assert_true(a[8] == '-' && a[13] == '-' && a[18] == '-' && a[23] == '-');
		assert_int_equal(a[14], '4');
		assert_true(strchr("89ab", a[19]));
		assert_string_not_equal(a, b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf__grows_over_each_boundary),
		cmocka_unit_test(test_buf__empty_pieces_make_text),
		cmocka_unit_test(test_buf_add_json__quotes_what_would_end_it),
		cmocka_unit_test(test_err_set__kind_field_text),
		cmocka_unit_test(test_rows__by_name),
		cmocka_unit_test(test_answer_keep__hands_over),
		cmocka_unit_test(test_uuid_make__version_4),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
