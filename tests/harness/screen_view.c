/*
 * Reading a screen: libvterm's cells as text, and the marks that it does not
 * know (frames, clipboard) out of the bytes on their way to it.
 */
#include "screen_private.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* ---- Callbacks of libvterm */

static int on_cursor(VTermPos at, VTermPos before, int visible, void *ctx)
{
	struct screen *screen = ctx;

	(void)before;
	(void)visible;
	screen->cursor = at;
	return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *ctx)
{
	struct screen *screen = ctx;

	if (property == VTERM_PROP_CURSORVISIBLE)
		screen->cursor_visible = value->boolean;
	return 1;
}

static int on_bell(void *ctx)
{
	struct screen *screen = ctx;

	screen->bells++;
	return 1;
}

void screen_vterm_new(struct screen *screen, int rows, int columns)
{
	static const VTermScreenCallbacks callbacks = {
		.movecursor = on_cursor,
		.settermprop = on_property,
		.bell = on_bell,
	};

	screen->vterm = vterm_new(rows, columns);
	vterm_set_utf8(screen->vterm, 1);
	screen->picture = vterm_obtain_screen(screen->vterm);
	vterm_screen_set_callbacks(screen->picture, &callbacks, screen);
	vterm_screen_enable_altscreen(screen->picture, 1);
	vterm_screen_reset(screen->picture, 1);
	screen->cursor_visible = true;
}

/* ---- Marks: ESC ] text, ended by BEL or ESC \ */

static void mark_finish(struct screen *screen)
{
	char *mark = screen->mark;

	mark[screen->mark_length] = '\0';
	if (!strncmp(mark, "7772;", 5)) {
		char *keys;

		screen->frame = strtoul(mark + 5, &keys, 10);
		screen->counts_keys = *keys == ';';
		screen->keys = screen->counts_keys ? strtoul(keys + 1, NULL, 10) : 0;
		screen->whole = true;
	} else if (!strncmp(mark, "2;", 2)) {
		snprintf(screen->title, sizeof(screen->title), "%s", mark + 2);
	} else if (!strncmp(mark, "9;", 2)) {
		snprintf(screen->notified, sizeof(screen->notified), "%s", mark + 2);
	} else if (!strncmp(mark, "52;", 3)) {
		char *data = strchr(mark + 3, ';');

		strcpy(screen->clipboard, data ? data + 1 : "");
	}
}

static void mark_scan(struct screen *screen, char byte)
{
	switch (screen->mark_state) {
	case MARK_NONE:
		if (byte == '\033')
			screen->mark_state = MARK_ESCAPE;
		break;
	case MARK_ESCAPE:
		screen->mark_length = 0;
		screen->mark_state = byte == ']'    ? MARK_TEXT
		                   : byte == '\033' ? MARK_ESCAPE
		                                    : MARK_NONE;
		break;
	case MARK_TEXT:
		if (byte == '\a') {
			mark_finish(screen);
			screen->mark_state = MARK_NONE;
		} else if (byte == '\033') {
			screen->mark_state = MARK_END;
		} else if (screen->mark_length < sizeof(screen->mark) - 1) {
			screen->mark[screen->mark_length++] = byte;
		}
		break;
	case MARK_END:
		if (byte == '\\')
			mark_finish(screen);
		screen->mark_state = MARK_NONE;
		break;
	}
}

void screen_receive(struct screen *screen, const char *bytes, size_t length)
{
	const char *wrong = screen->watched ? stream_take(&screen->stream, bytes, length) : NULL;

	vterm_input_write(screen->vterm, bytes, length);
	screen->bytes += length;
	for (size_t i = 0; i < length; i++) {
		screen->whole = false;
		mark_scan(screen, bytes[i]);
	}
	if (wrong)
		fail_msg("The terminal is sent what it must not get: %s", wrong);
}

/* ---- Text */

size_t screen_utf8(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

static int palette_number(const VTermColor *colour, bool is_default)
{
	if (is_default)
		return -1;
	return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -2;
}

struct screen_cell screen_cell(struct screen *screen, int row, int column)
{
	struct screen_cell out = { .width = 1 };
	VTermScreenCell cell;
	size_t length = 0;

	if (!vterm_screen_get_cell(screen->picture, (VTermPos){ .row = row, .col = column }, &cell))
		fail_msg("There is no cell %d,%d.", row, column);
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		if (cell.chars[i] != (uint32_t)-1)
			length += screen_utf8(cell.chars[i], out.text + length);
	out.text[length] = '\0';
	out.width = cell.width == 2 ? 2 : 1;
	out.bold = cell.attrs.bold;
	out.underline = cell.attrs.underline;
	out.reverse = cell.attrs.reverse;
	out.italic = cell.attrs.italic;
	out.foreground = palette_number(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	out.background = palette_number(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
	return out;
}

/* Appends one row, its trailing blanks cut; where cells is given, the column of each byte. */
static size_t row_text(struct screen *screen, int row, int columns, char *out, int *cells)
{
	size_t length = 0, end = 0;

	for (int column = 0; column < columns;) {
		struct screen_cell cell = screen_cell(screen, row, column);
		const char *text = *cell.text ? cell.text : " ";

		for (const char *byte = text; *byte; byte++) {
			if (cells)
				cells[length] = column;
			out[length++] = *byte;
		}
		if (strcmp(text, " ") != 0)
			end = length;
		column += cell.width;
	}
	out[end] = '\0';
	return end;
}

static char *text_room(struct screen *screen, int *rows, int *columns)
{
	vterm_get_size(screen->vterm, rows, columns);
	free(screen->text);
	screen->text = malloc((size_t)*rows * ((size_t)*columns * 32 + 1) + 1);
	assert_non_null(screen->text);
	return screen->text;
}

const char *screen_text(struct screen *screen)
{
	int rows, columns;
	char *out = text_room(screen, &rows, &columns);
	size_t length = 0;

	for (int row = 0; row < rows; row++) {
		length += row_text(screen, row, columns, out + length, NULL);
		out[length++] = row + 1 < rows ? '\n' : '\0';
	}
	return out;
}

const char *screen_line(struct screen *screen, int row)
{
	int rows, columns;
	char *out = text_room(screen, &rows, &columns);

	row_text(screen, row, columns, out, NULL);
	return out;
}

bool screen_shows(struct screen *screen, const char *text)
{
	return strstr(screen_text(screen), text);
}

void screen_find(struct screen *screen, const char *text, int *row, int *column)
{
	int rows, columns;
	char *out = text_room(screen, &rows, &columns);
	int *cells = calloc((size_t)columns * 32, sizeof(*cells));

	assert_non_null(cells);
	for (*row = 0; *row < rows; ++*row) {
		const char *found;

		row_text(screen, *row, columns, out, cells);
		found = strstr(out, text);
		if (found) {
			*column = cells[found - out];
			free(cells);
			return;
		}
	}
	free(cells);
	print_error("%s\n", screen_text(screen));
	fail_msg("«%s» is not on the screen.", text);
}

void screen_cursor(struct screen *screen, int *row, int *column, bool *visible)
{
	*row = screen->cursor.row;
	*column = screen->cursor.col;
	*visible = screen->cursor_visible;
}

int screen_bells(const struct screen *screen)
{
	return screen->bells;
}

unsigned long screen_frame(const struct screen *screen)
{
	return screen->frame;
}

bool screen_is_whole(const struct screen *screen)
{
	return screen->whole;
}

unsigned long screen_bytes(const struct screen *screen)
{
	return screen->bytes;
}

const char *screen_clipboard(const struct screen *screen)
{
	return screen->clipboard;
}

const char *screen_title(const struct screen *screen)
{
	return screen->title;
}

const char *screen_notified(const struct screen *screen)
{
	return screen->notified;
}
