/*
 * Amounts: what is accepted in both languages, what is refused, and that what
 * is written can be read again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <string.h>

#include <base/i18n.h>
#include <base/money.h>

struct typed {
	const char *text;
	int scale;
	int64_t value; /* REFUSED where it must be */
};

#define REFUSED INT64_MIN

static void check(const struct typed *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t value = REFUSED;
		struct err err = { 0 };
		bool done = money_parse(table[i].text, table[i].scale, &value, &err);

		if (value != table[i].value)
			fail_msg("%s: %" PRId64 " (%s)", table[i].text, value, err.text);
		assert_int_equal(done, value != REFUSED);
		assert_int_equal(err.text[0] != 0, !done);
	}
}

static const struct typed both[] = {
	{ "0", 2, 0 },
	{ "5", 2, 500 },
	{ "-5", 2, -500 },
	{ "\u22125", 2, -500 },
	{ "+5", 2, 500 },
	{ "1234,5", 2, 123450 },
	{ "1234.5", 2, 123450 },
	{ "1234,56", 2, 123456 },
	{ "1234.56", 2, 123456 },
	{ "1.234,56", 2, 123456 },
	{ "1,234.56", 2, 123456 },
	{ "1.234.567", 2, 123456700 },
	{ "1,234,567", 2, 123456700 },
	{ "1.234.567,8", 2, 123456780 },
	{ ",5", 2, 50 },
	{ ".5", 2, 50 },
	{ "5,", 2, 500 },
	{ "1234 €", 2, 123400 },
	{ "1234,50€", 2, 123450 },
	{ "1234,50\u00A0€", 2, 123450 },
	{ "10 EUR", 2, 1000 },
	{ "$5", 2, REFUSED },
	{ "5 $", 2, 500 },
	{ "21 %", 2, 2100 },
	{ " 7 ", 0, 7 },
	{ "1,5", 3, 1500 },
	{ "999999999999,99", 2, MONEY_MAX },
	{ "-999999999999,99", 2, -MONEY_MAX },
	{ "1000000000000", 2, REFUSED },
	{ "99999999999999999999999999", 2, REFUSED },
	{ "", 2, REFUSED },
	{ " ", 2, REFUSED },
	{ "-", 2, REFUSED },
	{ "€", 2, REFUSED },
	{ ",", 2, REFUSED },
	{ ".", 2, REFUSED },
	{ "..", 2, REFUSED },
	{ "--5", 2, REFUSED },
	{ "5-", 2, REFUSED },
	{ "1e3", 2, REFUSED },
	{ "0x10", 2, REFUSED },
	{ "inf", 2, REFUSED },
	{ "nan", 2, REFUSED },
	{ "1,234,56", 2, REFUSED },
	{ "1.23.456", 2, REFUSED },
	{ "1234.567,8", 2, REFUSED },
	{ "1.2345,6", 2, REFUSED },
	{ "1,2,3", 2, REFUSED },
	{ "1,234.567,8", 2, REFUSED },
	{ "0.123.456", 2, REFUSED },
	{ "1,5", 0, REFUSED },
	{ "0.500", 2, REFUSED },
	{ "0.500", 3, 500 },
	{ "1 234", 2, REFUSED },
	{ "5 €€", 2, REFUSED },
	{ "٥", 2, REFUSED },
	{ "\xff", 2, REFUSED },
	{ "5\x1b[A", 2, REFUSED },
};

static void test_money_parse__either_language(void **state)
{
	static const char *const languages[] = { "es", "en" };
	(void)state;
	for (int i = 0; i < 2; i++) {
		i18n_init(languages[i]);
		check(both, sizeof both / sizeof *both);
	}
}

/* One sign before three digits is read as the language writes. */
static void test_money_parse__ambiguous(void **state)
{
	static const struct typed es[] = { { "1.234", 2, 123400 },      { "1,234", 2, REFUSED },
		                           { "1,234", 3, 1234 },        { "12.345", 3, 12345000 },
		                           { "1.234", 0, 1234 },        { "1234.567", 3, 1234567 },
		                           { "1.234,567", 3, 1234567 }, { ".500", 3, 500 } };
	static const struct typed en[] = { { "1,234", 2, 123400 },
		                           { "1.234", 2, REFUSED },
		                           { "1.234", 3, 1234 },
		                           { "1,234", 0, 1234 },
		                           { "1.234,567", 3, 1234567 } };

	(void)state;
	i18n_init("es");
	check(es, sizeof es / sizeof *es);
	i18n_init("en");
	check(en, sizeof en / sizeof *en);
}

static void test_money_format__both_languages(void **state)
{
	static const struct {
		int64_t cents;
		const char *es, *en;
	} table[] = {
		{ 0, "0,00", "0.00" },
		{ 5, "0,05", "0.05" },
		{ -5, "-0,05", "-0.05" },
		{ 99999, "999,99", "999.99" },
		{ 100000, "1.000,00", "1,000.00" },
		{ -123456789, "-1.234.567,89", "-1,234,567.89" },
		{ MONEY_MAX, "999.999.999.999,99", "999,999,999,999.99" },
		{ INT64_MIN, "-92.233.720.368.547.758,08", "-92,233,720,368,547,758.08" },
	};
	char text[40];

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		i18n_init("es");
		money_format(table[i].cents, text);
		assert_string_equal(text, table[i].es);
		i18n_init("en");
		money_format(table[i].cents, text);
		assert_string_equal(text, table[i].en);
	}
}

static void test_money_format__is_read_again(void **state)
{
	static const char *const languages[] = { "es", "en" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		i18n_init(languages[i]);
		for (int64_t cents = -7; cents < MONEY_MAX / 8; cents = cents * 7 + 94) {
			char text[48];
			int64_t back;

			money_format_currency(cents, "EUR", text);
			assert_true(money_parse(text, 2, &back, NULL));
			assert_int_equal(back, cents);
		}
	}
}

static void test_money_format_currency__signs(void **state)
{
	char text[48];

	(void)state;
	i18n_init("es");
	money_format_currency(123456, "EUR", text);
	assert_string_equal(text, "1.234,56 €");
	money_format_currency(100, "CHF", text);
	assert_string_equal(text, "1,00 CHF");
	money_format_currency(INT64_MIN, "LONGCODE", text);
	assert_true(strlen(text) < sizeof text);
}

static void test_money_to_sql__plain(void **state)
{
	char text[40];

	(void)state;
	money_to_sql(123456, 2, text);
	assert_string_equal(text, "1234.56");
	money_to_sql(-5, 2, text);
	assert_string_equal(text, "-0.05");
	money_to_sql(0, 3, text);
	assert_string_equal(text, "0.000");
	money_to_sql(42, 0, text);
	assert_string_equal(text, "42");
	money_to_sql(INT64_MIN, 9, text);
	assert_string_equal(text, "-9223372036.854775808");
}

static void test_money_format_whole__rounds(void **state)
{
	char text[48];

	(void)state;
	i18n_init("es");
	money_format_whole(123450, "EUR", text);
	assert_string_equal(text, "1.235 €");
	money_format_whole(49, "EUR", text);
	assert_string_equal(text, "0 €");
	money_format_whole(-123450, "XYZ", text);
	assert_string_equal(text, "-1.235 XYZ");
	money_format_whole(MONEY_MAX, "EUR", text);
	assert_string_equal(text, "1.000.000.000.000 €");
	/* More than there can be, but a server may say so. */
	money_format_whole(INT64_MAX, "EUR", text);
	assert_string_equal(text, "92.233.720.368.547.758 €");
	money_format_whole(INT64_MIN, "EUR", text);
	assert_string_equal(text, "-92.233.720.368.547.758 €");
}

static void test_money_format_short__as_short_as_it_can_be(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 49, "0" },
		{ 50, "1" },
		{ 95000, "950" },
		{ 99949, "999" },
		{ 99950, "1 k" },
		{ 100000, "1 k" },
		{ 104999, "1 k" },
		{ 105000, "1,1 k" },
		{ 450000, "4,5 k" },
		{ 994999, "9,9 k" },
		{ 995000, "10 k" },
		{ 4520000, "45 k" },
		{ 99949999, "999 k" },
		{ 99950000, "1 M" },
		{ 120000000, "1,2 M" },
		{ 1234500000, "12 M" },
		{ INT64_C(123450000000), "1.235 M" },
		{ MONEY_MAX, "1.000.000 M" },
		{ -4520000, "-45 k" },
	};
	char text[40];

	(void)state;
	i18n_init("es");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		money_format_short(cases[i].cents, text);
		assert_string_equal(text, cases[i].text);
	}
	i18n_init("en");
	money_format_short(120000000, text);
	assert_string_equal(text, "1.2 M");
	money_format_short(INT64_MIN, text);
	assert_true(strlen(text) < sizeof text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_money_parse__either_language),
		cmocka_unit_test(test_money_parse__ambiguous),
		cmocka_unit_test(test_money_format__both_languages),
		cmocka_unit_test(test_money_format__is_read_again),
		cmocka_unit_test(test_money_format_currency__signs),
		cmocka_unit_test(test_money_format_whole__rounds),
		cmocka_unit_test(test_money_format_short__as_short_as_it_can_be),
		cmocka_unit_test(test_money_to_sql__plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
