/*
 * What a person can ask the program to do. One list, include/view/commands.def,
 * says all of it: this enum, names and default keys, key line, help, manual.
 */
#ifndef TRATO_VIEW_COMMAND_H
#define TRATO_VIEW_COMMAND_H

#include <stdbool.h>

#include <base/i18n.h>
#include <model/session.h>

struct table;

enum command {
	COMMAND_NONE,
#define COMMAND(id, name, label, help, sections, keys, roles, flags) id,
#include <view/commands.def>
#undef COMMAND
	COMMAND_COUNT
};

enum command_flag {
	COMMAND_QUIET = 1, /* not on the key line */
	COMMAND_BARE = 2,  /* works without a selected row */
};

struct command_info {
	enum command id;
	const char *name;     /* in trato.conf */
	const char *label;    /* for gettext */
	const char *help;     /* for gettext */
	const char *sections; /* separated by blanks */
	const char *keys;     /* separated by blanks; "" for none */
	unsigned roles;       /* 0: everyone */
	unsigned flags;
};

/* [COMMAND_COUNT]; the first one is COMMAND_NONE with empty texts. */
extern const struct command_info command_table[];

bool command_is_permitted(enum command command, unsigned roles);
/* Whether the row names that section ("global" is a section like the others). */
bool command_in_section(enum command command, const char *section);
/* Moves the table's cursor; false where the command is none of those that move. */
bool command_moves(struct table *table, enum command command);

#endif
