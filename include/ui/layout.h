/*
 * Arithmetic of screens: who gets how many columns, and rectangles cut into
 * parts. Knows no terminal, so that tests can prove it with numbers alone.
 */
#ifndef TRATO_UI_LAYOUT_H
#define TRATO_UI_LAYOUT_H

#include <stdbool.h>

#include <ui/canvas.h>

struct layout_column {
	int min;      /* narrower than this it is not worth showing */
	int ideal;    /* gets no more, except by weight */
	int weight;   /* its share of what is left when all have their ideal */
	int priority; /* 0 always stays; of the others the highest vanishes first */
};

/*
 * Shares `width` among the columns, with `gap` between neighbours. widths[i] is 0 where a column
 * vanished. Where even those that always stay do not fit, the last ones are cut. Returns what
 * is used, gaps included, never more than width.
 */
int layout_columns(const struct layout_column *columns, int count, int width, int gap, int *widths);

/* A panel of a board: on which page it stands, and where on it. */
struct layout_place {
	int page;
	struct rect rect;
};

/*
 * Lays panels out as a newspaper does: from above to below, then into the next column, then onto
 * the next page; as few pages as possible, the columns about equally full. A panel is a
 * layout_column turned upright: its rows. Columns are at least `least` wide, their height is filled as
 * the panels wish; gap rows lie between panels, twice as many columns between columns. Returns the
 * number of pages.
 */
int layout_board(const struct layout_column *panels, int count, int height, int width, int least,
                 int gap, struct layout_place *places);

/* Cuts so many rows or columns off `rest` (at most what is there) and returns them. */
struct rect layout_cut_top(struct rect *rest, int rows);
struct rect layout_cut_bottom(struct rect *rest, int rows);
struct rect layout_cut_left(struct rect *rest, int columns);
struct rect layout_cut_right(struct rect *rest, int columns);
/* A rectangle of that size in the middle, made smaller where it does not fit. */
struct rect layout_centre(struct rect whole, int height, int width);
bool layout_contains(struct rect part, int row, int column);
/* The first row to show of `count` so that `cursor` is among `height`, moving `first` as little
 * as possible. */
int layout_scroll(int first, int cursor, int count, int height);

#endif
