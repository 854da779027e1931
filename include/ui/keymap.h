/*
 * Which key runs which command. Commands are the program's numbers; sections
 * are names of screens ("actions", "form"), with "global" behind all. Default
 * bindings go through the same parser as the user's own.
 */
#ifndef TRATO_UI_KEYMAP_H
#define TRATO_UI_KEYMAP_H

#include <stdbool.h>

#include <base/err.h>
#include <ui/key.h>

struct keymap;

/* A command as the keymap needs to know it; the table ends with name NULL. */
struct keymap_command {
	int id;           /* > 0 */
	const char *name; /* "open-action": what stands in trato.conf */
};

struct keymap *keymap_new(const struct keymap_command *commands);
void keymap_free(struct keymap **keymap);
/* keys: names separated by blanks; they replace the keys that the command had in that section, so
 * "" leaves it without any. An unknown key or command is an error and changes nothing; a key that
 * the user binds anew in the same section loses its earlier command. */
bool keymap_bind(struct keymap *keymap, const char *section, const char *command, const char *keys,
                 struct err *err);
/* Whether something is bound in that section: lets a misspelt one in trato.conf be refused. */
bool keymap_has_section(const struct keymap *keymap, const char *section);
/* The command of that key in the section, else in "global"; 0 where there is none. */
int keymap_command(const struct keymap *keymap, const char *section, key_code key);
/* The nth key that runs that command in that section, its own before the global ones, from 0; false
 * behind the last. */
bool keymap_key(const struct keymap *keymap, const char *section, int command, int n, key_code *key);
/* The nth key that is bound to it in that very section, from 0; false behind the last. */
bool keymap_own_key(const struct keymap *keymap, const char *section, int command, int n,
                    key_code *key);
/* All its keys as short names separated by blanks; out is NUL-terminated, cut where needed. */
void keymap_keys(const struct keymap *keymap, const char *section, int command, char *out,
                 int size);

#endif
