/*
 * curses knows what each terminal sends for its keys. The rest is done here:
 * UTF-8 that arrives in pieces, Alt, pastes, the mouse, and control sequences
 * that nobody knows, which must not turn into typed letters.
 */
#include "terminal_input.h"

#include <string.h>

#include <base/loop.h>
#include <base/text.h>

#include "terminal_keys.h"

enum { PASTE_LIMIT = 1024 * 1024, DOUBLE_CLICK_MS = 400, ESCAPE_MS = 60 };

void input_open(struct input *input)
{
	*input = (struct input){ .held = ERR, .click_time = -DOUBLE_CLICK_MS };
	input->keys = newpad(1, 1);
	input->bytes = newpad(1, 1);
	nodelay(input->keys, TRUE);
	nodelay(input->bytes, TRUE);
	keypad(input->keys, TRUE);
	meta(input->keys, TRUE);
	set_escdelay(ESCAPE_MS);
	keys_define();
}

void input_close(struct input *input)
{
	if (input->keys)
		delwin(input->keys);
	if (input->bytes)
		delwin(input->bytes);
	input->keys = input->bytes = NULL;
	buf_free(&input->paste);
}

static int next_key(struct input *input)
{
	int c = input->held;

	input->held = ERR;
	if (c == ERR)
		c = wgetch(input->keys);
	input->consumed += c != ERR;
	return c;
}

static int next_byte(struct input *input)
{
	int c = wgetch(input->bytes);

	input->keypad_moved = true;
	input->consumed += c != ERR;
	return c;
}

static bool found(struct key_event *event, key_code code)
{
	*event = (struct key_event){ .code = code };
	return true;
}

static bool paste_done(struct input *input, struct key_event *event)
{
	input->pasting = false;
	found(event, KEYS_PASTE);
	event->paste = input->paste.text ? input->paste.text : "";
	return true;
}

/* Terminals send the end of a line as CR; a text has LF. */
static void paste_add(struct input *input, char byte)
{
	bool after_return = input->paste_return;

	input->paste_return = byte == '\r';
	if (byte == '\0' || (byte == '\n' && after_return) || input->paste.length >= PASTE_LIMIT)
		return;
	if (byte == '\r')
		byte = '\n';
	buf_add_n(&input->paste, &byte, 1);
}

static bool read_paste(struct input *input, struct key_event *event)
{
	static const char end[] = "\033[201~";
	int c;

	while ((c = next_byte(input)) != ERR) {
		if (c == end[input->paste_matched]) {
			if (end[++input->paste_matched] == '\0')
				return paste_done(input, event);
			continue;
		}
		for (int i = 0; i < input->paste_matched; i++)
			paste_add(input, end[i]);
		input->paste_matched = c == end[0];
		if (!input->paste_matched)
			paste_add(input, (char)c);
	}
	return false;
}

bool input_end_paste(struct input *input, struct key_event *event)
{
	return input->pasting && paste_done(input, event);
}

static bool mouse_event(struct input *input, int button, int row, int column,
                        struct key_event *event)
{
	enum mouse_button what;
	long long now = loop_now();

	button &= ~(4 | 8 | 16); /* shift, alt, ctrl */
	if (button == 64 || button == 65) {
		what = button == 64 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
	} else if (button != 0) {
		return false;
	} else if (now - input->click_time < DOUBLE_CLICK_MS && row == input->click_row &&
	           column == input->click_column) {
		what = MOUSE_DOUBLE;
		input->click_time = now - DOUBLE_CLICK_MS;
	} else {
		what = MOUSE_LEFT;
		input->click_time = now;
		input->click_row = row;
		input->click_column = column;
	}
	found(event, KEYS_MOUSE);
	event->row = row;
	event->column = column;
	event->button = what;
	return true;
}

/* ESC [ < BUTTON ; COLUMN ; ROW M, or m when it is let go. */
static bool read_mouse_sgr(struct input *input, struct key_event *event)
{
	int numbers[3] = { 0 };
	int index = 0, c;

	while ((c = next_byte(input)) != ERR) {
		if (c >= '0' && c <= '9') {
			if (numbers[index] < 10000)
				numbers[index] = numbers[index] * 10 + c - '0';
		} else if (c == ';' && index < 2) {
			index++;
		} else {
			break;
		}
	}
	return c == 'M' && index == 2 && numbers[1] > 0 && numbers[2] > 0 &&
	       mouse_event(input, numbers[0], numbers[2] - 1, numbers[1] - 1, event);
}

/* ESC [ M and three bytes, each with 32 added. */
static bool read_mouse_old(struct input *input, struct key_event *event)
{
	int bytes[3];

	for (int i = 0; i < 3; i++) {
		if ((bytes[i] = next_byte(input)) == ERR)
			return false;
	}
	return bytes[1] > 32 && bytes[2] > 32 &&
	       mouse_event(input, bytes[0] - 32, bytes[2] - 33, bytes[1] - 33, event);
}

/* After ESC [ or ESC O: up to the letter that ends the sequence, or nothing when it is a key
 * pressed with Alt. */
static bool skip_sequence(struct input *input, bool many)
{
	int c = next_byte(input);

	if (c == ERR)
		return false;
	for (int i = 0; many && c != ERR && c >= 0x20 && c < 0x40 && i < 64; i++)
		c = next_byte(input);
	return true;
}

static bool read_character(struct input *input, int byte, struct key_event *event)
{
	uint32_t point;
	key_code alt = input->alt ? KEYS_ALT : 0;

	if (input->partial_length > 0 && (byte & 0xc0) != 0x80)
		input->partial_length = 0; /* broken: start anew with this byte */
	if (input->partial_length == 0) {
		input->partial_wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
		if (byte < 0xc2 || byte > 0xf4)
			return false;
	}
	input->partial[input->partial_length++] = (char)byte;
	if (input->partial_length < input->partial_wanted)
		return false;
	{
		char whole[5] = { 0 };

		memcpy(whole, input->partial, (size_t)input->partial_length);
		input->partial_length = 0;
		input->alt = false;
		return text_decode(whole, &point) > 0 && found(event, point | alt);
	}
}

static bool read_special(struct input *input, int c, struct key_event *event)
{
	key_code alt = input->alt ? KEYS_ALT : 0;
	key_code code;

	input->alt = false;
	if (c == CODE_PASTE) {
		buf_clear(&input->paste);
		input->pasting = true;
		input->paste_matched = 0;
		input->paste_return = false;
		return false;
	}
	if (c == CODE_MOUSE_SGR)
		return read_mouse_sgr(input, event);
	if (c == CODE_MOUSE_OLD)
		return read_mouse_old(input, event);
	code = keys_from_code(c);
	return code && found(event, code | alt);
}

/* What follows Esc at once belongs to it: Alt and a key, or a sequence that curses does not
 * know. */
static bool read_escape(struct input *input, struct key_event *event)
{
	int c = next_key(input);

	if (c == '[' || c == 'O') {
		if (skip_sequence(input, c == '['))
			return false;
		return found(event, (key_code)c | KEYS_ALT);
	}
	if (c == ERR || c == 0x1b) {
		input->held = c;
		return found(event, KEYS_ESCAPE);
	}
	input->alt = true;
	input->held = c;
	return false;
}

bool input_read(struct input *input, struct key_event *event)
{
	for (;;) {
		int c;

		if (input->pasting)
			return read_paste(input, event);
		if ((c = next_key(input)) == ERR)
			return false;
		if (c > 0xff) {
			if (read_special(input, c, event))
				return true;
		} else if (c >= 0x80) {
			if (read_character(input, c, event))
				return true;
		} else {
			key_code alt = input->alt ? KEYS_ALT : 0;

			input->partial_length = 0;
			if (c == 0x1b && !alt) {
				if (read_escape(input, event))
					return true;
				continue;
			}
			input->alt = false;
			return found(event,
			             (c < ' ' || c == 0x7f ? keys_from_control(c) : (key_code)c) |
			                 alt);
		}
	}
}
