/*
 * The source of an offer for groff: strings for what there is once, calls of
 * the template's macros for its parts. Every text is cleaned, then written in
 * ASCII with all that groff could take for its own named instead.
 */
#include <model/offer_paper.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/money.h>
#include <base/text.h>
#include <model/offer_sum.h>
#include <queries.h>

struct batch *offer_paper_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_paper, id);
	batch_with(batch, &sql_offer_lines, id);
	batch_with(batch, &sql_offer_divisions, id);
	batch_with(batch, &sql_offer_rates, id);
	return batch;
}

/* ---- characters */

enum { WORD_MAX = 20, PLAIN_END = 0x7F };

static bool is_blank(uint32_t c)
{
	return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
	       c == 0x3000;
}

/* What groff reads as its own, or draws as another sign than was typed. */
static const char *name_of(uint32_t c)
{
	switch (c) {
	case '\\': return "\\[rs]";
	case '"': return "\\[dq]";
	case '\'': return "\\[aq]";
	case '`': return "\\[ga]";
	case '^': return "\\[ha]";
	case '~': return "\\[ti]";
	case 0x2010:
	case 0x2011: return "-";
	default: return is_blank(c) ? "\\ " : NULL;
	}
}

static bool is_mark(uint32_t c)
{
	return c >= 0x300 && wcwidth((wchar_t)c) == 0;
}

/* One character with its marks; returns its bytes. */
static size_t add_character(struct buf *out, const char *text)
{
	uint32_t c, mark = 0;
	size_t length = text_decode(text, &c), more = text_decode(text + length, &mark);
	const char *name = name_of(c);

	if (name != NULL || (c < PLAIN_END && (c == ' ' || more == 0 || !is_mark(mark)))) {
		buf_add_n(out, name != NULL ? name : text, name != NULL ? strlen(name) : length);
		return length;
	}
	buf_printf(out, "\\[u%04X", (unsigned)c);
	for (; (more = text_decode(text + length, &mark)) > 0 && is_mark(mark); length += more)
		buf_printf(out, "_%04X", (unsigned)mark);
	buf_add(out, "]");
	return length;
}

static int word_length(const char *text)
{
	int length = 0;

	while (text[length] != '\0' && text[length] != ' ' && text[length] != '\n' &&
	       length <= 4 * WORD_MAX)
		length++;
	return length;
}

/* Words that fit into no column may be broken anywhere, and scripts without blanks too. */
static void add_line(struct buf *out, const char *text)
{
	bool breaks = false, inside = false;

	buf_add(out, "\\&");
	while (*text != '\0' && *text != '\n') {
		uint32_t c;

		text_decode(text, &c);
		if (c == ' ') {
			inside = false;
		} else if (!inside) {
			inside = true;
			breaks = word_length(text) > WORD_MAX;
		} else if (breaks || c >= 0x2E80) {
			buf_add(out, "\\:");
		}
		text += add_character(out, text);
	}
}

void offer_paper_text(struct buf *out, const char *foreign)
{
	struct arena *arena = arena_new();
	const char *text = text_clean(arena, foreign, TEXT_MANY_LINES);

	for (;;) {
		size_t length = strcspn(text, "\n");

		if (length > 0) {
			add_line(out, text);
			buf_add(out, "\n.br\n");
		} else if (text[length] != '\0') {
			buf_add(out, ".sp 0.6v\n");
		}
		if (text[length] == '\0')
			break;
		text += length + 1;
	}
	arena_free(&arena);
}

/* A line of text for a string or, between quotation marks, an argument. */
static void add_words(struct buf *out, const char *foreign)
{
	struct arena *arena = arena_new();
	char *text = text_clean(arena, foreign, TEXT_MANY_LINES);

	for (char *at = text; *at != '\0'; at++)
		if (*at == '\n')
			*at = ' ';
	add_line(out, text);
	arena_free(&arena);
}

static int compare_names(const void *left, const void *right)
{
	const char *a = *(const char *const *)left, *b = *(const char *const *)right;
	size_t length = strcspn(a, "]") + 1, other = strcspn(b, "]") + 1;
	int order = memcmp(a, b, length < other ? length : other);

	return order != 0 ? order : (length > other) - (length < other);
}

/* "\[u0061_0320]" is to be seen as <U+0061><U+0320>. */
static void add_stand_in(struct buf *out, const char *name)
{
	int length = (int)strcspn(name, "]") + 1;

	buf_printf(out, ".if !c%.*s .fchar %.*s ", length, name, length, name);
	for (const char *part = name + 3, *end = name + length; part < end;) {
		size_t digits = strcspn(part, "_]");

		buf_printf(out, "<U+%.*s>", (int)digits, part);
		part += digits + 1;
	}
	buf_add(out, "\n");
}

/*
 * Fonts of PDF have the letters of western Europe; any other character would be left out with a
 * warning that nobody reads. It is shown by its name instead, as where nothing may be shown.
 */
void offer_paper_missing(struct buf *out, const struct buf *body)
{
	const char **names;
	size_t count = 0, at = 0;

	for (const char *name = body->text; (name = strstr(name, "\\[u")) != NULL; name++)
		count++;
	names = mem_array(count + 1, sizeof(*names));
	for (const char *name = body->text; (name = strstr(name, "\\[u")) != NULL; name++)
		names[at++] = name;
	qsort(names, count, sizeof(*names), compare_names);
	for (at = 0; at < count; at++)
		if (at == 0 || compare_names(&names[at - 1], &names[at]) != 0)
			add_stand_in(out, names[at]);
	free(names);
}

/* ---- parts */

static void add_string(struct buf *out, const char *name, const char *value)
{
	if (value[0] == '\0')
		return;
	buf_printf(out, ".ds %s \"", name);
	add_words(out, value);
	buf_add(out, "\n");
}

static void add_column(struct buf *out, const char *name, const struct rows *rows,
                       const char *column)
{
	add_string(out, name, rows_text(rows, 0, column));
}

void offer_paper_argument(struct buf *out, const char *value)
{
	buf_add(out, " \"");
	add_words(out, value);
	buf_add(out, "\"");
}

static void add_date(struct buf *out, const char *name, const char *iso)
{
	struct date date;
	char text[11];

	if (!date_from_iso(iso, &date))
		return;
	date_format(date, text);
	add_string(out, name, text);
}

static const char *amount(struct arena *arena, int64_t cents, const char *currency)
{
	char text[48];

	if (currency != NULL)
		money_format_currency(cents, currency, text);
	else
		money_format(cents, text);
	return arena_copy(arena, text);
}

/* "28001 Madrid (Madrid) · PT": the country where it is another one. */
static const char *place(struct arena *arena, const struct rows *head)
{
	const char *postcode = rows_text(head, 0, "postcode"), *city = rows_text(head, 0, "city");
	const char *province = rows_text(head, 0, "province");
	const char *country = rows_text(head, 0, "country");
	bool abroad = country[0] != '\0' && strcmp(country, "ES") != 0;
	bool further = province[0] != '\0' && strcmp(province, city) != 0;
	const char *text = arena_printf(arena, "%s%s%s", postcode,
	                                postcode[0] != '\0' && city[0] != '\0' ? " " : "", city);

	if (further)
		text = arena_printf(arena, "%s%s(%s)", text, text[0] != '\0' ? " " : "", province);
	if (abroad)
		text = arena_printf(arena, "%s%s%s", text, text[0] != '\0' ? " · " : "", country);
	return text;
}

static void add_head(struct buf *out, struct arena *arena, const struct rows *head,
                     const struct rows *divisions)
{
	const char *all = "";

	for (int i = 0; i < divisions->count; i++)
		all = arena_printf(arena, "%s%s%s", all, i > 0 ? ", " : "",
		                   rows_text(divisions, i, "name"));
	/* A code of the schema, and part of a string's name in the template. */
	buf_printf(out, ".ds offer-state %s\n", rows_text(head, 0, "state"));
	add_column(out, "offer-number", head, "number");
	add_column(out, "offer-title", head, "title");
	add_date(out, "offer-date", rows_text(head, 0, "dated"));
	add_date(out, "offer-valid-until", rows_text(head, 0, "valid_until"));
	add_column(out, "offer-payment-terms", head, "payment_terms");
	add_string(out, "offer-divisions", all);
	add_column(out, "client-name", head, "client");
	add_column(out, "client-legal-name", head, "legal_name");
	add_column(out, "client-tax-id", head, "tax_id");
	add_column(out, "client-address", head, "address");
	add_string(out, "client-city", place(arena, head));
	add_column(out, "rep-name", head, "rep");
	add_column(out, "rep-email", head, "rep_email");
	buf_add(out, ".OFFER\n");
}

static void add_lines(struct buf *out, struct arena *arena, const struct rows *lines, int rates)
{
	int64_t sum = 0;

	buf_printf(out, ".LINES %d %d\n", lines->count, rates);
	for (int i = 0; i < lines->count; i++) {
		const char *discount = rows_text(lines, i, "discount");
		int64_t net = rows_int(lines, i, "net_cents");

		sum += net;
		if (discount[strspn(discount, "0.")] == '\0')
			discount = "";
		buf_add(out, ".LINE");
		offer_paper_argument(out, offer_decimal(arena, rows_text(lines, i, "quantity"), 0));
		offer_paper_argument(out, offer_decimal(arena, rows_text(lines, i, "unit_price"), 2));
		offer_paper_argument(out, discount[0] != '\0' ? offer_decimal(arena, discount, 0) : "");
		offer_paper_argument(out, offer_decimal(arena, rows_text(lines, i, "vat"), 0));
		offer_paper_argument(out, amount(arena, net, NULL));
		offer_paper_argument(out, amount(arena, sum, NULL));
		buf_add(out, "\n");
		offer_paper_text(out, rows_text(lines, i, "description"));
		buf_add(out, ".LINE-END\n");
	}
	buf_add(out, ".LINES-END\n");
}

static void add_totals(struct buf *out, struct arena *arena, const struct rows *head,
                       const struct rows *rates)
{
	const char *currency = rows_text(head, 0, "currency");

	buf_printf(out, ".TOTALS %d\n.NET", rates->count);
	offer_paper_argument(out, amount(arena, rows_int(head, 0, "net_cents"), currency));
	buf_add(out, "\n");
	for (int i = 0; i < rates->count; i++) {
		buf_add(out, ".VAT");
		offer_paper_argument(out, offer_decimal(arena, rows_text(rates, i, "vat"), 0));
		offer_paper_argument(out, amount(arena, rows_int(rates, i, "net_cents"), NULL));
		offer_paper_argument(out, amount(arena, rows_int(rates, i, "vat_cents"), currency));
		buf_add(out, "\n");
	}
	buf_add(out, ".TOTAL");
	offer_paper_argument(out, amount(arena, rows_int(head, 0, "total_cents"), currency));
	buf_add(out, "\n");
}

const char *offer_paper_language(const struct rows *head)
{
	static const char spanish[] =
	    "ES AD AR BO CL CO CR CU DO EC GQ GT HN MX NI PA PE PR PY SV UY VE";
	const char *country = rows_text(head, 0, "country");

	return country[0] == '\0' || strstr(spanish, country) != NULL ? "es" : "en";
}

void offer_paper_write(struct buf *out, const char *language,
                       const struct rows *const results[PAPER_RESULTS])
{
	const struct rows *head = results[PAPER_HEAD];
	const char *screens = i18n_language();
	struct arena *arena = arena_new();
	struct buf body = { 0 };

	i18n_init(language);
	add_head(&body, arena, head, results[PAPER_DIVISIONS]);
	add_lines(&body, arena, results[PAPER_LINES], results[PAPER_RATES]->count);
	add_totals(&body, arena, head, results[PAPER_RATES]);
	if (rows_text(head, 0, "notes")[0] != '\0') {
		buf_add(&body, ".NOTES\n");
		offer_paper_text(&body, rows_text(head, 0, "notes"));
		buf_add(&body, ".NOTES-END\n");
	}
	buf_add(&body, ".OFFER-END\n");
	offer_paper_missing(out, &body);
	buf_add_n(out, body.text, body.length);
	buf_free(&body);
	arena_free(&arena);
	i18n_init(screens);
}

const char *offer_paper_name(struct arena *arena, const struct rows *head)
{
	const char *number = rows_text(head, 0, "number");
	bool draft = strcmp(rows_text(head, 0, "state"), "draft") == 0;
	char *name;

	if (number[0] == '\0')
		return arena_printf(arena, "draft-%s.pdf", rows_text(head, 0, "id"));
	name = arena_printf(arena, "%s%s.pdf", number, draft ? "-draft" : "");
	for (char *at = name; (at = strchr(at, '/')) != NULL;)
		*at = '-';
	return name;
}
