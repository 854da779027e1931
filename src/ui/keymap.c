/*
 * Bindings as a flat list, a few hundred at most. Those of one command stand
 * together, in the order in which they were made: the key line asks for the keys
 * of all commands at every key. Used by whoever turns keys into commands or
 * shows them.
 */
#include <ui/keymap.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

static const char global[] = "global";

enum { NAME_SHOWN = 40 };

struct binding {
	char *section;
	int command;
	key_code key;
};

struct keymap {
	const struct keymap_command *commands;
	struct binding *bindings;
	size_t count;
};

struct keymap *keymap_new(const struct keymap_command *commands)
{
	struct keymap *keymap = mem_alloc(sizeof *keymap);

	keymap->commands = commands;
	return keymap;
}

void keymap_free(struct keymap **keymap)
{
	if (!*keymap)
		return;
	for (size_t i = 0; i < (*keymap)->count; i++)
		free((*keymap)->bindings[i].section);
	free((*keymap)->bindings);
	free(*keymap);
	*keymap = NULL;
}

static const struct binding *find(const struct keymap *keymap, const char *section, key_code key)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *b = &keymap->bindings[i];

		if (b->key == key && strcmp(b->section, section) == 0)
			return b;
	}
	return NULL;
}

static int command_of_name(const struct keymap *keymap, const char *name)
{
	for (const struct keymap_command *c = keymap->commands; c->name; c++) {
		if (strcmp(c->name, name) == 0)
			return c->id;
	}
	return 0;
}

static bool refuse_key(const char *name, size_t length, struct err *err)
{
	struct arena *arena = arena_new();

	name = text_clean(arena, arena_copy_n(arena, name, length), TEXT_ONE_LINE);
	err_set(err, ERR_USAGE,
	        _("“%s” is no key. Keys are written like a, Enter, F5, PageDown, "
	          "Ctrl-r or Alt-x, with blanks between several."),
	        text_shorten(arena, name, NAME_SHOWN));
	arena_free(&arena);
	return false;
}

static bool parse_keys(const char *keys, key_code **codes, size_t *count, struct err *err)
{
	const char *at = keys;

	*codes = NULL;
	*count = 0;
	for (;;) {
		char name[40];
		size_t length;
		key_code code;

		at += strspn(at, " \t");
		length = strcspn(at, " \t");
		if (length == 0)
			return true;
		snprintf(name, sizeof name, "%.*s", (int)length, at);
		if (length >= sizeof name || !key_from_name(name, &code)) {
			free(*codes);
			return refuse_key(at, length, err);
		}
		*codes = mem_resize(*codes, *count + 1, sizeof **codes);
		(*codes)[(*count)++] = code;
		at += length;
	}
}

/* Removes the command's old keys, and the new keys from whatever had them. */
static void make_room(struct keymap *keymap, const char *section, int command,
                      const key_code *codes, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < keymap->count; i++) {
		struct binding *b = &keymap->bindings[i];
		bool old = false;

		if (strcmp(b->section, section) == 0) {
			old = b->command == command;
			for (size_t k = 0; k < count; k++)
				old = old || b->key == codes[k];
		}
		if (old)
			free(b->section);
		else
			keymap->bindings[kept++] = *b;
	}
	keymap->count = kept;
}

/* Where the bindings of that command begin, or would begin. */
static size_t first_of(const struct keymap *keymap, int command)
{
	size_t low = 0, high = keymap->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (keymap->bindings[middle].command < command)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add(struct keymap *keymap, const char *section, int command, key_code key)
{
	size_t at = first_of(keymap, command + 1);

	keymap->bindings =
	    mem_resize(keymap->bindings, keymap->count + 1, sizeof *keymap->bindings);
	memmove(keymap->bindings + at + 1, keymap->bindings + at,
	        (keymap->count++ - at) * sizeof *keymap->bindings);
	keymap->bindings[at] = (struct binding){ mem_copy(section), command, key };
}

bool keymap_bind(struct keymap *keymap, const char *section, const char *command, const char *keys,
                 struct err *err)
{
	int id = command_of_name(keymap, command);
	key_code *codes;
	size_t count;

	if (id == 0)
		return err_set(err, ERR_USAGE, _("There is no command “%s”."), command);
	if (!parse_keys(keys, &codes, &count, err))
		return false;
	make_room(keymap, section, id, codes, count);
	for (size_t i = 0; i < count; i++)
		if (!find(keymap, section, codes[i]))
			add(keymap, section, id, codes[i]);
	free(codes);
	return true;
}

bool keymap_has_section(const struct keymap *keymap, const char *section)
{
	for (size_t i = 0; i < keymap->count; i++) {
		if (strcmp(keymap->bindings[i].section, section) == 0)
			return true;
	}
	return false;
}

int keymap_command(const struct keymap *keymap, const char *section, key_code key)
{
	const struct binding *b = find(keymap, section, key);

	if (!b)
		b = find(keymap, global, key);
	return b ? b->command : 0;
}

/* The nth key that runs the command there: the section's own, then the global ones that the
 * section does not use otherwise. */
static const struct binding *nth_key(const struct keymap *keymap, const char *section, int command,
                                     int n)
{
	const char *const places[] = { section, strcmp(section, global) == 0 ? NULL : global };
	size_t first = first_of(keymap, command);

	for (int place = 0; place < 2 && places[place]; place++) {
		for (size_t i = first; i < keymap->count; i++) {
			const struct binding *b = &keymap->bindings[i];

			if (b->command != command)
				break;
			if (strcmp(b->section, places[place]) != 0)
				continue;
			if (place == 1 && find(keymap, section, b->key))
				continue;
			if (n-- == 0)
				return b;
		}
	}
	return NULL;
}

bool keymap_key(const struct keymap *keymap, const char *section, int command, int n, key_code *key)
{
	const struct binding *b = nth_key(keymap, section, command, n);

	if (!b)
		return false;
	*key = b->key;
	return true;
}

bool keymap_own_key(const struct keymap *keymap, const char *section, int command, int n,
                    key_code *key)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *b = &keymap->bindings[i];

		if (b->command != command || strcmp(b->section, section) != 0 || n-- > 0)
			continue;
		*key = b->key;
		return true;
	}
	return false;
}

void keymap_keys(const struct keymap *keymap, const char *section, int command, char *out, int size)
{
	const struct binding *b;
	int length = 0;

	if (size <= 0)
		return;
	out[0] = '\0';
	for (int n = 0; (b = nth_key(keymap, section, command, n)); n++) {
		char name[32];
		int needed;

		key_to_name(b->key, true, name);
		needed = (int)strlen(name) + (n > 0);
		/* Whole names only: half a name is another key. */
		if (length + needed >= size)
			return;
		length +=
		    snprintf(out + length, (size_t)(size - length), "%s%s", n > 0 ? " " : "", name);
	}
}
