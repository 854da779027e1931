/*
 * What is typed in a field, in SQL's words, and the way back: dates, times,
 * amounts. For the fields of this folder only.
 */
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>

#include "field_kinds.h"

static int scale_of(const struct field_def *def)
{
	return def->kind == FIELD_INTEGER ? 0 : def->scale > 0 ? def->scale : 2;
}

/* Blanks around a line mean nothing; in a text those at its end. */
static void read_text(struct field *field)
{
	const char *text = field_text(field);
	size_t length;

	if (field->def->kind == FIELD_LINE)
		text += strspn(text, " ");
	length = strlen(text);
	while (field->def->kind != FIELD_SECRET && length > 0 && strchr(" \n", text[length - 1]))
		length--;
	buf_add_n(&field->value, text, length);
}

static bool read_date(struct field *field, struct err *err)
{
	struct date date;
	char iso[11];

	if (!date_parse(field_text(field), date_today(), &date, err))
		return false;
	date_to_iso(date, iso);
	buf_add(&field->value, iso);
	return true;
}

static bool read_time(struct field *field, struct err *err)
{
	int minutes;

	if (!time_parse(field_text(field), &minutes, err))
		return false;
	buf_printf(&field->value, "%02d:%02d", minutes / 60, minutes % 60);
	return true;
}

static bool read_number(struct field *field, struct err *err)
{
	int scale = scale_of(field->def);
	int64_t scaled;
	char sql[40];

	if (!money_parse(field_text(field), scale, &scaled, err))
		return false;
	money_to_sql(scaled, scale, sql);
	buf_add(&field->value, sql);
	return true;
}

bool field_read_typed(struct field *field, struct err *err)
{
	buf_clear(&field->value);
	switch (field->def->kind) {
	case FIELD_DATE: return read_date(field, err);
	case FIELD_TIME: return read_time(field, err);
	case FIELD_AMOUNT:
	case FIELD_DECIMAL:
	case FIELD_INTEGER: return read_number(field, err);
	default: read_text(field); return true;
	}
}

/* "-1234.5" as SQL writes it, scaled; false where it is something else. */
static bool scan_sql(const char *sql, int scale, int64_t *out)
{
	bool negative = *sql == '-';
	int64_t number = 0;
	int digits = -1;

	sql += negative;
	if (*sql == '\0')
		return false;
	for (; *sql; sql++) {
		if (*sql == '.' && digits < 0) {
			digits = 0;
			continue;
		}
		if (*sql < '0' || *sql > '9')
			return false;
		if (digits >= 0 && digits == scale) {
			/* More digits than the field has: zeros may go, others must not. */
			if (*sql != '0')
				return false;
			continue;
		}
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, *sql - '0', &number))
			return false;
		digits += digits >= 0;
	}
	for (int i = digits < 0 ? 0 : digits; i < scale; i++) {
		if (__builtin_mul_overflow(number, 10, &number))
			return false;
	}
	*out = negative ? -number : number;
	return true;
}

/* The language's signs come from money_format, which knows cents only: the whole part is put
 * through it, and the digits behind the sign are written here. */
static bool write_number(const struct field_def *def, const char *value, struct buf *out)
{
	int scale = scale_of(def);
	int64_t scaled, unit = 1, whole, rest;
	char text[40], digits[24] = "";
	size_t length;

	if (scale >= (int)sizeof(digits) || !scan_sql(value, scale, &scaled))
		return false;
	for (int i = 0; i < scale; i++)
		unit *= 10;
	whole = scaled / unit;
	rest = scaled % unit;
	if (whole > INT64_MAX / 100 || whole < INT64_MIN / 100)
		return false;
	money_format(whole * 100, text);
	length = strlen(text) - 3;
	if (scaled < 0 && whole == 0)
		buf_add(out, "-");
	buf_add_n(out, text, length);
	for (int i = scale; i-- > 0; rest /= 10)
		digits[i] = (char)('0' + (rest < 0 ? -(rest % 10) : rest % 10));
	for (int n = scale; def->kind == FIELD_DECIMAL && n > def->least && digits[n - 1] == '0';)
		digits[--n] = '\0';
	if (scale > 0 && digits[0]) {
		buf_add_n(out, text + length, 1);
		buf_add(out, digits);
	}
	return true;
}

static bool write_date(const char *value, struct buf *out)
{
	struct date date;
	char text[11];

	if (!date_from_iso(value, &date))
		return false;
	date_format(date, text);
	buf_add(out, text);
	return true;
}

void field_write_typed(const struct field *field, const char *value, struct buf *out)
{
	bool done = false;

	switch (field->def->kind) {
	case FIELD_DATE: done = write_date(value, out); break;
	case FIELD_TIME:
		/* time's seconds are of no use to a person */
		done = strlen(value) >= 5 && value[2] == ':';
		if (done)
			buf_add_n(out, value, 5);
		break;
	case FIELD_AMOUNT:
	case FIELD_DECIMAL:
	case FIELD_INTEGER: done = write_number(field->def, value, out); break;
	default: break;
	}
	/* What is not of its kind is shown as it is, and field_check will complain. */
	if (!done) {
		buf_clear(out);
		buf_add(out, value);
	}
}
