/*
 * From the database's refusal to a sentence at a form field. The sentences
 * stand in refusal.def; here is only how a row is found and filled in.
 */
#include <model/refusal.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>
#include <base/text.h>

struct refusal_row {
	const char *sqlstate;
	const char *constraint;
	enum err_kind kind;
	const char *field;
	const char *sentence;
};

static const struct refusal_row refusal_table[] = {
#define REFUSAL(sqlstate, constraint, kind, field, sentence) \
	{ sqlstate, constraint, ERR_##kind, field, sentence },
#include "refusal.def"
#undef REFUSAL
};

/* The last word of a constraint <table>_<column>_<rule>. */
static const struct {
	const char *rule;
	const char *sentence;
} refusal_rules[] = {
	{ "length", N_("This is empty or too long.") },
	{ "form", N_("This is not written as it should be.") },
	{ "valid", N_("This is not valid. Please look at it again.") },
	{ "known", N_("Please choose one of those offered.") },
	{ "range", N_("This is out of range.") },
	{ "positive", N_("This must be more than 0.") },
	{ "required", N_("This is required.") },
	{ "past", N_("This day is not possible.") },
	{ "unique", N_("This exists already.") },
	{ "once", N_("This exists already.") },
	{ "channel", N_("This belongs to another channel.") },
};

/* Longer names first: offer_line_... is no column of offer. */
static const char *const refusal_tables[] = {
	"offer_division", "offer_line", "action_member", "communication", "division", "contact",
	"request",        "invoice",    "setting",       "action",        "client",   "notice",
	"person",         "reason",     "offer",         "area",          "hold",
	"holiday",
};

bool refusal_is(const struct refusal *refusal, const char *constraint)
{
	return strcmp(refusal->constraint, constraint) == 0;
}

const char *refusal_value(const struct refusal *refusal, struct arena *arena, const char *key,
                          int nth)
{
	size_t length = strlen(key);

	for (const char *line = refusal->detail; *line != '\0';) {
		size_t end = strcspn(line, "\n");

		if (end > length && strncmp(line, key, length) == 0 && line[length] == '=' &&
		    nth-- == 0)
			return arena_copy_n(arena, line + length + 1, end - length - 1);
		line += end;
		line += *line == '\n';
	}
	return "";
}

/* A parameter as people read it: by its name an amount, by its form a date (with the time). */
static void refusal_add_value(struct buf *out, struct arena *arena, const char *key,
                              const char *value)
{
	const char *unit = strrchr(key, '_');
	struct date date;
	char text[48];

	if (unit != NULL && strcmp(unit, "_cents") == 0) {
		money_format(strtoll(value, NULL, 10), text);
		buf_add(out, text);
	} else if (date_from_iso(arena_printf(arena, "%.10s", value), &date) &&
	           (value[10] == '\0' || value[10] == ' ')) {
		date_format(date, text);
		buf_add(out, text);
		buf_add(out, text_clean(arena, value + 10, TEXT_ONE_LINE));
	} else {
		buf_add(out, text_clean(arena, value, TEXT_ONE_LINE));
	}
}

static void refusal_fill(const struct refusal *refusal, const struct refusal_row *row,
                         struct err *err)
{
	struct arena *arena = arena_new();
	const char *sentence = _(row->sentence);
	struct buf out = { 0 };

	while (*sentence != '\0') {
		size_t plain = strcspn(sentence, "{");
		const char *end = strchr(sentence + plain, '}');

		buf_add_n(&out, sentence, plain);
		sentence += plain;
		if (*sentence == '\0' || end == NULL)
			break;
		char *key = arena_copy_n(arena, sentence + 1, (size_t)(end - sentence) - 1);
		refusal_add_value(&out, arena, key, refusal_value(refusal, arena, key, 0));
		sentence = end + 1;
	}
	err_set_field(err, row->field, "%s", out.text != NULL ? out.text : "");
	err->kind = row->kind;
	buf_free(&out);
	arena_free(&arena);
}

/* Another row follows that says the same with less. */
static bool refusal_has_simpler(const struct refusal *refusal, const struct refusal_row *row)
{
	const struct refusal_row *last = &refusal_table[sizeof(refusal_table) / sizeof(*row) - 1];
	const char *key = strchr(row->sentence, '{');
	struct arena *arena;
	bool missing;

	if (row == last || key == NULL || row->constraint[0] == '\0' ||
	    strcmp(row[1].constraint, row->constraint) != 0)
		return false;
	arena = arena_new();
	key = arena_copy_n(arena, key + 1, strcspn(key + 1, "}"));
	missing = refusal_value(refusal, arena, key, 0)[0] == '\0';
	arena_free(&arena);
	return missing;
}

static bool refusal_by_table(const struct refusal *refusal, struct err *err)
{
	for (size_t i = 0; i < sizeof(refusal_table) / sizeof(refusal_table[0]); i++) {
		const struct refusal_row *row = &refusal_table[i];

		if ((row->sqlstate[0] != '\0' && strcmp(row->sqlstate, refusal->sqlstate) != 0) ||
		    (row->constraint[0] != '\0' && !refusal_is(refusal, row->constraint)) ||
		    refusal_has_simpler(refusal, row))
			continue;
		refusal_fill(refusal, row, err);
		return true;
	}
	return false;
}

static bool refusal_by_name(const struct refusal *refusal, struct err *err)
{
	const char *column = NULL, *rule = strrchr(refusal->constraint, '_');

	for (size_t i = 0; i < sizeof(refusal_tables) / sizeof(refusal_tables[0]); i++) {
		size_t length = strlen(refusal_tables[i]);

		if (strncmp(refusal->constraint, refusal_tables[i], length) == 0 &&
		    refusal->constraint[length] == '_') {
			column = refusal->constraint + length + 1;
			break;
		}
	}
	if (column == NULL || rule == NULL || rule <= column)
		return false;
	for (size_t i = 0; i < sizeof(refusal_rules) / sizeof(refusal_rules[0]); i++) {
		if (strcmp(rule + 1, refusal_rules[i].rule) != 0)
			continue;
		err->kind = ERR_REFUSED;
		snprintf(err->field, sizeof(err->field), "%.*s", (int)(rule - column), column);
		snprintf(err->text, sizeof(err->text), "%s", _(refusal_rules[i].sentence));
		return true;
	}
	return false;
}

void refusal_explain(const struct refusal *refusal, struct err *err)
{
	struct arena *arena;

	if (refusal_by_table(refusal, err) || refusal_by_name(refusal, err))
		return;
	if (strcmp(refusal->sqlstate, "23502") == 0 && refusal->column[0] != '\0') {
		err_set_field(err, refusal->column, "%s", _("This is required."));
		return;
	}
	arena = arena_new();
	err->field[0] = '\0';
	err_set(err, ERR_REFUSED, _("The database refused this: %s (%s)"),
	        text_clean(arena, refusal->message, TEXT_ONE_LINE), refusal->sqlstate);
	arena_free(&arena);
}
