/*
 * What of a file a spreadsheet would run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/csv_formula.h"

static void test_csv_is_formula__sees_what_begins_like_one(void **state)
{
	static const char *const formulas[] = {
		"=1+1",    "+34 600",  "-cmd",    "@SUM(A1)", "\t=1",   "\r=1",       "\n=1",
		" =1",     "  \t1",    "\"=1",    "'=1",      "' \"@x", "\xC2\xA0=1", "\uFF1D1",
		"\uFF0B1", " \uFF0D1", "\uFF20x", "=",        "-",      "-1-1",       "-1=2",
		"--1",     "-.5",      "-1.2.3",  " -1",      "'-1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++) {
		if (!csv_is_formula(formulas[i]))
			fail_msg("\"%s\" is one", formulas[i]);
	}
}

static void test_csv_is_formula__leaves_others_alone(void **state)
{
	static const char *const others[] = {
		"",        " ",        "'",         "\"\"",     "Acme",     "a=b",
		"O'Neill", "'quoted'", "-5",        "-1234.56", "-1234,56", "-0",
		"-7.",     "5-3",      "\xC2\xA1=", "\xEF\xBC", "\xC3\xB1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (csv_is_formula(others[i]))
			fail_msg("\"%s\" is none", others[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_is_formula__sees_what_begins_like_one),
		cmocka_unit_test(test_csv_is_formula__leaves_others_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
