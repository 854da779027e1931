/*
 * Amounts and other decimal numbers, as integers. Forms, lists and the command
 * line read and write them here, so that a sum looks and rounds alike anywhere.
 */
#include <base/money.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>

#define SCALE_MAX 9

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool groups_by_point(void)
{
	return !strcmp(i18n_language(), "es");
}

static bool refuse(int scale, struct err *err)
{
	const char *example = groups_by_point() ? "1.234,56" : "1,234.56";

	if (scale == 0)
		return err_set(err, ERR_REFUSED, _("Type a whole number, digits only."));
	return err_set(err, ERR_REFUSED,
	               ngettext("Type a number such as %s, with at most %d decimal.",
	                        "Type a number such as %s, with at most %d decimals.",
	                        (unsigned long)scale),
	               scale == 1 ? (groups_by_point() ? "1.234,5" : "1,234.5") : example, scale);
}

/* No-break spaces too: amounts are often pasted from documents. */
static size_t trim_spaces(const char *text, size_t length)
{
	for (;;) {
		if (length >= 1 && text[length - 1] == ' ')
			length -= 1;
		else if (length >= 2 && !memcmp(text + length - 2, "\u00A0", 2))
			length -= 2;
		else
			return length;
	}
}

/* Cuts spaces and one sign of a currency or per cent off the end. */
static size_t trim_end(const char *text, size_t length)
{
	static const char *const signs[] = { "€", "$", "£", "%", "EUR", "USD", "GBP" };

	length = trim_spaces(text, length);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t sign = strlen(signs[i]);

		if (length < sign || memcmp(text + length - sign, signs[i], sign) != 0)
			continue;
		length -= sign;
		break;
	}
	return trim_spaces(text, length);
}

/* Groups of three digits, the first of one to three and without a leading zero. */
static bool is_grouped(const char *text, size_t length, char separator)
{
	size_t first = 0;

	while (first < length && is_digit(text[first]))
		first++;
	if (first < 1 || first > 3 || text[0] == '0')
		return false;
	for (size_t i = first; i < length; i++)
		if ((i - first) % 4 == 0 ? text[i] != separator : !is_digit(text[i]))
			return false;
	return (length - first) % 4 == 0;
}

static size_t count_of(const char *text, size_t length, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == c;
	return count;
}

/* Where the decimal sign stands, or `length` where there is none; *grouping is the other
 * sign, 0 where the number has no groups. */
static size_t find_decimal(const char *text, size_t length, char *grouping)
{
	size_t last = length;
	char sign;
	char other;

	*grouping = 0;
	for (size_t i = 0; i < length; i++)
		if (text[i] == '.' || text[i] == ',')
			last = i;
	if (last == length)
		return length;
	sign = text[last];
	other = sign == '.' ? ',' : '.';
	if (count_of(text, length, other)) {
		*grouping = other;
		return last;
	}
	if (count_of(text, length, sign) > 1 ||
	    ((sign == '.') == groups_by_point() && is_grouped(text, length, sign))) {
		*grouping = sign;
		return length;
	}
	return last;
}

/* Appends digits; a value above MONEY_MAX grows no more. */
static bool add_digits(const char *text, size_t length, char grouping, int64_t *value)
{
	for (size_t i = 0; i < length; i++) {
		if (grouping && text[i] == grouping)
			continue;
		if (!is_digit(text[i]))
			return false;
		if (*value <= MONEY_MAX)
			*value = *value * 10 + text[i] - '0';
	}
	return true;
}

static bool read_number(const char *text, size_t length, int scale, int64_t *value)
{
	char grouping;
	size_t decimal = find_decimal(text, length, &grouping);
	size_t decimals = decimal < length ? length - decimal - 1 : 0;

	*value = 0;
	if (decimal + decimals == 0 || decimals > (size_t)scale)
		return false;
	if (grouping && !is_grouped(text, decimal, grouping))
		return false;
	if (!add_digits(text, decimal, grouping, value) ||
	    (decimals && !add_digits(text + decimal + 1, decimals, 0, value)))
		return false;
	for (size_t i = decimals; i < (size_t)scale && *value <= MONEY_MAX; i++)
		*value *= 10;
	return true;
}

bool money_parse(const char *typed, int scale, int64_t *out, struct err *err)
{
	bool negative;
	size_t length;
	int64_t value;

	typed += strspn(typed, " ");
	negative = *typed == '-' || !strncmp(typed, "\u2212", 3);
	if (negative || *typed == '+')
		typed += *typed == '-' || *typed == '+' ? 1 : 3;
	length = trim_end(typed, strlen(typed));
	if (scale > SCALE_MAX || strspn(typed, "0123456789.,") < length)
		return refuse(scale, err);
	if (!read_number(typed, length, scale, &value))
		return refuse(scale, err);
	if (value > MONEY_MAX)
		return err_set(err, ERR_REFUSED, _("This number is too large."));
	*out = negative ? -value : value;
	return true;
}

void money_format(int64_t cents, char out[40])
{
	uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
	bool points = groups_by_point();
	char digits[24];
	int count = snprintf(digits, sizeof digits, "%" PRIu64, size / 100);
	char *to = out;

	if (cents < 0)
		*to++ = '-';
	for (int i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			*to++ = points ? '.' : ',';
		*to++ = digits[i];
	}
	snprintf(to, 4, "%c%02u", points ? ',' : '.', (unsigned)(size % 100));
}

const char *money_sign(const char *currency)
{
	static const char *const signs[][2] = { { "EUR", "€" }, { "USD", "$" }, { "GBP", "£" } };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (!strcmp(currency, signs[i][0]))
			return signs[i][1];
	return currency;
}

void money_format_currency(int64_t cents, const char *currency, char out[48])
{
	char amount[40];

	money_format(cents, amount);
	snprintf(out, 48, "%s %.7s", amount, money_sign(currency));
}

void money_format_whole(int64_t cents, const char *currency, char out[48])
{
	char amount[40];

	money_format((cents / 100 + cents % 100 / 50) * 100, amount);
	amount[strlen(amount) - 3] = '\0';
	snprintf(out, 48, "%s %.7s", amount, money_sign(currency));
}

/* Below 10 with one decimal, unless that is 0. */
static void format_short(uint64_t cents, uint64_t unit, const char *sign, char out[40])
{
	uint64_t tenths = (cents + unit / 20) / (unit / 10);

	if (tenths < 100 && tenths % 10 != 0) {
		snprintf(out, 40, "%u%c%u%s", (unsigned)(tenths / 10),
		         groups_by_point() ? ',' : '.', (unsigned)(tenths % 10), sign);
		return;
	}
	money_format((int64_t)((cents + unit / 2) / unit * 100), out);
	snprintf(out + strlen(out) - 3, 8, "%s", sign);
}

void money_format_short(int64_t cents, char out[40])
{
	uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
	/* What would be rounded up to 1.000 is one of the larger unit. */
	const uint64_t one = 100, thousand = 1000 * one, million = 1000 * thousand;

	if (cents < 0)
		*out++ = '-';
	if (size + one / 2 < thousand)
		snprintf(out, 39, "%u", (unsigned)((size + one / 2) / one));
	else if (size + thousand / 2 < million)
		format_short(size, thousand, " k", out);
	else
		format_short(size, million, " M", out);
}

void money_to_sql(int64_t scaled, int scale, char out[40])
{
	uint64_t rest = scaled < 0 ? -(uint64_t)scaled : (uint64_t)scaled;
	char reversed[32];
	int count = 0;

	if (scale > SCALE_MAX)
		scale = SCALE_MAX;
	for (int digit = 0; digit <= scale || rest; digit++) {
		if (digit == scale && scale > 0)
			reversed[count++] = '.';
		reversed[count++] = (char)('0' + rest % 10);
		rest /= 10;
	}
	if (scaled < 0)
		*out++ = '-';
	while (count > 0)
		*out++ = reversed[--count];
	*out = '\0';
}
