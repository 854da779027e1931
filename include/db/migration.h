/*
 * One file of schema/NNNN_name.sql, compiled in by tools/sql2c.awk as
 * `extern const struct migration migrations[]` (declared in the generated
 * header <migrations.h>), in order, ended by number 0.
 */
#ifndef TRATO_DB_MIGRATION_H
#define TRATO_DB_MIGRATION_H

struct migration {
	int number;
	const char *name;
	int clients_from, clients_to; /* the client versions that this schema serves */
	const char *sha256;           /* of the file, in hexadecimal */
	const char *sql;
};

#endif
