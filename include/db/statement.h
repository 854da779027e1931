/*
 * One statement of schema/queries/, compiled in by tools/sql2c.awk as
 * `extern const struct statement sql_<file name without .sql>` (all of them
 * declared in the generated header <queries.h>).
 */
#ifndef TRATO_DB_STATEMENT_H
#define TRATO_DB_STATEMENT_H

struct statement {
	const char *name;
	const char *sql;
	int parameters; /* the highest $n in it */
};

#endif
