/*
 * What can follow on a command line, out of the commands' usages. Only for
 * completion*.c.
 */
#ifndef TRATO_CLI_COMPLETION_H
#define TRATO_CLI_COMPLETION_H

#include "cli_private.h"

enum completion_kind {
	COMPLETE_NOTHING, /* what no list has: a name, a day */
	COMPLETE_FILE,
	COMPLETE_COMMAND, /* one of the system */
	COMPLETE_WORD,
	COMPLETE_WORDS, /* one or several, with commas between */
};

/* An option, or what stands in a place. */
struct completion_item {
	const char *name; /* "--state"; NULL: in its place */
	int place;        /* 0 is the first */
	bool has_value;
	enum completion_kind kind;
	const char *words; /* with blanks between; "" for none */
};

enum { COMPLETION_ITEMS = 24 };

struct completion_command {
	const char *name; /* "list actions", "audit", "" for the program itself */
	int count;
	struct completion_item items[COMPLETION_ITEMS];
};

struct completion {
	int count; /* the program itself is the first */
	const struct completion_command *commands;
	const char *groups;  /* "db user ...", those that have a second word */
	const char *options; /* "-c --config ...", those that have a value */
};

void completion_read(struct arena *arena, struct completion *completion);
/* What can be the next word of a command; group "": the first one. */
const char *completion_names(struct arena *arena, const struct completion *completion,
                             const char *group);

/* bash and zsh; and fish. */
void completion_print_sh(struct arena *arena, const struct completion *completion, bool zsh);
void completion_print_fish(struct arena *arena, const struct completion *completion);

#endif
