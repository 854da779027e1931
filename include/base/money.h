/*
 * Amounts in cents and decimal numbers as people type and read them:
 * 1.234,56 and 1234.56 both work. No floating point anywhere.
 */
#ifndef TRATO_BASE_MONEY_H
#define TRATO_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include <base/err.h>

#define MONEY_MAX INT64_C(99999999999999) /* cents: what the schema accepts */

/*
 * A decimal number with at most `scale` digits after the sign, as an integer
 * scaled by 10^scale ("1.234,5" with scale 2 is 123450). The last of . and , is
 * the decimal sign, unless it stands once before exactly three digits and the
 * language groups by it. A sign, a currency sign or "%" at the end are allowed;
 * exponents are not. err says what is allowed.
 */
bool money_parse(const char *typed, int scale, int64_t *out, struct err *err);
/* "1.234,56" or "1,234.56" by language, without currency; out holds 40 bytes. */
void money_format(int64_t cents, char out[40]);
/* The same with the currency's sign: "1.234,56 €". Unknown codes are written out. */
void money_format_currency(int64_t cents, const char *currency, char out[48]);
/* For lists, rounded: "1.235 €". */
void money_format_whole(int64_t cents, const char *currency, char out[48]);
/* "€"; a code without a sign comes back as it is. */
const char *money_sign(const char *currency);
/* For charts, as short as it can be: "950", "4,5 k", "45 k", "1,2 M"; out holds 40 bytes. */
void money_format_short(int64_t cents, char out[40]);
/* "1234.56", as SQL reads it. */
void money_to_sql(int64_t scaled, int scale, char out[40]);

#endif
