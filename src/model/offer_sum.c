/*
 * Offers' arithmetic, in integers only, and how its decimals are written.
 */
#include <model/offer_sum.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <base/money.h>

/* The bounds of 0005_offers.sql, in the units of the columns' scales. */
#define QUANTITY_MAX INT64_C(1000000000)      /* thousandths */
#define UNIT_PRICE_MAX INT64_C(1000000000000) /* ten-thousandths */
#define PERCENT_MAX 10000                     /* hundredths */

/* No money_parse: that reads what people type, where 1.234 may be a thousand. */
static bool read_decimal(const char *text, int scale, int64_t most, int64_t *out)
{
	int64_t value = 0;
	int decimals = -1;

	if (text == NULL || *text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (*text == '.' && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (*text < '0' || *text > '9')
			return false;
		if (decimals >= scale) {
			if (*text != '0')
				return false;
			continue;
		}
		value = value * 10 + (*text - '0');
		decimals += decimals >= 0;
		if (value > most)
			return false;
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < scale; decimals++)
		value *= 10;
	*out = value;
	return value <= most;
}

/* quantity * price * share / 10^9, rounded; the product can be 10^25, so it is made in halves. */
static int64_t net_of(int64_t quantity, int64_t price, int64_t share)
{
	const uint64_t million = 1000000, billion = 1000000000;
	uint64_t upper = (uint64_t)quantity * ((uint64_t)price / million) * (uint64_t)share;
	uint64_t lower = (uint64_t)quantity * ((uint64_t)price % million) * (uint64_t)share;

	lower += upper % 1000 * million;
	return (int64_t)(upper / 1000 + (lower + billion / 2) / billion);
}

const char *offer_line_amounts(const char *quantity, const char *unit_price, const char *discount,
                               const char *vat, int64_t *net_cents, int64_t *vat_cents)
{
	int64_t count, price, less = 0, rate, net;

	*net_cents = *vat_cents = 0;
	if (!read_decimal(quantity, 3, QUANTITY_MAX, &count) || count == 0)
		return "quantity";
	if (!read_decimal(unit_price, 4, UNIT_PRICE_MAX, &price))
		return "unit_price";
	if (discount != NULL && !read_decimal(discount, 2, PERCENT_MAX, &less))
		return "discount";
	if (!read_decimal(vat, 2, PERCENT_MAX, &rate))
		return "vat";
	net = net_of(count, price, PERCENT_MAX - less);
	if (net > MONEY_MAX)
		return "unit_price";
	*net_cents = net;
	*vat_cents = (net * rate + PERCENT_MAX / 2) / PERCENT_MAX;
	return NULL;
}

/* Where the rate stands or is to stand; the table is in falling order. */
static struct offer_rate *find_rate(struct offer_sum *sum, int rate)
{
	int at = 0;

	while (at < sum->rates && sum->rate[at].rate > rate)
		at++;
	if (at < sum->rates && sum->rate[at].rate == rate)
		return &sum->rate[at];
	if (sum->rates == OFFER_RATES_MAX) {
		sum->rate[OFFER_RATES_MAX - 1].rate = OFFER_RATE_OTHERS;
		return &sum->rate[OFFER_RATES_MAX - 1];
	}
	memmove(&sum->rate[at + 1], &sum->rate[at],
	        (size_t)(sum->rates - at) * sizeof(sum->rate[0]));
	sum->rates++;
	sum->rate[at] = (struct offer_rate){ rate, 0, 0 };
	return &sum->rate[at];
}

void offer_sum_add(struct offer_sum *sum, const char *vat, int64_t net_cents, int64_t vat_cents)
{
	struct offer_rate *part;
	int64_t rate;

	if (!read_decimal(vat, 2, PERCENT_MAX, &rate))
		return;
	part = find_rate(sum, (int)rate);
	part->net += net_cents;
	part->vat += vat_cents;
	sum->net += net_cents;
	sum->vat += vat_cents;
	sum->total += net_cents + vat_cents;
}

const char *offer_decimal(struct arena *arena, const char *sql, int least)
{
	size_t whole = strcspn(sql, ".");
	const char *decimals = sql[whole] != '\0' ? sql + whole + 1 : "";
	int kept = (int)strlen(decimals);
	char grouped[40];
	size_t length;

	while (kept > 0 && kept > least && decimals[kept - 1] == '0')
		kept--;
	money_format(strtoll(sql, NULL, 10) * 100, grouped);
	length = strlen(grouped) - 3;
	if (kept == 0 && least == 0)
		return arena_copy_n(arena, grouped, length);
	return arena_printf(arena, "%.*s%c%.*s%.*s", (int)length, grouped, grouped[length], kept,
	                    decimals, least > kept ? least - kept : 0, "0000");
}
