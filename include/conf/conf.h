/*
 * The configuration: what trato.conf may say and what it said. Read once at the
 * start; views and main know it, nothing below them does.
 */
#ifndef TRATO_CONF_CONF_H
#define TRATO_CONF_CONF_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/err.h>
#include <base/hours.h>

/* One remapped command, as written: `keys = { SECTION: { COMMAND = "KEYS"; }; };`. Whether
 * section, command and keys exist is the keymap's affair; file and line are for its error. */
struct conf_keys {
	const char *section;
	const char *command;
	const char *keys; /* separated by spaces; "" takes the command's keys away */
	const char *file;
	int line;
};

/* The values, one member for each option; strings are never NULL and belong to the struct. */
struct conf {
#define STRING(name, standard, help) const char *name;
#define CHOICE(name, standard, allowed, help) const char *name;
#define BOOL(name, standard, help) bool name;
#define INT(name, standard, least, most, help) int name;
#define HOURS(name, help) struct hours name;
#include <conf/options.def>
#undef STRING
#undef CHOICE
#undef BOOL
#undef INT
#undef HOURS
	const char *connection_place; /* "FILE, line N" where a file says the connection, or NULL */
	int key_count;
	struct conf_keys *keys; /* in the order read: a later one overrides an earlier one */
	struct arena *arena;    /* of the strings */
};

/*
 * Reads /etc/trato.conf, then $XDG_CONFIG_HOME/trato/trato.conf (~/.config where it is not
 * set), then `extra` (NULL: none); a later file overrides an earlier one. The first two may
 * be missing. Restricted: /etc/trato.conf only, and only if root alone can write it. An
 * unknown or wrong option is refused (ERR_USAGE) with file, line and what is allowed.
 */
bool conf_load(struct conf **out, const char *extra, bool restricted, struct err *err);
/* Where the first two are, in this order, in the arena; NULL: the environment names no home. */
enum { CONF_SYSTEM, CONF_PERSONAL };
const char *conf_file(struct arena *arena, int which);
/* The defaults alone. */
struct conf *conf_new(void);
void conf_free(struct conf **conf);

/* The table of the options, for the manual page. Texts are English sources for gettext. */
struct conf_option {
	const char *name;
	const char *type;     /* "string", "choice", "boolean", "number", "hours" */
	const char *standard; /* as it would be written in a file */
	const char *allowed;  /* "auto|es|en", "2..300", "true|false", or "" for any text */
	const char *help;
};
/* NULL behind the last. */
const struct conf_option *conf_option_at(int index);

#endif
