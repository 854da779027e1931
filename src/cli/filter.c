/*
 * Conditions around the statement of a list; see filter.h. COPY takes no
 * parameters, so what was typed is quoted into the text by libpq.
 */
#include "filter.h"

#include <string.h>

#include <base/buf.h>
#include <base/date.h>
#include <base/i18n.h>

struct narrowing {
	struct script *script;
	struct arena *arena;
	struct buf sql;
};

bool filter_literal(struct script *script, struct arena *arena, const char *typed,
                    const char **out, struct err *err)
{
	*out = typed ? script_literal(script, arena, typed) : "NULL";
	return *out || err_set(err, ERR_USAGE, _("This is not UTF-8."));
}

static bool add_name(struct narrowing *to, const char *column, const char *typed, struct err *err)
{
	const char *literal;

	if (!typed)
		return true;
	if (!filter_literal(to->script, to->arena, typed, &literal, err))
		return false;
	buf_printf(&to->sql, " AND strpos(trato.fold(\"%s\"), trato.fold(%s)) > 0", column,
	           literal);
	return true;
}

bool filter_has_word(const char *list, const char *between, const char *word, size_t length)
{
	for (const char *at = list; *at; at += strspn(at, between)) {
		size_t this = strcspn(at, between);

		if (this == length && strncmp(at, word, length) == 0)
			return true;
		at += this;
	}
	return false;
}

static bool add_states(struct narrowing *to, const struct filter *filter, const char *typed,
                       struct err *err)
{
	if (!typed)
		return true;
	buf_printf(&to->sql, " AND \"%s\" IN (", filter->state);
	for (const char *at = typed;;) {
		size_t length = strcspn(at, ",");
		if (!filter_has_word(filter->states, ", ", at, length))
			return err_set(err, ERR_USAGE,
			               _("There is no state %.*s. Possible are: %s"), (int)length,
			               at, filter->states);
		buf_printf(&to->sql, "'%.*s'", (int)length, at);
		at += length;
		if (*at++ == '\0')
			break;
		buf_add(&to->sql, ", ");
	}
	buf_add(&to->sql, ")");
	return true;
}

bool filter_day(const char *typed, char iso[11], struct err *err)
{
	struct date date;

	iso[0] = '\0';
	if (!typed)
		return true;
	if (!date_parse(typed, date_today(), &date, err)) {
		err->kind = ERR_USAGE;
		return false;
	}
	date_to_iso(date, iso);
	return true;
}

static bool add_date(struct narrowing *to, const char *column, const char *relation,
                     const char *typed, struct err *err)
{
	char iso[11];

	if (!typed)
		return true;
	if (!filter_day(typed, iso, err))
		return false;
	buf_printf(&to->sql,
	           " AND (\"%s\" AT TIME ZONE trato.setting_value('timezone'))::date %s '%s'",
	           column, relation, iso);
	return true;
}

bool filter_narrow(struct script *script, struct arena *arena, const struct filter *filter,
                   const struct cli_arguments *arguments, struct statement *statement,
                   struct err *err)
{
	struct narrowing to = { .script = script, .arena = arena };
	bool done;

	buf_printf(&to.sql, "SELECT * FROM (%s) AS narrowed WHERE true", statement->sql);
	done = add_name(&to, filter->client, arguments->client, err) &&
	       add_states(&to, filter, arguments->state, err) &&
	       add_name(&to, filter->person, arguments->person, err) &&
	       add_date(&to, filter->date, ">=", arguments->from, err) &&
	       add_date(&to, filter->date, "<=", arguments->to, err);
	if (done)
		statement->sql = arena_copy(arena, to.sql.text);
	buf_free(&to.sql);
	return done;
}

bool filter_choose(struct script *script, struct arena *arena, const struct statement *statement,
                   const char *typed, const char **id, struct err *err)
{
	const struct rows *rows = NULL;
	const char *literal;

	*id = NULL;
	if (!typed)
		return true;
	if (!filter_literal(script, arena, typed, &literal, err) ||
	    !cli_call(script, arena, statement, (const char *const[]){ typed }, &rows, err))
		return false;
	if (rows->count == 0)
		return err_set(err, ERR_USAGE, _("There is nothing called %s."), typed);
	if (rows->count > 1 && rows_bool(rows, 0, "whole") == rows_bool(rows, 1, "whole"))
		return err_set(err, ERR_USAGE, _("%s may be %s or %s: give more of the name."),
		               typed, rows_text(rows, 0, "name"), rows_text(rows, 1, "name"));
	*id = rows_text(rows, 0, "id");
	return true;
}

struct statement filter_fill_in(struct arena *arena, const struct statement *statement,
                                const char *const *values)
{
	struct statement out = { .name = statement->name };
	struct buf sql = { 0 };

	for (const char *at = statement->sql; *at != '\0'; at++) {
		if (*at == '$')
			buf_add(&sql, values[*++at - '1']);
		else
			buf_add_n(&sql, at, 1);
	}
	out.sql = arena_copy(arena, sql.text);
	buf_free(&sql);
	return out;
}

bool filter_trace(struct script *script, const char *what, const struct statement *statement,
                  struct err *err)
{
	struct arena *arena = arena_new();
	struct statement trace = { .name = "log_list" };

	trace.sql = arena_printf(arena, "SELECT trato.log_list('%s', (SELECT count(*) FROM (%s) AS list))",
	                         what, statement->sql);
	bool done = cli_call(script, arena, &trace, NULL, NULL, err);
	arena_free(&arena);
	return done;
}
