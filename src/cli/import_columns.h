/*
 * Which column of a file is what, by its heading in Spanish or English. Only for
 * src/cli.
 */
#ifndef TRATO_CLI_IMPORT_COLUMNS_H
#define TRATO_CLI_IMPORT_COLUMNS_H

#include <base/arena.h>

/* The key of import_rows() for that heading, or NULL. entity is client, contact or division. */
const char *import_column(const char *entity, const char *heading);
/* The keys' own names, for people: "name, legal_name, ...". */
const char *import_column_names(struct arena *arena, const char *entity);

#endif
