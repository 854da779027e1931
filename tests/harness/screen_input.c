/*
 * Typing: keys by name become what an xterm sends, in the modes that the
 * program has asked for; libvterm knows those.
 */
#include "screen_private.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	VTermKey key;
} keys[] = {
	{ "Enter", VTERM_KEY_ENTER },
	{ "Tab", VTERM_KEY_TAB },
	{ "Backspace", VTERM_KEY_BACKSPACE },
	{ "Esc", VTERM_KEY_ESCAPE },
	{ "Up", VTERM_KEY_UP },
	{ "Down", VTERM_KEY_DOWN },
	{ "Left", VTERM_KEY_LEFT },
	{ "Right", VTERM_KEY_RIGHT },
	{ "Insert", VTERM_KEY_INS },
	{ "Delete", VTERM_KEY_DEL },
	{ "Home", VTERM_KEY_HOME },
	{ "End", VTERM_KEY_END },
	{ "PageUp", VTERM_KEY_PAGEUP },
	{ "PageDown", VTERM_KEY_PAGEDOWN },
};

static uint32_t code_point(const char *text, size_t *length)
{
	const unsigned char *byte = (const unsigned char *)text;
	uint32_t code = *byte;

	*length = code < 0x80 ? 1 : code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4;
	if (*length > 1)
		code &= 0xffU >> (*length + 1);
	for (size_t i = 1; i < *length; i++)
		code = code << 6 | (byte[i] & 0x3f);
	return code;
}

void screen_send(struct screen *screen, const char *bytes, int length)
{
	screen_queue(screen, bytes, (size_t)length);
}

void screen_type(struct screen *screen, const char *text)
{
	screen_queue(screen, text, strlen(text));
}

static VTermKey key_number(const char *name)
{
	if (name[0] == 'F' && name[1] >= '1' && name[1] <= '9')
		return (VTermKey)VTERM_KEY_FUNCTION(strtol(name + 1, NULL, 10));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(keys[i].name, name))
			return keys[i].key;
	return VTERM_KEY_NONE;
}

void screen_key(struct screen *screen, const char *name)
{
	VTermModifier modifier = VTERM_MOD_NONE;
	const char *rest = name;
	size_t length;
	VTermKey key;

	for (;;) {
		if (!strncmp(rest, "Ctrl-", 5) && rest[5]) {
			modifier |= VTERM_MOD_CTRL;
			rest += 5;
		} else if (!strncmp(rest, "Alt-", 4) && rest[4]) {
			modifier |= VTERM_MOD_ALT;
			rest += 4;
		} else if (!strncmp(rest, "Shift-", 6) && rest[6]) {
			modifier |= VTERM_MOD_SHIFT;
			rest += 6;
		} else {
			break;
		}
	}
	if (!strcmp(rest, "Backtab")) {
		screen_queue(screen, "\033[Z", 3);
		return;
	}
	if (!strcmp(rest, "Space"))
		rest = " ";
	key = key_number(rest);
	if (key != VTERM_KEY_NONE) {
		vterm_keyboard_key(screen->vterm, key, modifier);
	} else if (modifier == VTERM_MOD_CTRL && !rest[1]) {
		/* As every terminal does; libvterm sends CSI u for some of them. */
		char control = (char)(*rest & 0x1f);

		screen_queue(screen, &control, 1);
	} else {
		uint32_t code = code_point(rest, &length);

		if (!*rest || rest[length])
			fail_msg("There is no key «%s».", name);
		vterm_keyboard_unichar(screen->vterm, code, modifier);
	}
	screen_take_answers(screen);
}

void screen_paste(struct screen *screen, const char *text)
{
	vterm_keyboard_start_paste(screen->vterm);
	screen_take_answers(screen);
	screen_type(screen, text);
	vterm_keyboard_end_paste(screen->vterm);
	screen_take_answers(screen);
}

void screen_click(struct screen *screen, int row, int column, int button)
{
	vterm_mouse_move(screen->vterm, row, column, VTERM_MOD_NONE);
	vterm_mouse_button(screen->vterm, button, true, VTERM_MOD_NONE);
	vterm_mouse_button(screen->vterm, button, false, VTERM_MOD_NONE);
	screen_take_answers(screen);
}
