/*
 * Which key runs what: sections over "global", several keys for one command,
 * and what a person's own bindings do to the standard ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <base/i18n.h>
#include <ui/keymap.h>

enum { OPEN = 1, NEW, QUIT, HELP, DOWN };

static const struct keymap_command commands[] = {
	{ OPEN, "open" }, { NEW, "new" },   { QUIT, "quit" },
	{ HELP, "help" }, { DOWN, "down" }, { 0 },
};

static void bind(struct keymap *keymap, const char *section, const char *command, const char *keys)
{
	struct err err = { 0 };

	if (!keymap_bind(keymap, section, command, keys, &err))
		fail_msg("%s", err.text);
}

static int set_up(void **state)
{
	struct keymap *keymap = keymap_new(commands);

	i18n_init("en");
	bind(keymap, "global", "quit", "q Ctrl-q");
	bind(keymap, "global", "help", "? F1");
	bind(keymap, "global", "down", "Down j");
	bind(keymap, "actions", "open", "Enter o");
	bind(keymap, "actions", "new", "n");
	*state = keymap;
	return 0;
}

static int tear_down(void **state)
{
	struct keymap *keymap = *state;

	keymap_free(&keymap);
	keymap_free(&keymap);
	assert_null(keymap);
	return 0;
}

static void assert_keys(const struct keymap *keymap, const char *section, int command,
                        const char *expected)
{
	char keys[64];

	keymap_keys(keymap, section, command, keys, sizeof keys);
	assert_string_equal(keys, expected);
}

static void test_keymap_command__falls_through(void **state)
{
	const struct keymap *keymap = *state;

	assert_int_equal(keymap_command(keymap, "actions", KEYS_ENTER), OPEN);
	assert_int_equal(keymap_command(keymap, "actions", 'o'), OPEN);
	assert_int_equal(keymap_command(keymap, "actions", 'q'), QUIT);
	assert_int_equal(keymap_command(keymap, "form", 'o'), 0);
	assert_int_equal(keymap_command(keymap, "form", KEYS_F1), HELP);
	assert_int_equal(keymap_command(keymap, "global", 'n'), 0);
}

static void test_keymap_bind__takes_the_key_away(void **state)
{
	struct keymap *keymap = *state;

	bind(keymap, "actions", "new", "o");
	assert_int_equal(keymap_command(keymap, "actions", 'o'), NEW);
	assert_keys(keymap, "actions", OPEN, "↵");
	assert_keys(keymap, "actions", NEW, "o");
	assert_int_equal(keymap_command(keymap, "actions", 'n'), 0);
}

static void test_keymap_bind__replaces_its_keys(void **state)
{
	struct keymap *keymap = *state;

	bind(keymap, "global", "quit", "x");
	assert_int_equal(keymap_command(keymap, "actions", 'q'), 0);
	assert_int_equal(keymap_command(keymap, "actions", 'x'), QUIT);
	bind(keymap, "global", "quit", "");
	assert_int_equal(keymap_command(keymap, "actions", 'x'), 0);
	assert_keys(keymap, "actions", QUIT, "");
}

static void test_keymap_bind__section_hides_global(void **state)
{
	struct keymap *keymap = *state;
	key_code key;

	bind(keymap, "actions", "new", "q");
	assert_int_equal(keymap_command(keymap, "actions", 'q'), NEW);
	assert_int_equal(keymap_command(keymap, "form", 'q'), QUIT);
	/* What is shown there is what works there. */
	assert_keys(keymap, "actions", QUIT, "^q");
	assert_true(keymap_key(keymap, "actions", QUIT, 0, &key));
	assert_int_equal(key, 'q' | KEYS_CTRL);
	bind(keymap, "actions", "new", "q Ctrl-q");
	assert_false(keymap_key(keymap, "actions", QUIT, 0, &key));
}

static void test_keymap_bind__own_and_global(void **state)
{
	struct keymap *keymap = *state;
	key_code key;

	bind(keymap, "actions", "down", "Space j");
	assert_keys(keymap, "actions", DOWN, "Space j ↓");
	assert_true(keymap_key(keymap, "actions", DOWN, 0, &key));
	assert_int_equal(key, ' ');
	assert_true(keymap_key(keymap, "actions", DOWN, 2, &key));
	assert_int_equal(key, KEYS_DOWN);
	assert_false(keymap_key(keymap, "actions", DOWN, 3, &key));
	assert_true(keymap_key(keymap, "form", DOWN, 0, &key));
	assert_int_equal(key, KEYS_DOWN);
}

static void test_keymap_bind__refused(void **state)
{
	struct keymap *keymap = *state;
	struct err err = { 0 };
	char many[4096];

	assert_false(keymap_bind(keymap, "actions", "opne", "x", &err));
	assert_non_null(strstr(err.text, "opne"));
	assert_false(keymap_bind(keymap, "actions", "open", "x Ctlr-y z", &err));
	assert_non_null(strstr(err.text, "Ctlr-y"));
	memset(many, 'x', sizeof many);
	many[sizeof many - 1] = '\0';
	assert_false(keymap_bind(keymap, "actions", "open", many, &err));
	/* The name is cut at a whole character. */
	for (size_t i = 0; i < 100; i++)
		memcpy(many + 2 * i, "ñ", 2);
	many[200] = '\0';
	assert_false(keymap_bind(keymap, "actions", "open", many, &err));
	assert_non_null(strstr(err.text, "ñññ…"));
	assert_null(strstr(err.text, "\uFFFD"));
	/* Nothing has changed. */
	assert_int_equal(keymap_command(keymap, "actions", 'x'), 0);
	assert_keys(keymap, "actions", OPEN, "↵ o");
}

static void test_keymap_bind__same_key_twice(void **state)
{
	struct keymap *keymap = *state;

	bind(keymap, "actions", "open", "  x\tx Ctrl-m Enter ");
	assert_keys(keymap, "actions", OPEN, "x ↵");
}

static void test_keymap_keys__cut_between_names(void **state)
{
	const struct keymap *keymap = *state;
	char keys[5];

	keymap_keys(keymap, "global", DOWN, keys, 5);
	assert_string_equal(keys, "↓");
	keymap_keys(keymap, "global", DOWN, keys, 3);
	assert_string_equal(keys, "");
	keymap_keys(keymap, "global", DOWN, keys, 0);
}

static void test_keymap_has_section__known(void **state)
{
	const struct keymap *keymap = *state;

	assert_true(keymap_has_section(keymap, "actions"));
	assert_false(keymap_has_section(keymap, "action"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_keymap_command__falls_through),
		TEST(test_keymap_bind__takes_the_key_away),
		TEST(test_keymap_bind__replaces_its_keys),
		TEST(test_keymap_bind__section_hides_global),
		TEST(test_keymap_bind__own_and_global),
		TEST(test_keymap_bind__refused),
		TEST(test_keymap_bind__same_key_twice),
		TEST(test_keymap_keys__cut_between_names),
		TEST(test_keymap_has_section__known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
