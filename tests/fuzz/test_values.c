/*
 * Dates, times, hours and amounts as they are typed: what is taken is possible
 * and comes back from its own writing, what is not gets a sentence. The first
 * byte says which, and in which language.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/hours.h>
#include <base/i18n.h>
#include <base/money.h>

static void check_refusal(bool taken, const struct err *err)
{
	fuzz_assert(taken ? err->kind == 0 : err->text[0] != '\0');
	fuzz_assert_clean(err->text, false);
}

static void check_date(const char *typed, struct date today)
{
	struct err err = { 0 };
	struct date date, again;
	char iso[11], shown[11];
	bool taken = date_parse(typed, today, &date, &err);

	check_refusal(taken, &err);
	if (date_from_iso(typed, &again))
		fuzz_assert(date_is_valid(again));
	if (!taken)
		return;
	fuzz_assert(date_is_valid(date));
	date_to_iso(date, iso);
	fuzz_assert(date_from_iso(iso, &again) && date_days_between(date, again) == 0);
	date_format(date, shown);
	fuzz_assert(date_parse(shown, today, &again, &err) && date_days_between(date, again) == 0);
}

static void check_time(const char *typed)
{
	struct err err = { 0 };
	int minutes = 0;
	bool taken = time_parse(typed, &minutes, &err);

	check_refusal(taken, &err);
	fuzz_assert(minutes >= 0 && minutes < 24 * 60);
}

static void check_hours(const char *typed)
{
	struct err err = { 0 };
	struct hours hours = { 0 }, again;
	bool taken = hours_parse(typed, &hours, &err);
	char text[12];

	check_refusal(taken, &err);
	if (!taken)
		return;
	hours_format(hours, text);
	fuzz_assert(hours_parse(text, &again, &err));
	for (int minute = 0; minute < 24 * 60; minute += 7)
		fuzz_assert(hours_contain(hours, minute) == hours_contain(again, minute));
}

static void check_amount(const char *typed, int scale)
{
	struct err err = { 0 };
	int64_t amount = 0, again = 0;
	bool taken = money_parse(typed, scale, &amount, &err);
	char text[48];

	check_refusal(taken, &err);
	if (!taken)
		return;
	money_to_sql(amount, scale, text);
	money_format_whole(amount, typed, text);
	fuzz_assert(strlen(text) < sizeof(text));
	money_format_short(amount, text);
	if (scale != 2 || amount > MONEY_MAX || amount < -MONEY_MAX)
		return;
	money_format(amount, text);
	fuzz_assert(money_parse(text, scale, &again, &err) && again == amount);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct fuzz_input input = { bytes, length };
	struct arena *arena = arena_new();
	unsigned choice = fuzz_byte(&input);
	struct date today = { 1900 + (int)(fuzz_byte(&input) % 300), 1 + (int)(choice >> 5), 28 };
	const char *typed = fuzz_text(&input, arena);
	static int language = -1;

	/* Both, and seldom changed: a catalogue takes its time. */
	if (language != (int)(choice >> 7)) {
		language = (int)(choice >> 7);
		i18n_init(language ? "es" : "en");
	}
	switch (choice & 3) {
	case 0: check_date(typed, today); break;
	case 1: check_time(typed); break;
	case 2: check_hours(typed); break;
	default: check_amount(typed, (int)(choice >> 2 & 7) % 5); break;
	}
	arena_free(&arena);
}
