/*
 * Which key runs what: the standard keys, then those of trato.conf. A setting
 * that cannot be meant is refused with file and line; one whose effect may
 * surprise is told.
 */
#include "key_settings.h"

#include <stdio.h>
#include <string.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <view/command.h>

enum { SECTION = 32 };

/* The key map only borrows the names. */
static const struct keymap_command names[] = {
#define COMMAND(id, name, label, help, sections, keys, roles, flags) { id, name },
#include <view/commands.def>
#undef COMMAND
	/* What it was called before the dashboard. */
	{ COMMAND_GO_DASHBOARD, "go-overview" },
	{ 0, NULL },
};

static bool next_section(const char **at, char out[SECTION])
{
	size_t length = strcspn(*at, " ");

	snprintf(out, SECTION, "%.*s", (int)length, *at);
	*at += length;
	*at += strspn(*at, " ");
	return out[0] != '\0';
}

static bool bind_standard(struct keymap *keymap, struct err *err)
{
	for (int i = 1; i < COMMAND_COUNT; i++) {
		const struct command_info *info = &command_table[i];
		const char *at = info->sections;
		char section[SECTION];

		while (info->keys[0] != '\0' && next_section(&at, section))
			if (!keymap_bind(keymap, section, info->name, info->keys, err))
				return false;
	}
	return true;
}

static enum command command_of(const char *name)
{
	for (const struct keymap_command *known = names; known->name != NULL; known++)
		if (strcmp(known->name, name) == 0)
			return (enum command)known->id;
	return COMMAND_NONE;
}

/* "action, actions, …" */
static const char *all_sections(struct arena *arena)
{
	const char *all = "global";

	for (int i = 1; i < COMMAND_COUNT; i++) {
		const char *at = command_table[i].sections;
		char section[SECTION];

		while (next_section(&at, section)) {
			const char *padded = arena_printf(arena, ", %s,", all);

			if (strstr(padded, arena_printf(arena, ", %s,", section)) == NULL)
				all = arena_printf(arena, "%s, %s", all, section);
		}
	}
	return all;
}

static bool refuse(const struct conf_keys *at, struct err *err, const char *why)
{
	char copy[sizeof(err->text)];

	snprintf(copy, sizeof(copy), "%s", why);
	return err_set(err, ERR_USAGE, "%s:%d: %s", at->file, at->line, copy);
}

static bool bind_one(struct keymap *keymap, const struct conf_keys *keys, struct err *err)
{
	struct err why = { 0 };
	struct arena *arena;
	bool done;

	if (keymap_has_section(keymap, keys->section)) {
		done = keymap_bind(keymap, keys->section, keys->command, keys->keys, &why);
		return done || refuse(keys, err, why.text);
	}
	arena = arena_new();
	refuse(keys, err,
	       arena_printf(arena,
	                    _("There is no screen “%s” whose keys could be changed. There are: %s."),
	                    keys->section, all_sections(arena)));
	arena_free(&arena);
	return false;
}

/* ---- two settings that want the same key ---- */

/* Whether a later setting of the same command in the same section counts instead. */
static bool is_overridden(const struct conf *conf, int at)
{
	for (int i = at + 1; i < conf->key_count; i++)
		if (strcmp(conf->keys[i].section, conf->keys[at].section) == 0 &&
		    strcmp(conf->keys[i].command, conf->keys[at].command) == 0)
			return true;
	return false;
}

static bool next_key(const char **at, key_code *code)
{
	char name[40];
	size_t length;

	*at += strspn(*at, " \t");
	length = strcspn(*at, " \t");
	snprintf(name, sizeof(name), "%.*s", (int)length, *at);
	*at += length;
	return length > 0 && key_from_name(name, code);
}

static bool has_key(const char *keys, key_code wanted)
{
	key_code code;

	while (next_key(&keys, &code))
		if (code == wanted)
			return true;
	return false;
}

static bool share_a_key(const char *one, const char *other, char name[32])
{
	key_code code;

	while (next_key(&one, &code))
		if (has_key(other, code)) {
			key_to_name(code, false, name);
			return true;
		}
	return false;
}

static bool check_pair(const struct conf_keys *first, const struct conf_keys *second,
                       struct err *err)
{
	struct arena *arena;
	char key[32];

	if (strcmp(first->section, second->section) != 0 ||
	    strcmp(first->command, second->command) == 0 ||
	    !share_a_key(first->keys, second->keys, key))
		return true;
	arena = arena_new();
	refuse(second, err,
	       arena_printf(arena,
	                    _("The key %s is given to %s, but %s:%d gives it to %s, in %s too. Take "
	                      "it from one of them."),
	                    key, second->command, first->file, first->line, first->command,
	                    second->section));
	arena_free(&arena);
	return false;
}

static bool check_pairs(const struct conf *conf, struct err *err)
{
	for (int i = 0; i < conf->key_count; i++)
		for (int j = 0; j < i; j++)
			if (!is_overridden(conf, i) && !is_overridden(conf, j) &&
			    !check_pair(&conf->keys[j], &conf->keys[i], err))
				return false;
	return true;
}

/* ---- what may surprise ---- */

static const struct conf_keys *setting_of(const struct conf *conf, const char *section,
                                          const char *command)
{
	for (int i = conf->key_count - 1; i >= 0; i--)
		if (strcmp(conf->keys[i].section, section) == 0 &&
		    strcmp(conf->keys[i].command, command) == 0)
			return &conf->keys[i];
	return NULL;
}

/* A command that had a key in that section, of its own or of all screens, and has none now, though
 * nobody said so. Told at the setting that took its key. */
static void warn_if_lost(const struct conf *conf, const struct keymap *before,
                         const struct keymap *after, const char *section,
                         const struct command_info *info, struct buf *warnings)
{
	const struct conf_keys *taker;
	const char *by;
	key_code key;
	char name[32];

	if (!keymap_key(before, section, info->id, 0, &key) ||
	    keymap_key(after, section, info->id, 0, &key) ||
	    setting_of(conf, section, info->name) != NULL ||
	    setting_of(conf, "global", info->name) != NULL)
		return;
	keymap_key(before, section, info->id, 0, &key);
	by = command_table[keymap_command(after, section, key)].name;
	taker = setting_of(conf, section, by);
	if (taker == NULL)
		taker = setting_of(conf, "global", by);
	if (taker == NULL)
		return;
	key_to_name(key, false, name);
	buf_printf(warnings, _("%s:%d: The key %s was that of %s, which has no key in %s now."),
	           taker->file, taker->line, name, info->name, section);
	buf_add(warnings, "\n");
}

static void warn_of_lost(const struct conf *conf, const struct keymap *before,
                         const struct keymap *after, struct buf *warnings)
{
	for (int i = 0; i < conf->key_count; i++) {
		const char *section = conf->keys[i].section;
		bool again = false;

		for (int j = 0; j < i; j++)
			again |= strcmp(conf->keys[j].section, section) == 0;
		for (int id = 1; id < COMMAND_COUNT && !again; id++)
			warn_if_lost(conf, before, after, section, &command_table[id], warnings);
	}
}

static void warn_of_useless(const struct conf *conf, struct buf *warnings)
{
	for (int i = 0; i < conf->key_count; i++) {
		const struct conf_keys *at = &conf->keys[i];
		enum command command = command_of(at->command);

		if (strcmp(at->section, "global") == 0 ||
		    command_in_section(command, at->section) ||
		    command_in_section(command, "global"))
			continue;
		buf_printf(warnings, _("%s:%d: %s does nothing in %s. It is for: %s."), at->file,
		           at->line, at->command, at->section, command_table[command].sections);
		buf_add(warnings, "\n");
	}
}

struct keymap *key_settings_make(const struct conf *conf, struct buf *warnings, struct err *err)
{
	struct keymap *standard = keymap_new(names), *keymap = keymap_new(names);
	bool done = bind_standard(standard, err) && bind_standard(keymap, err);

	for (int i = 0; i < conf->key_count && done; i++)
		done = bind_one(keymap, &conf->keys[i], err);
	done = done && check_pairs(conf, err);
	if (done) {
		warn_of_useless(conf, warnings);
		warn_of_lost(conf, standard, keymap, warnings);
	} else {
		keymap_free(&keymap);
	}
	keymap_free(&standard);
	return keymap;
}
