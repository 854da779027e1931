/*
 * The amounts that a person sees while typing are those that the schema stores:
 * random lines, half of them with half cents in them, computed by the very
 * expressions of offer_line's columns.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <base/buf.h>
#include <db/script.h>
#include <model/offer_sum.h>

#define LINES 6000

struct line {
	char quantity[24], unit_price[24], discount[24], vat[24];
};

static void decimal(char out[24], int64_t most, int scale)
{
	/* Small ones as often as large ones. */
	int64_t value = ((int64_t)random() << 20 ^ random()) % most;
	int64_t unit = 1;

	for (int i = random() % 8; i > 0; i--)
		value /= 10;
	for (int i = 0; i < scale; i++)
		unit *= 10;
	snprintf(out, 24, "%" PRId64 ".%0*" PRId64, value / unit, scale, value % unit);
}

/* Half a cent exactly, of the net amount or of its VAT: what random figures hardly ever hit. */
static void tie(struct line *line, int round)
{
	static const char *const rates[] = { "21.00", "10.00", "4.00", "0.00" };
	int64_t whole = random() % 100000;

	snprintf(line->vat, sizeof(line->vat), "%s", rates[round / 3 % 4]);
	switch (round % 3) {
	case 0: /* an odd number of things that cost half a cent */
		snprintf(line->quantity, 24, "%ld.000", 2 * (random() % 1000) + 1);
		snprintf(line->unit_price, 24, "%" PRId64 ".0050", whole);
		snprintf(line->discount, 24, "0.00");
		break;
	case 1: /* a half of an odd number of cents */
		snprintf(line->quantity, 24, "0.500");
		snprintf(line->unit_price, 24, "%" PRId64 ".%02ld00", whole,
		         2 * (random() % 50) + 1);
		snprintf(line->discount, 24, "0.00");
		break;
	default: /* 10 % of 0.05, 0.15, ...; 50 % less of an odd number of cents */
		snprintf(line->quantity, 24, "1.000");
		snprintf(line->unit_price, 24, "%" PRId64 ".%ld500", whole, random() % 10);
		snprintf(line->discount, 24, round % 2 ? "50.00" : "0.00");
		break;
	}
}

/* The lines with what the schema makes of them. */
static const struct rows *computed_by_schema(struct arena *arena, const struct line *lines)
{
	struct err err = { 0 };
	struct script *script = script_open("dbname=trato", "postgres", NULL, &err);
	const struct rows *columns = NULL, *rows = NULL;
	struct buf sql = { 0 };

	if (script == NULL)
		fail_msg("%s", err.text);
	assert_true(
	    script_query(script, arena,
	                 "SELECT pg_get_expr(d.adbin, d.adrelid) AS formula"
	                 "  FROM pg_attrdef AS d JOIN pg_attribute AS a"
	                 "    ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
	                 " WHERE d.adrelid = 'trato.offer_line'::regclass"
	                 "   AND a.attname IN ('net_cents', 'vat_cents') ORDER BY a.attname",
	                 0, NULL, &columns, NULL, &err));
	assert_int_equal(columns->count, 2);
	buf_printf(&sql, "SELECT %s AS net, %s AS vat FROM (VALUES ",
	           rows_text(columns, 0, "formula"), rows_text(columns, 1, "formula"));
	for (int i = 0; i < LINES; i++)
		buf_printf(
		    &sql,
		    "%s(%d, %s::numeric(12,3), %s::numeric(14,4), %s::numeric(5,2), %s::numeric(5,2))",
		    i > 0 ? ", " : "", i, lines[i].quantity, lines[i].unit_price, lines[i].discount,
		    lines[i].vat);
	buf_add(&sql, ") AS line (n, quantity, unit_price, discount, vat) ORDER BY n");
	if (!script_query(script, arena, sql.text, 0, NULL, &rows, NULL, &err))
		fail_msg("%s", err.text);
	buf_free(&sql);
	script_close(&script);
	return rows;
}

static void test_line_amounts__are_those_of_the_schema(void **state)
{
	static struct line lines[LINES];
	struct arena *arena = arena_new();
	const struct rows *rows;

	(void)state;
	srandom(42);
	for (int i = 0; i < LINES; i++) {
		decimal(lines[i].quantity, 1000000, 3);
		decimal(lines[i].unit_price, 1000000000, 4);
		decimal(lines[i].discount, 10001, 2);
		decimal(lines[i].vat, 10001, 2);
		if (i % 2)
			tie(&lines[i], i / 2);
	}
	rows = computed_by_schema(arena, lines);
	for (int i = 0; i < LINES; i++) {
		int64_t net, vat;
		const char *wrong = offer_line_amounts(lines[i].quantity, lines[i].unit_price,
		                                       lines[i].discount, lines[i].vat, &net, &vat);

		if (wrong == NULL &&
		    (net != rows_int(rows, i, "net") || vat != rows_int(rows, i, "vat")))
			fail_msg("%s x %s - %s %% + %s %%: %" PRId64 " and %" PRId64
			         ", not %s and %s",
			         lines[i].quantity, lines[i].unit_price, lines[i].discount,
			         lines[i].vat, net, vat, rows_text(rows, i, "net"),
			         rows_text(rows, i, "vat"));
		if (wrong != NULL)
			assert_string_equal(wrong, "quantity"); /* 0.000 */
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_amounts__are_those_of_the_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
