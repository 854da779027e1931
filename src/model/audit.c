/*
 * The requests about the trail, and its words.
 */
#include <model/audit.h>

#include <stdlib.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/money.h>
#include <model/setting.h>
#include <model/words.h>
#include <queries.h>

struct batch *audit_page(bool opened, bool forward, const struct audit_filter *filter,
                         const char *at, const char *key, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	if (opened)
		batch_with(batch, forward ? &sql_openings_next : &sql_openings_previous,
		           filter->record, filter->person, filter->from, filter->to, at, key,
		           limit);
	else
		batch_with(batch, forward ? &sql_audit_next : &sql_audit_previous, filter->record,
		           filter->person, filter->from, filter->to, at, key, limit,
		           i18n_language());
	return batch;
}

struct batch *audit_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_audit_read, id, i18n_language());
	return batch;
}

struct batch *audit_people(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_author_candidates, typed);
	return batch;
}

struct batch *audit_clients(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_client_candidates, typed);
	return batch;
}

/* ---- words ---- */

struct audit_word {
	const char *name, *words;
};

static const struct audit_word audit_tables[] = {
#define AUDIT_TABLE(name, words) { name, words },
#define AUDIT_FIELD(name, words)
#include "audit_words.def"
#undef AUDIT_TABLE
#undef AUDIT_FIELD
	{ NULL, NULL },
};

static const struct audit_word audit_fields[] = {
#define AUDIT_TABLE(name, words)
#define AUDIT_FIELD(name, words) { name, words },
#include "audit_words.def"
#undef AUDIT_TABLE
#undef AUDIT_FIELD
	{ NULL, NULL },
};

static const struct audit_word audit_operations[] = {
	{ "insert", NC_("operation", "entered") },
	{ "update", NC_("operation", "changed") },
	{ "delete", NC_("operation", "deleted") },
	{ "opened", NC_("operation", "opened") },
	{ NULL, NULL },
};

static const char *audit_find(const struct audit_word *words, const char *name)
{
	while (words->name != NULL && strcmp(words->name, name) != 0)
		words++;
	return words->words;
}

bool audit_knows(const char *table)
{
	return audit_find(audit_tables, table) != NULL;
}

const char *audit_record_words(const char *table)
{
	const char *words = audit_find(audit_tables, table);

	return words != NULL ? C_("record", words) : table;
}

const char *audit_name_words(const char *table, const char *name)
{
	return strcmp(table, "setting") == 0 ? setting_words(name, name) : name;
}

const char *audit_operation_words(const char *operation)
{
	const char *words = audit_find(audit_operations, operation);

	return words != NULL ? C_("operation", words) : operation;
}

const char *audit_field_words(const char *field)
{
	const char *words = audit_find(audit_fields, field);

	return words != NULL ? _(words) : field;
}

const char *audit_fields_words(struct arena *arena, const char *fields)
{
	const char *words = "";

	while (*fields != '\0') {
		size_t length = strcspn(fields, " ");
		const char *field = arena_copy_n(arena, fields, length);

		words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? ", " : "",
		                     audit_field_words(field));
		fields += length + (fields[length] != '\0');
	}
	return words;
}

static const char *audit_state_words(const char *table, const char *state)
{
	return strcmp(table, "action") == 0  ? words_action_state(state)
	     : strcmp(table, "offer") == 0   ? words_offer_state(state)
	     : strcmp(table, "notice") == 0  ? words_notice_state(state)
	     : strcmp(table, "request") == 0 ? words_request_state(state)
	     : strcmp(table, "mail") == 0    ? words_mail_state(state)
	                                     : state;
}

static bool is_day(const char *field)
{
	static const char *const endings[] = { "_on", "_at", "_until", "_close", "day" };
	size_t length = strlen(field);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t ending = strlen(endings[i]);

		if (length >= ending && strcmp(field + length - ending, endings[i]) == 0)
			return true;
	}
	return false;
}

const char *audit_value_words(struct arena *arena, const char *table, const char *name,
                              const char *field, const char *value)
{
	const char *unit = strrchr(field, '_');
	char amount[40];

	if (unit != NULL && strcmp(unit, "_cents") == 0) {
		money_format(strtoll(value, NULL, 10), amount);
		return arena_copy(arena, amount);
	}
	if (is_day(field)) {
		const char *day = date_show(arena, value);

		return day != NULL ? day : value;
	}
	if (strcmp(table, "setting") == 0 && strcmp(field, "value") != 0)
		return setting_words(name, value);
	if (strcmp(field, "state") == 0)
		return audit_state_words(table, value);
	if (strcmp(field, "channel") == 0)
		return words_channel(value);
	if (strcmp(field, "direction") == 0)
		return words_direction(value);
	if (strcmp(value, "true") == 0)
		return _("yes");
	return strcmp(value, "false") == 0 ? _("no") : value;
}
