/*
 * Figures as pictures: columns, bars, one bar that is split, and digits that
 * are read from afar. Block characters in eighths, with a stand-in for terminals
 * that have only ASCII. Each draws on all of its canvas, at any size, and knows
 * nothing of what the figures mean.
 */
#ifndef TRATO_UI_CHART_H
#define TRATO_UI_CHART_H

#include <ui/canvas.h>

/* Texts are translated; value is the amount as people read it, NULL for none. */
struct chart_item {
	const char *label;
	const char *value;
	long long amount; /* below 0: as 0 */
	enum style style;
};

/*
 * Columns that stand side by side, the labels below them and the values on top of them. Where
 * there is no room for all values, only those of the highest and of the last one are written;
 * where there is none for all labels, every second, third ... one. mark: the item whose label
 * has the cursor; -1: none.
 */
void chart_columns(struct canvas *canvas, const struct chart_item *items, int count, int mark);
/* Which item stands in that column of a canvas so wide; -1: none. */
int chart_columns_at(int width, int count, int column);

/*
 * One bar of all the items, each with its share, and below it what they are, as far as there are
 * rows. Colour and shade tell them apart. mark: as above. A share that is not nothing has a cell,
 * where they all fit.
 */
void chart_split(struct canvas *canvas, const struct chart_item *items, int count, int mark);
/* The rows of the bar itself, on a canvas so high. */
int chart_split_rows(int height, int count);
/* The cells of a bar so wide that each of the amounts gets: the largest remainders round up, so that
 * together they fill it. All 0 where all amounts are. */
void chart_shares(const long long *amounts, int count, int width, int *shares);

enum { CHART_DIGITS_ROWS = 3, CHART_LARGE_ROWS = 5 };

/*
 * A figure in digits of 3 rows (of 5 where the canvas is as high and wide enough), at the canvas's
 * upper edge. Characters without a picture stand on the last row as they are. A canvas that is too
 * low or too narrow shows it as plain text.
 */
void chart_digits(struct canvas *canvas, enum align align, enum style style, const char *text);

#endif
