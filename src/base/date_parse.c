/*
 * Dates and times as people type them, in Spanish and in English whatever the
 * language of the screens is. Used by forms and by the command line.
 */
#include <base/date.h>

#include <string.h>
#include <wctype.h>

#include <base/i18n.h>
#include <base/text.h>

#define WORD_MAX 12

static bool refuse_syntax(struct err *err)
{
	return err_set(err, ERR_REFUSED,
	               _("Type a date such as 25/11, 25/11/2026, today, +7 or mon."));
}

static bool refuse_day(struct err *err)
{
	return err_set(err, ERR_REFUSED,
	               _("There is no such day. Check day, month and year (1900 to 2199)."));
}

/* Lower case without the accents of Spanish; false where it is longer than any word. */
static bool fold_word(const char *typed, char out[WORD_MAX + 1])
{
	static const char *const folds[] = { "áàä", "a", "éè", "e", "íï", "i",
		                             "óò",  "o", "úü", "u", "ñ",  "n" };
	size_t length = 0;

	while (*typed) {
		uint32_t c;
		size_t step = text_decode(typed, &c);
		char letter[5] = "";

		if (!step || length == WORD_MAX)
			return false;
		typed += step;
		if (c >= 0x300 && c <= 0x303) /* a decomposed accent or tilde */
			continue;
		c = (uint32_t)towlower((wint_t)c);
		text_encode(letter, c);
		for (size_t i = 0; c >= 0x80 && i < sizeof folds / sizeof *folds; i += 2)
			if (strstr(folds[i], letter))
				c = (unsigned char)folds[i + 1][0];
		if (c >= 0x80)
			return false;
		out[length++] = (char)c;
	}
	out[length] = '\0';
	return true;
}

/* A word of either language; weekdays may be cut to three letters or more. */
static bool parse_word(const char *word, struct date today, struct date *out)
{
	static const struct {
		const char *word;
		int days;
	} near[] = { { "hoy", 0 },      { "today", 0 }, { "manana", 1 },
		     { "tomorrow", 1 }, { "ayer", -1 }, { "yesterday", -1 } };
	static const char *const weekdays[][2] = {
		{ "lunes", "monday" },    { "martes", "tuesday" }, { "miercoles", "wednesday" },
		{ "jueves", "thursday" }, { "viernes", "friday" }, { "sabado", "saturday" },
		{ "domingo", "sunday" }
	};
	size_t length = strlen(word);

	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		if (!strcmp(word, near[i].word)) {
			*out = date_add(today, near[i].days);
			return true;
		}
	for (int day = 0; length >= 3 && day < 7; day++)
		if (!strncmp(word, weekdays[day][0], length) ||
		    !strncmp(word, weekdays[day][1], length)) {
			int ahead = (day - date_weekday(today) + 7) % 7;

			*out = date_add(today, ahead ? ahead : 7);
			return true;
		}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 1 .. `most` digits; moves on behind them. */
static int take_number(const char **at, int most, int *value)
{
	int count = 0;

	for (*value = 0; is_digit(**at) && count < most; count++)
		*value = *value * 10 + *(*at)++ - '0';
	return count;
}

static bool parse_offset(const char *typed, struct date today, struct date *out, struct err *err)
{
	const char *at = typed + 1;
	int days;
	struct date date;

	if (!take_number(&at, 6, &days) || *at)
		return refuse_syntax(err);
	if (*typed == '-')
		days = -days;
	date = date_add(today, days);
	if (date_days_between(today, date) != days)
		return refuse_day(err);
	*out = date;
	return true;
}

/* The year that brings day and month nearest to today, within half a year. */
static bool choose_year(struct date today, struct date *date)
{
	int best = 184;
	int chosen = 0;

	for (int year = today.year + 1; year >= today.year - 1; year--) {
		struct date candidate = { year, date->month, date->day };
		int distance;

		if (!date_is_valid(candidate))
			continue;
		distance = date_days_between(today, candidate);
		if (distance < 0)
			distance = -distance;
		if (distance >= best)
			continue;
		best = distance;
		chosen = year;
	}
	date->year = chosen;
	return chosen != 0;
}

static bool parse_numbers(const char *typed, struct date today, struct date *out, struct err *err)
{
	const char *at = typed;
	struct date date = { 0 };
	int digits = 0;
	char separator;

	if (!take_number(&at, 2, &date.day) || !strchr("/.-", *at) || !*at)
		return refuse_syntax(err);
	separator = *at++;
	if (!take_number(&at, 2, &date.month))
		return refuse_syntax(err);
	if (*at) {
		if (*at++ != separator)
			return refuse_syntax(err);
		digits = take_number(&at, 4, &date.year);
		if (*at || (digits != 2 && digits != 4))
			return refuse_syntax(err);
	}
	if (digits == 2)
		date.year += 2000;
	if (!digits && !choose_year(today, &date))
		return refuse_day(err);
	if (!date_is_valid(date))
		return refuse_day(err);
	*out = date;
	return true;
}

static bool looks_like_iso(const char *typed)
{
	for (int i = 0; i < 4; i++)
		if (!is_digit(typed[i]))
			return false;
	return typed[4] == '-' && strlen(typed) == 10;
}

/* The text without the spaces around it; false where it is longer than any date. */
static bool trim(const char *typed, char *out, size_t size)
{
	size_t length;

	typed += strspn(typed, " ");
	length = strlen(typed);
	while (length > 0 && typed[length - 1] == ' ')
		length--;
	if (!length || length >= size)
		return false;
	memcpy(out, typed, length);
	out[length] = '\0';
	return true;
}

bool date_parse(const char *typed, struct date today, struct date *out, struct err *err)
{
	char text[WORD_MAX * 4 + 1];
	char word[WORD_MAX + 1];

	if (!trim(typed, text, sizeof text))
		return refuse_syntax(err);
	if (*text == '+' || *text == '-')
		return parse_offset(text, today, out, err);
	if (looks_like_iso(text))
		return date_from_iso(text, out) ? true : refuse_day(err);
	if (is_digit(*text))
		return parse_numbers(text, today, out, err);
	if (fold_word(text, word) && parse_word(word, today, out))
		return true;
	return refuse_syntax(err);
}

bool time_parse(const char *typed, int *minutes, struct err *err)
{
	char text[8];
	const char *at = text;
	int hour;
	int minute = 0;

	if (!trim(typed, text, sizeof text))
		goto refused;
	if (strlen(text) == 3 && strspn(text, "0123456789") == 3) { /* 905 */
		hour = *at++ - '0';
		take_number(&at, 2, &minute);
	} else {
		if (!take_number(&at, 2, &hour))
			goto refused;
		if (*at == ':' || *at == '.') {
			at++;
			if (!is_digit(*at))
				goto refused;
		}
		if (*at && take_number(&at, 2, &minute) != 2)
			goto refused;
	}
	if (*at || hour > 23 || minute > 59)
		goto refused;
	*minutes = hour * 60 + minute;
	return true;
refused:
	return err_set(err, ERR_REFUSED, _("Type a time of day such as 9, 14:05 or 1405."));
}
