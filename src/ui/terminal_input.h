/*
 * Keys, pastes and mouse events out of what the terminal sends. Only for
 * terminal.c.
 */
#ifndef TRATO_UI_TERMINAL_INPUT_H
#define TRATO_UI_TERMINAL_INPUT_H

#include <stdbool.h>

#include <curses.h>

#include <base/buf.h>
#include <ui/key.h>

struct input {
	WINDOW *keys;           /* curses finds the keys' sequences */
	WINDOW *bytes;          /* as they come: inside of a paste or an unknown sequence */
	unsigned long consumed; /* bytes and keys since the start */
	bool keypad_moved;      /* curses has switched the terminal's keypad mode meanwhile */
	int held;               /* a key that was read too early, or ERR */
	bool alt;               /* the character that is being put together follows Esc */
	char partial[4];
	int partial_length, partial_wanted;
	bool pasting;
	struct buf paste;
	int paste_matched; /* of the sequence that ends it */
	bool paste_return; /* the last byte was CR, whose LF is to be left out */
	long long click_time;
	int click_row, click_column;
};

/* On the current curses screen. */
void input_open(struct input *input);
void input_close(struct input *input);
/* The next event, or false when there is none for now. What the event points to lives until
 * the next call. */
bool input_read(struct input *input, struct key_event *event);
/* Ends a paste whose end never came; false when there is none. */
bool input_end_paste(struct input *input, struct key_event *event);

#endif
