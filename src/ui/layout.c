/*
 * Arithmetic of screens: columns shared over a width, rectangles cut into
 * parts. Pure functions for the widgets and views; no terminal in here.
 */
#include <stdlib.h>

#include <base/mem.h>
#include <ui/layout.h>

static int at_least(int value, int least)
{
	return value < least ? least : value;
}

static int at_most(int value, int most)
{
	return value > most ? most : value;
}

/* What the columns that are left need at least, gaps included. */
static int least_width(const struct layout_column *columns, int count, int gap, const int *widths)
{
	int used = 0, shown = 0;

	for (int i = 0; i < count; i++) {
		if (widths[i] > 0) {
			used += at_least(columns[i].min, 1);
			shown++;
		}
	}
	return used + (shown > 1 ? (shown - 1) * gap : 0);
}

static int next_to_vanish(const struct layout_column *columns, int count, const int *widths)
{
	int found = -1;

	for (int i = 0; i < count; i++) {
		if (widths[i] > 0 && columns[i].priority > 0 &&
		    (found < 0 || columns[i].priority >= columns[found].priority))
			found = i;
	}
	return found;
}

/* Hands out `spare` in proportion to the wishes, at most the wishes where `bounded`. Rounding
 * goes to the first ones, so that nothing is left over. */
static int share(int *widths, const int *wishes, int count, int spare, bool bounded)
{
	long long total = 0, passed = 0;
	int given = 0;

	for (int i = 0; i < count; i++)
		total += wishes[i];
	if (total == 0)
		return 0;
	if (bounded)
		spare = (int)(spare > total ? total : spare);
	for (int i = 0; i < count; i++) {
		int due;

		passed += wishes[i];
		due = (int)((passed * spare + total - 1) / total) - given;
		widths[i] += due;
		given += due;
	}
	return given;
}

/* Too narrow for all that must stay: the first ones keep their least width, the rest is cut. */
static int cut_to(int *widths, int count, int width, int gap)
{
	int used = 0;

	for (int i = 0; i < count; i++) {
		int start = used > 0 ? used + gap : 0;

		if (widths[i] == 0)
			continue;
		widths[i] = at_least(at_most(widths[i], width - start), 0);
		if (widths[i] > 0)
			used = start + widths[i];
	}
	return used;
}

int layout_columns(const struct layout_column *columns, int count, int width, int gap, int *widths)
{
	int used, victim;
	int *wishes;

	for (int i = 0; i < count; i++)
		widths[i] = at_least(columns[i].min, 1);
	while ((used = least_width(columns, count, gap, widths)) > width) {
		victim = next_to_vanish(columns, count, widths);
		if (victim < 0)
			return cut_to(widths, count, width, gap);
		widths[victim] = 0;
	}
	wishes = mem_array((size_t)count, sizeof(*wishes));
	for (int i = 0; i < count; i++)
		wishes[i] = widths[i] > 0 ? at_least(columns[i].ideal - widths[i], 0) : 0;
	used += share(widths, wishes, count, width - used, true);
	for (int i = 0; i < count; i++)
		wishes[i] = widths[i] > 0 ? columns[i].weight : 0;
	used += share(widths, wishes, count, width - used, false);
	free(wishes);
	return used;
}

/* ---- boards ---- */

/* How many columns the panels need where none is higher than `height`. */
static int board_columns(const struct layout_column *panels, int count, int height, int gap)
{
	int columns = 0, used = 0;

	for (int i = 0; i < count; i++) {
		if (columns == 0 || used + gap + panels[i].min > height) {
			columns++;
			used = panels[i].min;
		} else {
			used += gap + panels[i].min;
		}
	}
	return columns;
}

/* The least height with which they need no more columns than that: so these are equally full. */
static int board_even_height(const struct layout_column *panels, int count, int height, int gap,
                             int columns)
{
	while (height > 1 && board_columns(panels, count, height - 1, gap) <= columns)
		height--;
	return height;
}

/* How many panels, from `first` on, stand in one column. */
static int board_fill(const struct layout_column *panels, int first, int count, int height, int gap)
{
	int used = panels[first].min, last = first + 1;

	while (last < count && used + gap + panels[last].min <= height)
		used += gap + panels[last++].min;
	return last - first;
}

static void board_place(const struct layout_column *panels, int count, struct rect column, int gap,
                        int page, struct layout_place *places)
{
	int *heights = mem_array((size_t)count, sizeof(*heights));
	int row = column.row;

	layout_columns(panels, count, column.height, gap, heights);
	for (int i = 0; i < count; i++) {
		places[i].page = page;
		places[i].rect = (struct rect){ row, column.column, heights[i], column.width };
		row += heights[i] + gap;
	}
	free(heights);
}

int layout_board(const struct layout_column *panels, int count, int height, int width, int least,
                 int gap, struct layout_place *places)
{
	int between = 2 * gap, beside = at_least((width + between) / (least + between), 1);
	int needed = board_columns(panels, count, height, gap);
	int pages = (needed + beside - 1) / beside;
	int even = board_even_height(panels, count, height, gap, pages * beside);
	int left = board_columns(panels, count, even, gap);

	for (int page = 0, first = 0; page < pages; page++) {
		/* The last columns of all are shared among the pages that are left. */
		int columns = (left + pages - page - 1) / (pages - page);
		int wide = (width - (columns - 1) * between) / at_least(columns, 1);

		left -= columns;
		for (int i = 0; i < columns && first < count; i++) {
			struct rect column = { 0, i * (wide + between), height, wide };
			int taken = board_fill(panels, first, count, even, gap);

			if (i == columns - 1)
				column.width = width - column.column;
			board_place(panels + first, taken, column, gap, page, places + first);
			first += taken;
		}
	}
	return pages;
}

/* ---- rectangles ---- */

struct rect layout_cut_top(struct rect *rest, int rows)
{
	struct rect part = *rest;

	part.height = at_least(at_most(rows, rest->height), 0);
	rest->row += part.height;
	rest->height -= part.height;
	return part;
}

struct rect layout_cut_bottom(struct rect *rest, int rows)
{
	struct rect part = *rest;

	part.height = at_least(at_most(rows, rest->height), 0);
	rest->height -= part.height;
	part.row += rest->height;
	return part;
}

struct rect layout_cut_left(struct rect *rest, int columns)
{
	struct rect part = *rest;

	part.width = at_least(at_most(columns, rest->width), 0);
	rest->column += part.width;
	rest->width -= part.width;
	return part;
}

struct rect layout_cut_right(struct rect *rest, int columns)
{
	struct rect part = *rest;

	part.width = at_least(at_most(columns, rest->width), 0);
	rest->width -= part.width;
	part.column += rest->width;
	return part;
}

struct rect layout_centre(struct rect whole, int height, int width)
{
	struct rect part;

	part.height = at_least(at_most(height, whole.height), 0);
	part.width = at_least(at_most(width, whole.width), 0);
	part.row = whole.row + (whole.height - part.height) / 2;
	part.column = whole.column + (whole.width - part.width) / 2;
	return part;
}

bool layout_contains(struct rect part, int row, int column)
{
	return row >= part.row && row < part.row + part.height && column >= part.column &&
	       column < part.column + part.width;
}

int layout_scroll(int first, int cursor, int count, int height)
{
	if (height < 1)
		return at_least(cursor, 0);
	if (cursor >= first + height)
		first = cursor - height + 1;
	if (cursor < first)
		first = cursor;
	return at_least(at_most(first, count - height), 0);
}
