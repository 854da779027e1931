/*
 * A line to type in with rows below it, of which one is chosen: the help and the
 * palette of commands. What the rows are is the owner's business.
 */
#ifndef TRATO_VIEW_FINDER_H
#define TRATO_VIEW_FINDER_H

#include <ui/canvas.h>
#include <ui/field.h>

struct finder {
	struct field_def def;
	struct field *search;
	int count, cursor, first;
	struct rect place; /* of the rows in the last frame */
};

enum finder_did {
	FINDER_IGNORED,
	FINDER_MOVED,
	FINDER_TYPED,  /* other rows: finder_set_count */
	FINDER_CHOSEN, /* the one under the cursor */
	FINDER_LEFT,
};

/* hint: N_(), static. */
void finder_open(struct finder *finder, const char *hint);
void finder_close(struct finder *finder);
void finder_set_count(struct finder *finder, int count);
enum finder_did finder_key(struct finder *finder, const struct key_event *event);
/* Draws the line; returns how many rows are to be drawn in `rows`, from finder->first on. */
int finder_draw(struct finder *finder, struct canvas *canvas, struct rect line, struct rect rows);

#endif
