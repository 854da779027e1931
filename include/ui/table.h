/*
 * A list over keyset pages: it holds a window of a few pages around the cursor
 * and says which page it wants next; the owner asks the database and hands the
 * rows back. A million rows feel like fifty. Each row has a column "key", which
 * the cursor and the marks stay with when the list is read again.
 */
#ifndef TRATO_UI_TABLE_H
#define TRATO_UI_TABLE_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/buf.h>
#include <base/rows.h>
#include <ui/canvas.h>
#include <ui/key.h>

/* What a format function reads and writes. What it makes of a row depends on the row, the width, the language
 * and the day alone: rows that are as before are not drawn again. */
struct table_cell {
	const struct rows *rows; /* this and other columns of the row */
	int row;
	int width;           /* for what must be seen where the rest is cut; INT_MAX: there is room for all */
	struct arena *arena; /* of the frame */
	const char *text;    /* as in the rows, "" for NULL; what is to be shown */
	enum style style;    /* STYLE_NORMAL; on the cursor's row its own style wins */
};

/* In place of a weight: of what a row is called by nothing is cut while the window has room. The column is
 * at least as wide as the longest text of the rows that are here, before its format, and takes none of what
 * is left. */
enum { TABLE_WHOLE = -1 };

/* A table of them ends with name NULL. Widths as in layout.h. */
struct table_column {
	const char *name;    /* column of the rows */
	const char *heading; /* N_() */
	enum align align;
	int min, ideal, weight, priority;
	void (*format)(struct table_cell *cell); /* NULL: the text as it is */
};

enum table_want_kind {
	TABLE_WANTS_FIRST,    /* the first rows of all */
	TABLE_WANTS_LAST,     /* the last rows of all */
	TABLE_WANTS_NEXT,     /* those after the edge row */
	TABLE_WANTS_PREVIOUS, /* those before the edge row */
};

struct table_want {
	enum table_want_kind kind;
	const struct rows *rows; /* the edge row, for NEXT and PREVIOUS; else NULL */
	int row;
	int limit; /* fewer rows in the answer mean: no more that way */
	unsigned tag;
};

enum table_move { TABLE_UP, TABLE_DOWN, TABLE_PAGE_UP, TABLE_PAGE_DOWN, TABLE_FIRST, TABLE_LAST };

enum table_click { TABLE_MISSED, TABLE_CLICKED, TABLE_OPENED };

struct table;

/* The declaration is static. A new table wants its first page. */
struct table *table_new(const struct table_column *columns);
void table_free(struct table **table);

/*
 * Whether a page is wanted now; asks once for each, so call it until it says false: after keys,
 * answers and once after drawing (a taller window may want more).
 */
bool table_wants(struct table *table, struct table_want *want);
/* The answer, rows always in the order of the list. Copied. Ignored unless the tag is awaited. */
void table_take(struct table *table, unsigned tag, const struct rows *rows);
/* The request failed or was cancelled; table_refresh asks again. */
void table_forget(struct table *table, unsigned tag);
/* Reads what is in sight anew; cursor and marks stay with their keys. Nothing flickers. */
void table_refresh(struct table *table);
/* Another filter: begins again at the first row, without marks. The old rows stay in sight until
 * the new ones come. */
void table_restart(struct table *table);
/* For short lists: these are all the rows. Cursor and marks stay with their keys. */
void table_set(struct table *table, const struct rows *rows);

/* Which column it is sorted by, for its heading: the declaration's name, static; NULL: none. */
void table_set_order(struct table *table, const char *column, bool descending);

/* true where the cursor moved. Rows on the way that are not there yet are gone over when they come,
 * unless something else is pressed. */
bool table_move(struct table *table, enum table_move move);
/* Whether the cursor is not yet where it was sent. */
bool table_is_behind(const struct table *table);
enum table_click table_mouse(struct table *table, const struct key_event *event);
/* The column whose heading was clicked; NULL where it was none. */
const char *table_heading(const struct table *table, const struct key_event *event);
/* Puts the cursor on that key if it is loaded. */
bool table_go(struct table *table, const char *key);

/* Whether rows lie below the cursor, or above it; not all of them need to be loaded. */
bool table_has_more(const struct table *table, bool below);

/* The row under the cursor; NULL where there is none. Valid until the next call. */
const struct rows *table_current(const struct table *table, int *row);
const char *table_key(const struct table *table);
/* A cell of that row by name, "" where there is none. */
const char *table_text(const struct table *table, const char *column);
/* Rows in memory. */
int table_loaded(const struct table *table);
bool table_is_waiting(const struct table *table);

void table_mark(struct table *table); /* the cursor's row, on and off */
void table_mark_range(struct table *table); /* from the latest mark, where that is loaded, to it */
void table_mark_all(struct table *table); /* all that are loaded */
void table_unmark(struct table *table, const char *key);
void table_unmark_all(struct table *table);
int table_marked(const struct table *table);
/* The key of the n-th mark, in the order of marking; NULL behind the last. */
const char *table_marked_key(const struct table *table, int n);
/* Its row, which may be scrolled out of memory: then as it was when it was marked. Valid until the
 * next call. */
const struct rows *table_marked_row(const struct table *table, int n, int *row);

/* A row's cells as they are shown, all columns, with tabs between them; harmless in a spreadsheet. */
void table_copy(const struct table *table, const struct rows *rows, int row, struct buf *out);

/* What is said when there is no row. Copied. */
void table_set_empty(struct table *table, const char *sentence);
/* Headings and rows on all of the canvas. */
void table_draw(struct table *table, struct canvas *canvas, bool active);

#endif
