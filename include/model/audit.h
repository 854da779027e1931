/*
 * The trail of changes and of openings: the requests of its screens, and the
 * words for what it calls by the names of tables and columns. Parameters are
 * texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_AUDIT_H
#define TRATO_MODEL_AUDIT_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/rows.h>
#include <db/batch.h>

struct audit_filter {
	const char *record; /* "client/17", the number of an action or of an offer */
	const char *person; /* id */
	const char *from, *to; /* days, both included */
};

/* Pages with key, at, moment, person, operation, record, row_id, name, client, fields (their names,
 * separated by blanks), action_id and action_number, the newest first; behind or before the row with
 * that at and key. opened: what was opened instead of what was changed, for managers, with client_id
 * and without the number; of a record only a client counts there. */
struct batch *audit_page(bool opened, bool forward, const struct audit_filter *filter,
                         const char *at, const char *key, const char *limit);
/* One change: a row for each field, with field, old and new beside the columns of the page; one row
 * without a field where none is shown. */
struct batch *audit_read(const char *id);
/* People, and clients, for a choice by typing: columns id, label, note. */
struct batch *audit_people(const char *typed);
struct batch *audit_clients(const char *typed);

/* Whether the trail has rows of a table of that name, as far as this program knows. */
bool audit_knows(const char *table);
/* "contact", "offer line"; the name itself of a table that is not known. */
const char *audit_record_words(const char *table);
/* The name of a row of that table, as people read it. */
const char *audit_name_words(const char *table, const char *name);
/* "entered", "changed", "deleted", "opened". */
const char *audit_operation_words(const char *operation);
/* "Next step"; the name itself of a column that is not known. */
const char *audit_field_words(const char *field);
/* Names of fields, separated by blanks, as people read them; in the arena. */
const char *audit_fields_words(struct arena *arena, const char *fields);
/* A value of that field, as people read it; of the row of that name in that table, for the words of
 * its states and of settings. In the arena, or the value itself. */
const char *audit_value_words(struct arena *arena, const char *table, const char *name,
                              const char *field, const char *value);

#endif
