/*
 * The keys of terminals: curses' names for them, xterm's way of sending
 * modifiers, and sequences that many terminals send whatever TERM says.
 */
#include "terminal_keys.h"

#include <stdio.h>

#include <curses.h>

/* Keys that terminals send with modifiers in xterm's way: ESC [ 1 ; MODIFIER LETTER, or
 * ESC [ NUMBER ; MODIFIER ~. */
static const struct {
	key_code key;
	int number;
	char last;
} movable[] = {
	{ KEYS_UP, 1, 'A' },        { KEYS_DOWN, 1, 'B' },   { KEYS_RIGHT, 1, 'C' },
	{ KEYS_LEFT, 1, 'D' },      { KEYS_HOME, 1, 'H' },   { KEYS_END, 1, 'F' },
	{ KEYS_INSERT, 2, '~' },    { KEYS_DELETE, 3, '~' }, { KEYS_PAGE_UP, 5, '~' },
	{ KEYS_PAGE_DOWN, 6, '~' },
};

enum { MOVABLE_COUNT = sizeof movable / sizeof movable[0] };

static const struct {
	int curses;
	key_code key;
} named[] = {
	{ KEY_UP, KEYS_UP },
	{ KEY_DOWN, KEYS_DOWN },
	{ KEY_LEFT, KEYS_LEFT },
	{ KEY_RIGHT, KEYS_RIGHT },
	{ KEY_HOME, KEYS_HOME },
	{ KEY_FIND, KEYS_HOME },
	{ KEY_A1, KEYS_HOME },
	{ KEY_END, KEYS_END },
	{ KEY_SELECT, KEYS_END },
	{ KEY_C1, KEYS_END },
	{ KEY_PPAGE, KEYS_PAGE_UP },
	{ KEY_A3, KEYS_PAGE_UP },
	{ KEY_NPAGE, KEYS_PAGE_DOWN },
	{ KEY_C3, KEYS_PAGE_DOWN },
	{ KEY_IC, KEYS_INSERT },
	{ KEY_DC, KEYS_DELETE },
	{ KEY_BACKSPACE, KEYS_BACKSPACE },
	{ KEY_ENTER, KEYS_ENTER },
	{ KEY_BTAB, KEYS_BACKTAB },
	{ KEY_SR, KEYS_UP },
	{ KEY_SF, KEYS_DOWN },
	{ KEY_SLEFT, KEYS_LEFT },
	{ KEY_SRIGHT, KEYS_RIGHT },
	{ KEY_SHOME, KEYS_HOME },
	{ KEY_SEND, KEYS_END },
	{ KEY_SPREVIOUS, KEYS_PAGE_UP },
	{ KEY_SNEXT, KEYS_PAGE_DOWN },
	{ KEY_SDC, KEYS_DELETE },
	{ KEY_SIC, KEYS_INSERT },
};

static void define_if_free(const char *sequence, int code)
{
	if (key_defined(sequence) == 0)
		define_key(sequence, code);
}

static void define_movable_keys(void)
{
	for (int i = 0; i < MOVABLE_COUNT; i++) {
		char sequence[32];

		/* The modifier is 1 + shift + 2 alt + 4 ctrl + 8 meta. */
		for (int modifier = 2; modifier <= 16; modifier++) {
			int bits = modifier - 1;
			int first = bits & 4  ? CODE_CTRL_FIRST
			          : bits & 10 ? CODE_ALT_FIRST
			                      : CODE_PLAIN_FIRST;

			snprintf(sequence, sizeof sequence, "\033[%d;%d%c", movable[i].number,
			         modifier, movable[i].last);
			define_key(sequence, first + i);
		}
		if (movable[i].last == '~') {
			snprintf(sequence, sizeof sequence, "\033[%d~", movable[i].number);
			define_if_free(sequence, CODE_PLAIN_FIRST + i);
			continue;
		}
		/* Both cursor key modes, whichever the terminal is in. */
		snprintf(sequence, sizeof sequence, "\033[%c", movable[i].last);
		define_if_free(sequence, CODE_PLAIN_FIRST + i);
		snprintf(sequence, sizeof sequence, "\033O%c", movable[i].last);
		define_if_free(sequence, CODE_PLAIN_FIRST + i);
	}
}

void keys_define(void)
{
	define_key("\033[200~", CODE_PASTE);
	define_key("\033[201~", CODE_IGNORED);
	define_key("\033[<", CODE_MOUSE_SGR);
	define_key("\033[M", CODE_MOUSE_OLD);
	define_if_free("\033[Z", KEY_BTAB);
	define_if_free("\033OM", KEY_ENTER);
	define_if_free("\033[1~", KEY_HOME);
	define_if_free("\033[4~", KEY_END);
	define_if_free("\033[7~", KEY_HOME);
	define_if_free("\033[8~", KEY_END);
	define_movable_keys();
}

key_code keys_from_code(int code)
{
	if (code >= CODE_CTRL_FIRST && code < CODE_CTRL_FIRST + MOVABLE_COUNT)
		return movable[code - CODE_CTRL_FIRST].key | KEYS_CTRL;
	if (code >= CODE_ALT_FIRST && code < CODE_ALT_FIRST + MOVABLE_COUNT)
		return movable[code - CODE_ALT_FIRST].key | KEYS_ALT;
	if (code >= CODE_PLAIN_FIRST && code < CODE_PLAIN_FIRST + MOVABLE_COUNT)
		return movable[code - CODE_PLAIN_FIRST].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEYS_F1 + (key_code)(code - KEY_F(1));
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (named[i].curses == code)
			return named[i].key;
	}
	return 0;
}

key_code keys_from_control(int character)
{
	switch (character) {
	case 0: return ' ' | KEYS_CTRL;
	case '\b':
	case 0x7f: return KEYS_BACKSPACE;
	case '\t': return KEYS_TAB;
	case '\r':
	case '\n': return KEYS_ENTER;
	case 0x1b: return KEYS_ESCAPE;
	default:
		return (key_code)(character < 27 ? character + 'a' - 1 : character + '@') |
		       KEYS_CTRL;
	}
}
