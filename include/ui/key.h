/*
 * Keys as numbers and as names. A key is a Unicode code point, or one of the
 * names below, or either with KEY_CTRL / KEY_ALT. Names as people write them in
 * trato.conf: "a", "Enter", "Esc", "Ctrl-r", "Alt-x", "F5", "PageDown", "Space".
 */
#ifndef TRATO_UI_KEY_H
#define TRATO_UI_KEY_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t key_code;

enum {
	KEYS_SPECIAL = 0x200000, /* above all code points */
	KEYS_UP = KEYS_SPECIAL,
	KEYS_DOWN,
	KEYS_LEFT,
	KEYS_RIGHT,
	KEYS_HOME,
	KEYS_END,
	KEYS_PAGE_UP,
	KEYS_PAGE_DOWN,
	KEYS_INSERT,
	KEYS_DELETE,
	KEYS_BACKSPACE,
	KEYS_ENTER,
	KEYS_TAB,
	KEYS_BACKTAB,
	KEYS_ESCAPE,
	KEYS_F1,
	KEYS_F12 = KEYS_F1 + 11,
	KEYS_PASTE, /* bracketed paste: the text stands in the event */
	KEYS_MOUSE, /* position and button stand in the event */
	KEYS_RESIZE,
	KEYS_CTRL = 0x1000000,
	KEYS_ALT = 0x2000000,
};

enum mouse_button { MOUSE_LEFT = 1, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key_event {
	key_code code;
	const char *paste; /* for KEYS_PASTE, valid during the call */
	int row, column;   /* for KEYS_MOUSE */
	enum mouse_button button;
};

/* false where no key has that name. */
bool key_from_name(const char *name, key_code *code);
/* (Not key_name: curses has one.) out holds 32 bytes; where `brief`, "↵", "↑" style short names in
 * the person's language, else what trato.conf understands. */
void key_to_name(key_code code, bool brief, char out[32]);
/* Short names without arrows, for terminals that lack them; the terminal sets it. */
void key_names_in_ascii(bool yes);

#endif
