/*
 * Answers made up from a few bytes each; see screens_database.h.
 */
#include "screens_database.h"

#include <ctype.h>
#include <string.h>

#include <base/text.h>

#include "harness/hostile.h"

enum { NAMES_MOST = 120, ROWS_MOST = 40, CELL_MOST = 200, STATEMENTS_MOST = 256 };

/* Columns of functions stand in no statement. */
static const char common[] = "id version number name key kind label state cents currency title "
                             "client_id division_id action_id offer_id value done email roles ";

const char *database_text(unsigned number)
{
	static const char *const plain[] = { "", "ACME", "Núñez y Muñoz, S. L.", "1", "t", "2026-11-26",
		                             "100,50", "ana@trato.example", "Nächste Woche anrufen" };
	enum { PLAIN = sizeof(plain) / sizeof(plain[0]) };

	if (number < PLAIN)
		return plain[number];
	return hostile_text((int)(number - PLAIN) % hostile_count())->text;
}

/* The schema lets no line be longer; the length of texts is tried by what is pasted. */
static const char *cell_of_text(struct arena *arena, unsigned random)
{
	const char *text = database_text(random);
	size_t length = 0, step;

	while (length < CELL_MOST && (step = text_next(text + length)) > 0)
		length += step;
	return text[length] == '\0' ? text : arena_copy_n(arena, text, length);
}

/* Small and quick, so that two bytes of the input fill a table. */
static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16 & 0x7FFF;
}

static bool ends(const char *name, const char *with)
{
	size_t length = strlen(name), other = strlen(with);

	return length >= other && strcmp(name + length - other, with) == 0;
}

static const char *cell_of_number(struct arena *arena, unsigned random)
{
	/* As large as the schema lets them be. */
	static const char *const numbers[] = { "0", "1", "2", "-1", "99999999999999",
		                               "-99999999999999", "123456", "12.5" };

	return random % 4 ? arena_printf(arena, "%u", 1 + random % 9)
	                  : numbers[random / 4 % (sizeof(numbers) / sizeof(numbers[0]))];
}

static const char *cell_of_time(unsigned random, bool day)
{
	static const char *const days[] = { "2026-11-26", "2026-02-30", "1900-01-01", "2199-12-31",
		                            "0044-03-15 BC", "infinity" };
	static const char *const times[] = { "2026-11-26 10:00:00+01", "2026-11-26 10:00:00.123456+00",
		                             "1900-01-01 00:00:00+00", "294276-12-31 23:59:59+00",
		                             "-infinity", "2026-11-26 23:59:59+05:30" };

	return day ? days[random % 6] : times[random % 6];
}

enum kind { KIND_ANY, KIND_NUMBER, KIND_TIME, KIND_DAY, KIND_FLAG };

/* As its name sounds. */
static enum kind kind_of(const char *name)
{
	static const struct {
		const char *end;
		enum kind kind;
	} ends_with[] = {
		{ "_at", KIND_TIME },     { "since", KIND_TIME },    { "moment", KIND_TIME },
		{ "_on", KIND_DAY },      { "date", KIND_DAY },      { "day", KIND_DAY },
		{ "until", KIND_DAY },    { "id", KIND_NUMBER },     { "cents", KIND_NUMBER },
		{ "version", KIND_NUMBER }, { "number", KIND_NUMBER }, { "count", KIND_NUMBER },
		{ "key", KIND_NUMBER },   { "minutes", KIND_NUMBER }, { "rank", KIND_NUMBER },
		{ "archived", KIND_FLAG }, { "mine", KIND_FLAG },    { "own", KIND_FLAG },
		{ "active", KIND_FLAG },  { "done", KIND_FLAG },
	};

	if (strncmp(name, "is_", 3) == 0 || strncmp(name, "may_", 4) == 0)
		return KIND_FLAG;
	for (size_t i = 0; i < sizeof(ends_with) / sizeof(ends_with[0]); i++)
		if (ends(name, ends_with[i].end))
			return ends_with[i].kind;
	return KIND_ANY;
}

static const char *fitting_cell(struct arena *arena, enum kind kind, unsigned random)
{
	switch (kind) {
	case KIND_NUMBER: return cell_of_number(arena, random);
	case KIND_TIME: return cell_of_time(random, false);
	case KIND_DAY: return cell_of_time(random, true);
	case KIND_FLAG: return random % 2 ? "t" : "f";
	case KIND_ANY: break;
	}
	return NULL;
}

static const char *any_cell(struct arena *arena, unsigned random, unsigned kind)
{
	static const char *const words[] = {
		"open", "won", "lost", "draft", "presented", "approved", "pending", "taken", "partial",
		"returned", "invoiced", "void", "rejected", "withdrawn", "superseded", "accepted",
		"declined", "free", "held", "phone", "visit", "email", "in", "out", "EUR", "USD",
		"es", "dark", "{1,2,3}", "{}", "{\"a b\",NULL}", "{\"a\": [1, {}]}", "09:00-18:00",
	};

	switch (kind % 8) {
	case 0: return NULL;
	case 1: return cell_of_text(arena, random);
	case 2: return cell_of_number(arena, random);
	case 3: return random % 2 ? "t" : "f";
	case 4: return cell_of_time(random / 2, random % 2);
	case 5: return "";
	default: return words[random % (sizeof(words) / sizeof(words[0]))];
	}
}

static bool is_known(const char *const *names, int count, const char *name, size_t length)
{
	for (int i = 0; i < count; i++)
		if (strncmp(names[i], name, length) == 0 && names[i][length] == '\0')
			return true;
	return false;
}

/* The columns of one statement, found once. */
struct columns {
	const struct statement *statement;
	int count;
	const char *names[NAMES_MOST];
	enum kind kinds[NAMES_MOST];
};

static void take_names(struct columns *columns, const char *sql)
{
	while (*sql != '\0' && columns->count < NAMES_MOST) {
		size_t length = strspn(sql, "abcdefghijklmnopqrstuvwxyz_0123456789");

		if (length > 1 && !isdigit((unsigned char)*sql) &&
		    !is_known(columns->names, columns->count, sql, length)) {
			const char *name = strndup(sql, length);

			columns->names[columns->count] = name;
			columns->kinds[columns->count++] = kind_of(name);
		}
		sql += length + (sql[length] != '\0');
	}
}

static const struct columns *columns_of(const struct statement *statement)
{
	static struct columns all[STATEMENTS_MOST];
	struct columns *columns = all;

	while (columns->statement && columns->statement != statement)
		columns++;
	fuzz_assert(columns + 1 < all + STATEMENTS_MOST);
	if (columns->statement)
		return columns;
	columns->statement = statement;
	take_names(columns, common);
	take_names(columns, statement->sql);
	return columns;
}

const struct rows *database_rows(struct arena *arena, const struct statement *statement,
                                 struct fuzz_input *input)
{
	const struct columns *columns = columns_of(statement);
	struct rows *rows = arena_alloc(arena, sizeof(*rows));
	unsigned how = fuzz_byte(input), seed = fuzz_word(input);

	rows->names = columns->names;
	rows->columns = columns->count;
	/* None, one, a few, or more than a screen has. */
	rows->count = how % 4 == 0 ? 0 : how % 4 == 1 ? 1 : how % 4 == 2 ? 5 : ROWS_MOST;
	rows->cells = arena_alloc(
	    arena, ((size_t)rows->count * (size_t)rows->columns + 1) * sizeof(*rows->cells));
	for (int i = 0; i < rows->count * rows->columns; i++) {
		unsigned random = next(&seed), kind = next(&seed);
		const char *cell = fitting_cell(arena, columns->kinds[i % rows->columns], random);

		/* A server that is well has what fits. */
		rows->cells[i] = cell && (how & 4 || kind % 4) ? cell : any_cell(arena, random, kind);
	}
	return rows;
}

const struct refusal *database_refusal(struct arena *arena, struct fuzz_input *input)
{
	static const char *const states[] = { "23505", "23514", "42501", "40001", "55P03", "57014",
		                              "P0001", "22001", "53100", "XX000", "TR001", "TR002",
		                              "TR003", "" };
	static const struct {
		const char *state, *constraint;
	} known[] = {
#define REFUSAL(state, constraint, kind, field, sentence) { state, constraint },
#include "model/refusal.def"
#undef REFUSAL
	};
	struct refusal *refusal = arena_alloc(arena, sizeof(*refusal));
	unsigned row = fuzz_byte(input) % (sizeof(known) / sizeof(known[0]));
	const char *state = states[fuzz_byte(input) % (sizeof(states) / sizeof(states[0]))];
	const char *text = database_text(fuzz_byte(input));

	*refusal = (struct refusal){
		.sqlstate = known[row].state[0] != '\0' ? known[row].state : state,
		.message = text,
		.detail = arena_printf(arena, "division=%s\nholder=%s\nsince=%s\naction=%s\n", text,
		                       database_text(fuzz_byte(input)), text, text),
		.hint = text,
		.constraint = known[row].constraint,
		.table = "client",
		.column = "name",
	};
	return refusal;
}
