/*
 * The amounts of an offer while it is typed, to the cent as the schema computes
 * them (0005_offers.sql): each line is rounded half away from zero, first its
 * net amount, then the VAT of that; totals are sums of rounded lines.
 */
#ifndef TRATO_MODEL_OFFER_SUM_H
#define TRATO_MODEL_OFFER_SUM_H

#include <stdint.h>

#include <base/arena.h>

/* The last one takes all further rates together; its rate is then OFFER_RATE_OTHERS. */
#define OFFER_RATES_MAX 8
#define OFFER_RATE_OTHERS (-1)

struct offer_sum {
	int64_t net, vat, total; /* cents */
	int rates;
	struct offer_rate {
		int rate; /* hundredths of a per cent */
		int64_t net, vat;
	} rate[OFFER_RATES_MAX]; /* the highest first */
};

/*
 * One line from decimals as SQL writes them; NULL discount is 0. Returns NULL, or the column
 * that is missing, unreadable or beyond what the schema takes: net and vat are 0 then.
 */
const char *offer_line_amounts(const char *quantity, const char *unit_price, const char *discount,
                               const char *vat, int64_t *net_cents, int64_t *vat_cents);
/* Adds a line with that VAT rate, as SQL writes it. */
void offer_sum_add(struct offer_sum *sum, const char *vat, int64_t net_cents, int64_t vat_cents);
/* "1.000,00" of "1000.0000" with 2 decimals at least, "1,5" of "1.500" with 0: as SQL writes it,
 * without the zeros at its end that are more. In the arena. */
const char *offer_decimal(struct arena *arena, const char *sql, int least);

#endif
