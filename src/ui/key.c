/*
 * The names of keys, in both directions. One table knows the names that people
 * write in trato.conf and the short ones of the bottom line. Everybody who
 * shows or reads a key's name comes here.
 */
#include <ui/key.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <base/i18n.h>
#include <base/text.h>

struct named {
	key_code code;
	const char *name;
	const char *brief; /* as the person's language has it */
	const char *ascii; /* brief where the terminal has no arrows */
};

static const struct named special[] = {
	{ KEYS_UP, "Up", "↑", NC_("key", "Up") },
	{ KEYS_DOWN, "Down", "↓", NC_("key", "Down") },
	{ KEYS_LEFT, "Left", "←", NC_("key", "Left") },
	{ KEYS_RIGHT, "Right", "→", NC_("key", "Right") },
	{ KEYS_HOME, "Home", NC_("key", "Home"), "Home" },
	{ KEYS_END, "End", NC_("key", "End"), "End" },
	{ KEYS_PAGE_UP, "PageUp", NC_("key", "PgUp"), "PgUp" },
	{ KEYS_PAGE_DOWN, "PageDown", NC_("key", "PgDn"), "PgDn" },
	{ KEYS_INSERT, "Insert", "Ins", "Ins" },
	{ KEYS_DELETE, "Delete", NC_("key", "Del"), "Del" },
	{ KEYS_BACKSPACE, "Backspace", "⌫", NC_("key", "Bksp") },
	{ KEYS_ENTER, "Enter", "↵", "Enter" },
	{ KEYS_TAB, "Tab", "Tab", "Tab" },
	{ KEYS_BACKTAB, "BackTab", NC_("key", "S-Tab"), "S-Tab" },
	{ KEYS_ESCAPE, "Esc", "Esc", "Esc" },
	{ ' ', "Space", NC_("key", "Space"), "Space" },
	/* Only read: other ways in which people write the same. */
	{ KEYS_ENTER, "Return", NULL, NULL },
	{ KEYS_ESCAPE, "Escape", NULL, NULL },
	{ KEYS_PAGE_UP, "PgUp", NULL, NULL },
	{ KEYS_PAGE_DOWN, "PgDn", NULL, NULL },
	{ KEYS_INSERT, "Ins", NULL, NULL },
	{ KEYS_DELETE, "Del", NULL, NULL },
	{ KEYS_BACKTAB, "Shift-Tab", NULL, NULL },
};

enum { SPECIAL_COUNT = sizeof special / sizeof special[0] };

static bool ascii_only;

void key_names_in_ascii(bool yes)
{
	ascii_only = yes;
}

static bool take_prefix(const char **name, const char *prefix)
{
	size_t length = strlen(prefix);

	/* "Ctrl-" alone is no prefix of a key; "Ctrl--" is that of the minus. */
	if (strncasecmp(*name, prefix, length) != 0 || (*name)[length] == '\0')
		return false;
	*name += length;
	return true;
}

static bool bare_from_name(const char *name, key_code *code)
{
	uint32_t point;
	size_t length = text_decode(name, &point);

	if (length > 0 && name[length] == '\0') {
		*code = point;
		return point > ' ' && text_width(name) > 0;
	}
	for (int i = 0; i < SPECIAL_COUNT; i++) {
		if (strcasecmp(name, special[i].name) == 0) {
			*code = special[i].code;
			return true;
		}
	}
	if (name[0] == 'F' || name[0] == 'f') {
		int number = 0, end = 0;

		if (name[1] >= '1' && name[1] <= '9' &&
		    sscanf(name + 1, "%2d%n", &number, &end) == 1 && name[1 + end] == '\0' &&
		    number <= 12) {
			*code = KEYS_F1 + (key_code)number - 1;
			return true;
		}
	}
	return false;
}

/* What a terminal can send with Ctrl: a letter without case, a few signs, and named keys. */
static bool add_ctrl(key_code *code)
{
	key_code c = *code;

	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	if (c < KEYS_SPECIAL && !(c >= 'a' && c <= 'z') &&
	    (c == 0 || c > 0x7f || !strchr(" \\]^_", (int)c)))
		return false;
	/* These arrive as the named keys; nobody can tell them apart. */
	switch (c) {
	case 'i': *code = KEYS_TAB; return true;
	case 'm':
	case 'j': *code = KEYS_ENTER; return true;
	case 'h': *code = KEYS_BACKSPACE; return true;
	default: *code = c | KEYS_CTRL; return true;
	}
}

bool key_from_name(const char *name, key_code *code)
{
	bool ctrl = false, alt = false;
	key_code found;

	if (!name)
		return false;
	for (;;) {
		if (!ctrl && take_prefix(&name, "Ctrl-"))
			ctrl = true;
		else if (!alt && take_prefix(&name, "Alt-"))
			alt = true;
		else
			break;
	}
	if (!bare_from_name(name, &found) || (ctrl && !add_ctrl(&found)))
		return false;
	*code = found | (alt ? KEYS_ALT : 0);
	return true;
}

enum { BARE_SIZE = 17 };

static void name_bare(key_code code, bool brief, char out[BARE_SIZE])
{
	for (int i = 0; i < SPECIAL_COUNT; i++) {
		const struct named *n = &special[i];

		if (n->code != code || !n->brief)
			continue;
		snprintf(out, BARE_SIZE, "%s",
		         !brief ? n->name : C_("key", ascii_only ? n->ascii : n->brief));
		return;
	}
	if (code >= KEYS_F1 && code <= KEYS_F12) {
		snprintf(out, BARE_SIZE, "F%u", (unsigned)(code - KEYS_F1 + 1));
	} else if (code > ' ' && code < KEYS_SPECIAL) {
		out[text_encode(out, code)] = '\0';
	} else {
		out[0] = '\0';
	}
}

void key_to_name(key_code code, bool brief, char out[32])
{
	char *bare = stpcpy(out, code & KEYS_ALT ? "Alt-" : "");

	bare = stpcpy(bare, !(code & KEYS_CTRL) ? "" : brief ? "^" : "Ctrl-");
	name_bare(code & ~(key_code)(KEYS_CTRL | KEYS_ALT), brief, bare);
	if (bare[0] == '\0')
		out[0] = '\0';
}
