/*
 * Hours of the day, as typed and over midnight.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/hours.h>

static void test_hours_parse__accepted(void **state)
{
	static const struct {
		const char *typed, *written;
	} table[] = {
		{ "20:00-08:00", "20:00-08:00" }, { "20-8", "20:00-08:00" },
		{ " 9 - 14:30 ", "09:00-14:30" }, { "2230-0715", "22:30-07:15" },
		{ "", "" },                       { "  ", "" },
		{ "0-23:59", "00:00-23:59" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct hours hours = { 1, 2 };
		struct err err = { 0 };
		char out[12];

		assert_true(hours_parse(table[i].typed, &hours, &err));
		hours_format(hours, out);
		assert_string_equal(out, table[i].written);
	}
}

static void test_hours_parse__refused(void **state)
{
	static const char *const table[] = { "20:00", "-", "8-8", "8-25", "8-9-10", "always",
		                             "8-", "99999999999999999999-1" };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct hours hours = { 1, 2 };
		struct err err = { 0 };

		assert_false(hours_parse(table[i], &hours, &err));
		assert_string_equal(err.text,
		                    "Type two times such as 20:00-08:00, or nothing at all.");
		assert_int_equal(hours.from, 1);
	}
}

static void test_hours_contain__over_midnight(void **state)
{
	const struct hours night = { 20 * 60, 8 * 60 }, lunch = { 14 * 60, 16 * 60 }, none = { 0, 0 };

	(void)state;
	assert_true(hours_contain(night, 20 * 60));
	assert_true(hours_contain(night, 0));
	assert_true(hours_contain(night, 8 * 60 - 1));
	assert_false(hours_contain(night, 8 * 60));
	assert_false(hours_contain(night, 12 * 60));
	assert_true(hours_contain(lunch, 14 * 60));
	assert_false(hours_contain(lunch, 16 * 60));
	assert_false(hours_contain(none, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hours_parse__accepted),
		cmocka_unit_test(test_hours_parse__refused),
		cmocka_unit_test(test_hours_contain__over_midnight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
