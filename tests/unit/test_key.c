/*
 * The names of keys: what people write in trato.conf, what the bottom line
 * shows, and that both mean the same key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/key.h>

static const struct {
	const char *name;
	key_code code;
	const char *brief;
} keys[] = {
	{ "a", 'a', "a" },
	{ "A", 'A', "A" },
	{ "ñ", 0xf1, "ñ" },
	{ "€", 0x20ac, "€" },
	{ "/", '/', "/" },
	{ "-", '-', "-" },
	{ "Space", ' ', "Space" },
	{ "Enter", KEYS_ENTER, "↵" },
	{ "Esc", KEYS_ESCAPE, "Esc" },
	{ "Up", KEYS_UP, "↑" },
	{ "PageDown", KEYS_PAGE_DOWN, "PgDn" },
	{ "BackTab", KEYS_BACKTAB, "S-Tab" },
	{ "F1", KEYS_F1, "F1" },
	{ "F12", KEYS_F12, "F12" },
	{ "Ctrl-r", 'r' | KEYS_CTRL, "^r" },
	{ "Ctrl-Space", ' ' | KEYS_CTRL, "^Space" },
	{ "Ctrl-_", '_' | KEYS_CTRL, "^_" },
	{ "Ctrl-Left", KEYS_LEFT | KEYS_CTRL, "^←" },
	{ "Alt-x", 'x' | KEYS_ALT, "Alt-x" },
	{ "Alt--", '-' | KEYS_ALT, "Alt--" },
	{ "Alt-Ctrl-x", 'x' | KEYS_CTRL | KEYS_ALT, "Alt-^x" },
};

enum { KEY_COUNT = sizeof keys / sizeof keys[0] };

static void test_key_from_name__there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < KEY_COUNT; i++) {
		key_code code = 0;
		char name[32];

		if (!key_from_name(keys[i].name, &code))
			fail_msg("%s is refused", keys[i].name);
		assert_int_equal(code, keys[i].code);
		key_to_name(code, false, name);
		assert_string_equal(name, keys[i].name);
		key_to_name(code, true, name);
		assert_string_equal(name, keys[i].brief);
	}
}

static void assert_same(const char *one, const char *other)
{
	key_code first = 0, second = 1;

	assert_true(key_from_name(one, &first));
	assert_true(key_from_name(other, &second));
	assert_int_equal(first, second);
}

static void test_key_from_name__several_ways(void **state)
{
	(void)state;
	assert_same("enter", "Return");
	assert_same("ESC", "Escape");
	assert_same("pgup", "PageUp");
	assert_same("shift-tab", "BackTab");
	assert_same("f5", "F5");
	assert_same("ctrl-R", "Ctrl-r");
	assert_same("Ctrl-Alt-x", "Alt-Ctrl-x");
	/* No terminal can tell these apart. */
	assert_same("Ctrl-i", "Tab");
	assert_same("Ctrl-m", "Enter");
	assert_same("Ctrl-j", "Enter");
	assert_same("Ctrl-h", "Backspace");
}

static void test_key_from_name__refused(void **state)
{
	static const char *const wrong[] = {
		"",          " ",   "ab",    "F0",   "F13",      "F1x",    "F99999999999",
		"F+1",       "F-1", "Ctrl-", "Alt-", "Ctrl-ñ",   "Ctrl-1", "Ctrl-Ctrl-a",
		"Hyper-a",   "\t",  "\x1b",  "\x7f", "\xc2\x85", "\xff",   "a\xff",
		"Ctrl-\xff", "\u202e", "Alt-\u200b", "\u0301",  "\ue4cb",
	};
	key_code code;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		if (key_from_name(wrong[i], &code))
			fail_msg("“%s” is taken for %x", wrong[i], code);
	}
	assert_false(key_from_name(NULL, &code));
}

static void test_key_to_name__ascii(void **state)
{
	(void)state;
	key_names_in_ascii(true);
	for (int i = 0; i < KEY_COUNT; i++) {
		char name[32];

		if ((keys[i].code & 0xffffff) >= 0x80 && (keys[i].code & 0xffffff) < KEYS_SPECIAL)
			continue;
		key_to_name(keys[i].code, true, name);
		assert_true(name[0] != '\0');
		for (const char *c = name; *c; c++)
			assert_in_range(*c, ' ', '~');
	}
	key_names_in_ascii(false);
}

static void test_key_to_name__no_name(void **state)
{
	static const key_code nameless[] = { KEYS_PASTE, KEYS_MOUSE,       KEYS_RESIZE,
		                             0,          0xffffff & ~0x1u, KEYS_PASTE | KEYS_ALT };
	char name[32];

	(void)state;
	for (size_t i = 0; i < sizeof nameless / sizeof nameless[0]; i++) {
		key_to_name(nameless[i], false, name);
		assert_string_equal(name, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_from_name__there_and_back),
		cmocka_unit_test(test_key_from_name__several_ways),
		cmocka_unit_test(test_key_from_name__refused),
		cmocka_unit_test(test_key_to_name__ascii),
		cmocka_unit_test(test_key_to_name__no_name),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
