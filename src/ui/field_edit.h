/*
 * The text of a field while it is typed: moves by grapheme clusters, so that
 * an accent stays with its letter, and keeps line feeds. For the fields of this
 * folder only.
 */
#ifndef TRATO_UI_FIELD_EDIT_H
#define TRATO_UI_FIELD_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include <base/arena.h>
#include <base/buf.h>
#include <ui/canvas.h>
#include <ui/key.h>

struct edit {
	struct buf text;
	size_t at; /* the cursor, in bytes */
	bool many; /* several lines */
	bool secret;
	bool fresh; /* nobody has touched it yet: what is typed takes its place */
	int width; /* columns at the latest drawing: lines are wrapped by it */
	int height;
	int first; /* scrolled by so many columns, or lines where `many` */
	int goal;  /* the column that Up and Down keep to; -1: where the cursor is */
};

enum edit_did { EDIT_IGNORED, EDIT_MOVED, EDIT_CHANGED };

void edit_init(struct edit *edit, bool many, bool secret);
void edit_free(struct edit *edit);
const char *edit_text(const struct edit *edit);
/* The cursor goes to the end; lines show from the first. Not fresh any more. */
void edit_set(struct edit *edit, const char *text);
enum edit_did edit_key(struct edit *edit, const struct key_event *event);
/* Fills the canvas. right: the text stands at the right edge while it is not edited. */
void edit_draw(struct edit *edit, struct canvas *canvas, bool active, bool right);
/* The cursor goes to what stands at that place of the latest drawing. */
void edit_click(struct edit *edit, int row, int column);

/* A visual line: bytes from .. to, without the line feed. */
struct edit_line {
	size_t from, to;
};
struct edit_line *edit_wrap(struct arena *arena, const char *text, int width, int *count);

#endif
