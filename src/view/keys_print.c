/*
 * All keys as a piece of trato.conf, a screen after the other.
 */
#include <view/keys.h>

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <view/command.h>

#include "key_settings.h"

/* The command's own keys in that section, as trato.conf writes them. */
static void print_command(const struct keymap *keymap, const char *section,
                          const struct command_info *info)
{
	struct buf line = { 0 };
	key_code key;

	buf_printf(&line, "        %s = \"", info->name);
	for (int n = 0; keymap_own_key(keymap, section, info->id, n, &key); n++) {
		char name[32];

		key_to_name(key, false, name);
		/* libconfig's strings have escapes. */
		buf_printf(&line, "%s%s%s", n > 0 ? " " : "",
		           strchr("\"\\", name[0]) != NULL ? "\\" : "", name);
	}
	buf_add(&line, "\";");
	printf("%-48s # %s\n", line.text, _(info->help));
	buf_free(&line);
}

static void print_section(const struct keymap *keymap, const char *section)
{
	printf("    %s: {\n", section);
	for (int i = 1; i < COMMAND_COUNT; i++)
		if (command_in_section((enum command)i, section) ||
		    keymap_own_key(keymap, section, i, 0, &(key_code){ 0 }))
			print_command(keymap, section, &command_table[i]);
	puts("    };");
}

/* Each section once, where it is named first. */
static bool is_new(int row, const char *from, const char *section)
{
	for (int i = 1; i < row; i++)
		if (command_in_section((enum command)i, section))
			return false;
	for (const char *at = command_table[row].sections; at < from; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		if (strlen(section) == length && strncmp(at, section, length) == 0)
			return false;
		at += length;
	}
	return true;
}

bool keys_print(const struct conf *conf, struct err *err)
{
	struct buf warnings = { 0 };
	struct keymap *keymap = key_settings_make(conf, &warnings, err);

	if (keymap == NULL)
		return false;
	puts("keys = {");
	for (int i = 1; i < COMMAND_COUNT; i++)
		for (const char *at = command_table[i].sections; *at != '\0'; at += strspn(at, " ")) {
			size_t length = strcspn(at, " ");
			char section[32];

			snprintf(section, sizeof(section), "%.*s", (int)length, at);
			if (is_new(i, at, section))
				print_section(keymap, section);
			at += length;
		}
	puts("};");
	if (warnings.length > 0)
		fputs(warnings.text, stderr);
	buf_free(&warnings);
	keymap_free(&keymap);
	return true;
}

bool keys_check(const struct conf *conf, struct buf *warnings, struct err *err)
{
	struct keymap *keymap = key_settings_make(conf, warnings, err);
	bool good = keymap != NULL;

	keymap_free(&keymap);
	return good;
}
