/*
 * Which key curses means by a code, with the sequences that terminal
 * descriptions leave out. Only for terminal_input.c.
 */
#ifndef TRATO_UI_TERMINAL_KEYS_H
#define TRATO_UI_TERMINAL_KEYS_H

#include <ui/key.h>

/* Own codes, above all that curses gives out. */
enum {
	CODE_PASTE = 3000,
	CODE_MOUSE_SGR,
	CODE_MOUSE_OLD,
	CODE_IGNORED,
	CODE_CTRL_FIRST = 3100, /* + index into movable */
	CODE_ALT_FIRST = 3120,
	CODE_PLAIN_FIRST = 3140,
};

/* Teaches the current curses screen more sequences. */
void keys_define(void);
/* The key of a code above 0xff; 0 where it is none. */
key_code keys_from_code(int code);
/* The key of a control character. */
key_code keys_from_control(int character);

#endif
