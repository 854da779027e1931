/*
 * What has been drawn, read back as text: for the clipboard and for tests.
 */
#include <wchar.h>

#include <base/text.h>

#include "canvas_frame.h"

void frame_read_row(WINDOW *window, int row, int from, int count, struct buf *picture)
{
	size_t end = picture->length;

	for (int column = from; column < from + count;) {
		wchar_t wide[CCHARW_MAX + 1] = { 0 };
		cchar_t cell;
		attr_t attributes;
		short pair;
		int columns;

		if (mvwin_wch(window, row, column, &cell) == ERR ||
		    getcchar(&cell, wide, &attributes, &pair, NULL) == ERR || wide[0] == L'\0')
			wide[0] = L' ', wide[1] = L'\0';
		for (const wchar_t *c = wide; *c; c++) {
			char bytes[4];

			buf_add_n(picture, bytes, text_encode(bytes, (uint32_t)*c));
		}
		if (wide[0] != L' ' || wide[1] != L'\0')
			end = picture->length;
		columns = wcwidth(wide[0]);
		column += columns > 1 ? columns : 1;
	}
	picture->length = end;
	if (picture->text)
		picture->text[end] = '\0';
}

void canvas_read(const struct canvas *canvas, struct buf *out)
{
	struct rect place = canvas_place(canvas);

	frame_paint(canvas->frame);
	for (int row = 0; row < canvas_height(canvas); row++) {
		frame_read_row(canvas->frame->window, place.row + row, place.column,
		               canvas_width(canvas), out);
		buf_add(out, "\n");
	}
	/* Empty rows at the end are no part of the text. */
	while (out->length > 1 && out->text[out->length - 2] == '\n')
		out->text[--out->length] = '\0';
}
