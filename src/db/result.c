/*
 * Results of libpq copied into an arena, so that no PGresult leaves src/db.
 */
#include "internal.h"

#include <string.h>

static const char *field(struct arena *arena, const PGresult *result, int code)
{
	const char *value = PQresultErrorField(result, code);

	return value ? arena_copy(arena, value) : "";
}

const struct rows *result_rows(struct arena *arena, const PGresult *result)
{
	struct rows *rows = arena_alloc(arena, sizeof(*rows));

	rows->count = PQntuples(result);
	rows->columns = PQnfields(result);
	size_t columns = (size_t)rows->columns;
	const char **names = arena_alloc(arena, (columns + 1) * sizeof(*names));
	rows->names = names;
	rows->cells =
	    arena_alloc(arena, ((size_t)rows->count * columns + 1) * sizeof(*rows->cells));
	for (int c = 0; c < rows->columns; c++)
		names[c] = arena_copy(arena, PQfname(result, c));
	for (int r = 0; r < rows->count; r++) {
		for (int c = 0; c < rows->columns; c++) {
			if (PQgetisnull(result, r, c))
				continue;
			rows->cells[(size_t)r * columns + (size_t)c] =
			    arena_copy_n(arena, PQgetvalue(result, r, c),
			                 (size_t)PQgetlength(result, r, c));
		}
	}
	return rows;
}

const struct refusal *result_refusal(struct arena *arena, const PGresult *result)
{
	struct refusal *refusal = arena_alloc(arena, sizeof(*refusal));

	refusal->sqlstate = field(arena, result, PG_DIAG_SQLSTATE);
	refusal->message = field(arena, result, PG_DIAG_MESSAGE_PRIMARY);
	refusal->detail = field(arena, result, PG_DIAG_MESSAGE_DETAIL);
	refusal->hint = field(arena, result, PG_DIAG_MESSAGE_HINT);
	refusal->constraint = field(arena, result, PG_DIAG_CONSTRAINT_NAME);
	refusal->table = field(arena, result, PG_DIAG_TABLE_NAME);
	refusal->column = field(arena, result, PG_DIAG_COLUMN_NAME);
	return refusal;
}

bool result_is_loss(const PGresult *result)
{
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (PQresultStatus(result) != PGRES_FATAL_ERROR)
		return false;
	return !PQresultErrorField(result, PG_DIAG_SQLSTATE) || !severity ||
	       strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0;
}
