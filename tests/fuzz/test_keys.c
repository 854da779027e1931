/*
 * Names of keys, and bindings: lines of section, command and keys, with a byte
 * 0 behind each. A key that has a name has it both ways, and what was bound is
 * what the key does.
 */
#include "fuzz.h"

#include <string.h>

#include <base/i18n.h>
#include <ui/keymap.h>
#include <view/command.h>

static void check_name(const char *name)
{
	key_code code, again;
	char text[32];

	if (!key_from_name(name, &code))
		return;
	key_to_name(code, true, text);
	fuzz_assert_clean(text, false);
	key_to_name(code, false, text);
	fuzz_assert_clean(text, false);
	fuzz_assert(key_from_name(text, &again) && again == code);
}

/* Names that are known by their first byte, so that a target without a dictionary meets them. */
static const char *pick_name(struct fuzz_input *input, struct arena *arena)
{
	unsigned choice = fuzz_byte(input);

	return choice > 0 && choice < COMMAND_COUNT ? command_table[choice].name
	                                            : fuzz_text(input, arena);
}

static void bind_one(struct keymap *keymap, struct fuzz_input *input, struct arena *arena)
{
	static const char *const sections[] = { "global", "form", "actions", "list" };
	const char *section = sections[fuzz_byte(input) % 4];
	const char *command = pick_name(input, arena), *keys = fuzz_text(input, arena);
	struct err err = { 0 };
	key_code code;
	char shown[20];
	int id = 0;

	check_name(keys);
	if (!keymap_bind(keymap, section, command, keys, &err)) {
		fuzz_assert(err.text[0] != '\0');
		fuzz_assert_clean(err.text, false);
		return;
	}
	for (int i = 1; i < COMMAND_COUNT; i++)
		if (strcmp(command_table[i].name, command) == 0)
			id = i;
	fuzz_assert(id > 0);
	if (keymap_own_key(keymap, section, id, 0, &code))
		fuzz_assert(keymap_command(keymap, section, code) == id);
	keymap_keys(keymap, section, id, shown, sizeof(shown));
	fuzz_assert_clean(shown, false);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	static struct keymap_command commands[COMMAND_COUNT];
	struct fuzz_input input = { bytes, length };
	struct arena *arena = arena_new();
	struct keymap *keymap;

	i18n_init("en");
	for (int i = 1; i < COMMAND_COUNT; i++)
		commands[i - 1] = (struct keymap_command){ i, command_table[i].name };
	keymap = keymap_new(commands);
	while (input.left > 0)
		bind_one(keymap, &input, arena);
	keymap_free(&keymap);
	arena_free(&arena);
}
