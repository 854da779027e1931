/*
 * What lists and exports can be narrowed to: --client, --state, --person, --from
 * and --to. Only for src/cli.
 */
#ifndef TRATO_CLI_FILTER_H
#define TRATO_CLI_FILTER_H

#include "cli_private.h"

#define ACTION_STATES "open, won, lost, cancelled"
#define OFFER_STATES "draft, presented, approved, rejected, withdrawn, superseded"
#define NOTICE_STATES "pending, taken, partial, invoiced, returned, void"

/* The columns of a statement that these look at; NULL: it has none of that kind. */
struct filter {
	const char *client;         /* a name: part of it is enough, case and accents aside */
	const char *state, *states; /* those that there are, separated by ", " */
	const char *person;         /* a name, as client */
	const char *date;           /* of type timestamptz */
};

/* The statement with what the arguments ask for; lives as long as the arena. ERR_USAGE for a state
 * or a date that is none. */
bool filter_narrow(struct script *script, struct arena *arena, const struct filter *filter,
                   const struct cli_arguments *arguments, struct statement *statement,
                   struct err *err);

/* A day as people type it, reckoned from the team's today once a script is open; "" for NULL.
 * ERR_USAGE. */
bool filter_day(const char *typed, char iso[11], struct err *err);

/* What was typed as a literal of SQL; "NULL" for NULL. ERR_USAGE where it is no text. */
bool filter_literal(struct script *script, struct arena *arena, const char *typed,
                    const char **out, struct err *err);
/* The one that is meant, by its whole name or a part that no other has; NULL for NULL. The statement
 * has what was typed as its parameter, and the columns id, name, whole. ERR_USAGE. */
bool filter_choose(struct script *script, struct arena *arena, const struct statement *statement,
                   const char *typed, const char **id, struct err *err);
/* The statement with literals for its parameters, nine at most: COPY and what puts several
 * statements into one have none. No $ stands for anything else in it. */
struct statement filter_fill_in(struct arena *arena, const struct statement *statement,
                                const char *const *values);

/* Before data of clients are handed out: that this person takes so many rows of them, "list" or
 * "export". Nothing where a server takes no changes. */
bool filter_trace(struct script *script, const char *what, const struct statement *statement,
                  struct err *err);

/* Whether the word stands in the list, which has any of these characters between its words. */
bool filter_has_word(const char *list, const char *between, const char *word, size_t length);

#endif
