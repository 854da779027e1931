/*
 * The amounts of offers against cases computed by hand. That they are those of
 * the schema for any line, tests/model/test_offer_amounts.c shows on a server.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/offer_sum.h>

static void test_line_amounts__hand_computed(void **state)
{
	static const struct {
		const char *quantity, *price, *discount, *vat;
		int64_t net_cents, vat_cents;
	} cases[] = {
		{ "1", "100", NULL, "21", 10000, 2100 },
		{ "12.500", "10333.0000", "5.00", "21.00", 12270438, 2576792 }, /* 12270437.5 */
		{ "3", "33.3333", "0", "21", 10000, 2100 },                     /* 9999.99 */
		{ "1", "0.0049", "0", "21", 0, 0 },
		{ "1", "0.005", "0", "21", 1, 0 },  /* half away from zero; 0.21 */
		{ "1", "0.50", "0", "21", 50, 11 }, /* 10.5 */
		{ "1", "0.05", "0", "10.5", 5, 1 }, /* 0.525 */
		{ "0.001", "0.0001", "0", "100", 0, 0 },
		{ "2", "10", "100", "21", 0, 0 },
		{ "7.777", "1234.5678", "33.33", "10.5", 640114, 67212 },
		{ "1", "1.005", "0", "10", 101, 10 },      /* 100.5; 10.1 */
		{ "0.333", "3.00", "0", "4", 100, 4 },     /* 99.9 */
		{ "0.125", "0.04", "0", "21", 1, 0 },      /* half a cent */
		{ "2.5", "19.99", "15", "10", 4248, 425 }, /* 4247.875; 424.8 */
		{ "3", "0.0017", "0", "21", 1, 0 },        /* 0.51 */
		{ "1", "12.50", "0", "4", 1250, 50 },
		{ "1", "0.125", "0", "4", 13, 1 }, /* 12.5; 0.52 */
		{ "1", "12.50", "0", "0", 1250, 0 },
		{ "1", "0.25", "50", "10", 13, 1 }, /* 12.5; 1.3 */
		{ "1000000", "99999.9999", "0", "10", 9999999990000, 999999999000 },
		/* beyond what 64 bits hold on the way */
		{ "1000000", "100000000", "99.99", "21", 1000000000000, 210000000000 },
		{ "999999.999", "99999999.9999", "99.99", "21", 999999998999, 209999999790 },
		{ "999999.999", "999999.9999", "0.01", "100", 99989999890011, 99989999890011 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t net = -1, vat = -1;

		assert_null(offer_line_amounts(cases[i].quantity, cases[i].price, cases[i].discount,
		                               cases[i].vat, &net, &vat));
		assert_int_equal(net, cases[i].net_cents);
		assert_int_equal(vat, cases[i].vat_cents);
	}
}

static void test_line_amounts__names_what_is_wrong(void **state)
{
	static const struct {
		const char *quantity, *price, *discount, *vat, *column;
	} cases[] = {
		{ NULL, "1", NULL, "21", "quantity" },
		{ "0", "1", NULL, "21", "quantity" },
		{ "-1", "1", NULL, "21", "quantity" },
		{ "1000000.001", "1", NULL, "21", "quantity" },
		{ "99999999999999999999999", "1", NULL, "21", "quantity" },
		{ "0.0001", "1", NULL, "21", "quantity" },
		{ "1", NULL, NULL, "21", "unit_price" },
		{ "1", "", NULL, "21", "unit_price" },
		{ "1", "1,5", NULL, "21", "unit_price" },
		{ "1", "100000000.0001", NULL, "21", "unit_price" },
		{ "1000000", "100000000", NULL, "21", "unit_price" }, /* the amount is too large */
		{ "1", "1", "100.01", "21", "discount" },
		{ "1", "1", "-1", "21", "discount" },
		{ "1", "1", NULL, NULL, "vat" },
		{ "1", "1", NULL, "101", "vat" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t net = -1, vat = -1;
		const char *column =
		    offer_line_amounts(cases[i].quantity, cases[i].price, cases[i].discount,
		                       cases[i].vat, &net, &vat);

		assert_non_null(column);
		assert_string_equal(column, cases[i].column);
		assert_int_equal(net, 0);
		assert_int_equal(vat, 0);
	}
}

/* What SQL writes is read alike in every language. */
static void test_line_amounts__knows_no_language(void **state)
{
	int64_t net, vat;

	(void)state;
	i18n_init("es");
	assert_null(offer_line_amounts("1.234", "1000", NULL, "21", &net, &vat));
	assert_int_equal(net, 123400);
	i18n_init("en");
}

static void test_sum_add__groups_by_rate(void **state)
{
	struct offer_sum sum = { 0 };

	(void)state;
	offer_sum_add(&sum, "4", 100, 4);
	offer_sum_add(&sum, "21.00", 1000, 210);
	offer_sum_add(&sum, "21", 10, 2);
	offer_sum_add(&sum, "10", 50, 5);
	assert_int_equal(sum.rates, 3);
	assert_int_equal(sum.rate[0].rate, 2100);
	assert_int_equal(sum.rate[0].net, 1010);
	assert_int_equal(sum.rate[0].vat, 212);
	assert_int_equal(sum.rate[1].rate, 1000);
	assert_int_equal(sum.rate[2].rate, 400);
	assert_int_equal(sum.net, 1160);
	assert_int_equal(sum.vat, 221);
	assert_int_equal(sum.total, 1381);
}

static void test_sum_add__many_rates_still_add_up(void **state)
{
	static const char *const rates[] = {
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "1"
	};
	struct offer_sum sum = { 0 };
	int64_t vat = 0;

	(void)state;
	for (int i = 0; i < 11; i++)
		offer_sum_add(&sum, rates[i], 100, i);
	assert_int_equal(sum.rates, OFFER_RATES_MAX);
	assert_int_equal(sum.rate[OFFER_RATES_MAX - 1].rate, OFFER_RATE_OTHERS);
	for (int i = 0; i < sum.rates; i++)
		vat += sum.rate[i].vat;
	assert_int_equal(vat, sum.vat);
	assert_int_equal(sum.vat, 55);
	assert_int_equal(sum.net, 1100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_amounts__hand_computed),
		cmocka_unit_test(test_line_amounts__names_what_is_wrong),
		cmocka_unit_test(test_line_amounts__knows_no_language),
		cmocka_unit_test(test_sum_add__groups_by_rate),
		cmocka_unit_test(test_sum_add__many_rates_still_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
