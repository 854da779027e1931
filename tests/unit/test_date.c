/*
 * Dates as people type them, and the calendar below: every day of it, both
 * leap rules, and the sentences for what is no date.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <base/date.h>
#include <base/i18n.h>

static const struct date today = { 2026, 11, 23 }; /* a Monday */

static void test_date_parse__accepted(void **state)
{
	static const struct {
		const char *typed, *iso;
	} table[] = {
		{ "25/11", "2026-11-25" },      { "5/1", "2027-01-05" },
		{ "1/6", "2026-06-01" },        { "25/11/26", "2026-11-25" },
		{ "25/11/2026", "2026-11-25" }, { "25-11-2026", "2026-11-25" },
		{ "25.11.26", "2026-11-25" },   { "2026-11-25", "2026-11-25" },
		{ " 25/11 ", "2026-11-25" },    { "29/2/28", "2028-02-29" },
		{ "hoy", "2026-11-23" },        { "today", "2026-11-23" },
		{ "HOY", "2026-11-23" },        { "mañana", "2026-11-24" },
		{ "MAÑANA", "2026-11-24" },     { "man\u0303ana", "2026-11-24" },
		{ "manana", "2026-11-24" },     { "tomorrow", "2026-11-24" },
		{ "ayer", "2026-11-22" },       { "Yesterday", "2026-11-22" },
		{ "+7", "2026-11-30" },         { "-3", "2026-11-20" },
		{ "+0", "2026-11-23" },         { "lun", "2026-11-30" },
		{ "mon", "2026-11-30" },        { "mar", "2026-11-24" },
		{ "tue", "2026-11-24" },        { "mié", "2026-11-25" },
		{ "miércoles", "2026-11-25" },  { "wednesday", "2026-11-25" },
		{ "jue", "2026-11-26" },        { "sáb", "2026-11-28" },
		{ "SÁBADO", "2026-11-28" },     { "sat", "2026-11-28" },
		{ "dom", "2026-11-29" },        { "sun", "2026-11-29" },
		{ "1/1/1900", "1900-01-01" },   { "31/12/2199", "2199-12-31" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct date date;
		struct err err;
		char iso[11];

		if (!date_parse(table[i].typed, today, &date, &err))
			fail_msg("%s: %s", table[i].typed, err.text);
		date_to_iso(date, iso);
		assert_string_equal(iso, table[i].iso);
	}
}

static void test_date_parse__refused(void **state)
{
	static const char *const table[] = {
		"",
		" ",
		"25",
		"25/",
		"/11",
		"25/11/",
		"25/11/2",
		"25/11/202",
		"25/11/20261",
		"25/11-26",
		"32/1",
		"31/4/2026",
		"29/2/2026",
		"29/2/2100",
		"29/2",
		"0/1",
		"1/0",
		"1/13",
		"1/1/1899",
		"1/1/2200",
		"2026-02-30",
		"2026-13-01",
		"2026-1-1",
		"20261125",
		"+",
		"-",
		"+x",
		"+7x",
		"+999999",
		"-999999",
		"+9999999",
		"lu",
		"mo",
		"lunesx",
		"hoyx",
		"ho",
		"mañanas",
		"xyz",
		"25/11 x",
		"25 / 11",
		"\xff",
		"\x1b[A",
		"25/11/2026/1",
		"٢٥/١١",
		"a very long text that cannot possibly be any date at all",
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct date date = { 1, 2, 3 };
		struct err err = { 0 };

		if (date_parse(table[i], today, &date, &err))
			fail_msg("accepted: %s", table[i]);
		assert_int_equal(err.kind, ERR_REFUSED);
		assert_true(err.text[0]);
		assert_int_equal(date.year, 1);
	}
}

/* The nearest one within half a year, also for a leap day and around New Year. */
static void test_date_parse__year_is_the_nearest(void **state)
{
	static const struct {
		struct date today;
		const char *typed, *iso;
	} table[] = {
		{ { 2026, 1, 2 }, "30/12", "2025-12-30" },
		{ { 2026, 12, 30 }, "2/1", "2027-01-02" },
		{ { 2028, 1, 10 }, "29/2", "2028-02-29" },
		{ { 2027, 12, 1 }, "29/2", "2028-02-29" },
		{ { 2029, 1, 1 }, "29/2", NULL },
		{ { 2028, 12, 31 }, "29/2", NULL },
		{ { 2026, 7, 1 }, "31/12", "2025-12-31" },
		{ { 2026, 7, 1 }, "1/1", "2026-01-01" },
		{ { 2199, 12, 31 }, "1/1", NULL },
		{ { 1900, 1, 1 }, "31/12", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct date date;
		char iso[11];
		bool done = date_parse(table[i].typed, table[i].today, &date, NULL);

		assert_int_equal(done, table[i].iso != NULL);
		if (!done)
			continue;
		date_to_iso(date, iso);
		assert_string_equal(iso, table[i].iso);
	}
}

static void test_date_add__every_day_once(void **state)
{
	struct date date = { 1900, 1, 1 };
	int days = 0;

	(void)state;
	assert_int_equal(date_weekday(date), 0); /* a Monday */
	while (date.year != 2199 || date.month != 12 || date.day != 31) {
		struct date next = date_add(date, 1);
		struct date written;
		char iso[11];

		assert_true(date_is_valid(next));
		assert_int_equal(date_days_between(date, next), 1);
		assert_int_equal(date_weekday(next), (date_weekday(date) + 1) % 7);
		assert_true(next.day == date.day + 1 || next.day == 1);
		date_to_iso(next, iso);
		assert_true(date_from_iso(iso, &written));
		assert_memory_equal(&written, &next, sizeof next);
		date = next;
		days++;
	}
	assert_int_equal(days, 109572); /* 300 years, 73 of them leap years, less the first day */
}

static void test_date_add__stays_in_the_calendar(void **state)
{
	struct date date = date_add(today, 2147483647);

	(void)state;
	assert_int_equal(date.year, 2199);
	date = date_add(today, -2147483647 - 1);
	assert_int_equal(date.year, 1900);
}

static void test_date_from_iso__strict(void **state)
{
	static const char *const refused[] = { "",           "2026-11-2",  "2026-11-255",
		                               "2026/11/25", "2026-11-31", "infinity",
		                               "-026-11-25", "2026-11- 5" };
	struct date date;

	(void)state;
	assert_false(date_from_iso(NULL, &date));
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_false(date_from_iso(refused[i], &date));
}

static void test_date_format__spanish_order(void **state)
{
	char text[11];

	(void)state;
	date_format((struct date){ 2026, 1, 5 }, text);
	assert_string_equal(text, "05/01/2026");
}

static void test_date_show__what_stands_behind_stays(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(date_show(arena, "2026-01-05"), "05/01/2026");
	assert_string_equal(date_show(arena, "2026-01-05 14:05"), "05/01/2026 14:05");
	assert_null(date_show(arena, "2026-00042"));
	assert_null(date_show(arena, ""));
	arena_free(&arena);
}

static void test_time_parse__table(void **state)
{
	static const struct {
		const char *typed;
		int minutes;
	} table[] = {
		{ "14:05", 845 }, { "1405", 845 },   { "9", 540 },    { "09", 540 },
		{ "905", 545 },   { "9:05", 545 },   { "9.05", 545 }, { "0", 0 },
		{ "00:00", 0 },   { "23:59", 1439 }, { " 9 ", 540 },  { "24", -1 },
		{ "24:00", -1 },  { "12:60", -1 },   { "12:5", -1 },  { "12:", -1 },
		{ ":30", -1 },    { "", -1 },        { "x", -1 },     { "9h", -1 },
		{ "-1", -1 },     { "14055", -1 },   { "1 2", -1 },   { "960", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		int minutes = -1;
		struct err err = { 0 };

		assert_int_equal(time_parse(table[i].typed, &minutes, &err), table[i].minutes >= 0);
		assert_int_equal(minutes, table[i].minutes);
		assert_int_equal(!err.text[0], table[i].minutes >= 0);
	}
}

static void test_date_age__units(void **state)
{
	static const struct {
		long seconds;
		const char *text;
	} table[] = { { -5, "now" },       { 0, "now" },      { 59, "now" },     { 60, "1 min" },
		      { 3599, "59 min" },  { 3600, "1 h" },   { 86399, "23 h" }, { 86400, "1 d" },
		      { 2592000, "30 d" }, { LONG_MAX, NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char text[32];

		date_age(table[i].seconds, text);
		if (table[i].text)
			assert_string_equal(text, table[i].text);
	}
}

static void test_date_set_zone__today_is_the_teams(void **state)
{
	struct date east, west;

	(void)state;
	/* 25 hours apart: never the same day. */
	assert_true(date_set_zone("Pacific/Kiritimati"));
	east = date_today();
	assert_true(date_set_zone("Pacific/Pago_Pago"));
	west = date_today();
	assert_true(date_days_between(west, east) >= 1);
	assert_false(date_set_zone(""));
	assert_false(date_set_zone("Europe"));
	assert_false(date_set_zone("Europe/Nowhere"));
	assert_false(date_set_zone("/etc/localtime"));
	assert_false(date_set_zone("../zoneinfo/Europe/Madrid"));
	assert_false(date_set_zone("Europe/Madrid;x"));
	assert_string_equal(getenv("TZ"), "Pacific/Pago_Pago");
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
}

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date_parse__accepted),
		cmocka_unit_test(test_date_parse__refused),
		cmocka_unit_test(test_date_parse__year_is_the_nearest),
		cmocka_unit_test(test_date_add__every_day_once),
		cmocka_unit_test(test_date_add__stays_in_the_calendar),
		cmocka_unit_test(test_date_from_iso__strict),
		cmocka_unit_test(test_date_format__spanish_order),
		cmocka_unit_test(test_date_show__what_stands_behind_stays),
		cmocka_unit_test(test_time_parse__table),
		cmocka_unit_test(test_date_age__units),
		cmocka_unit_test(test_date_set_zone__today_is_the_teams),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
