/*
 * The inside of a table, shared by its movement (table.c), its pages
 * (table_pages.c) and its drawing (table_draw.c), and known to nobody else.
 */
#ifndef TRATO_UI_TABLE_OWN_H
#define TRATO_UI_TABLE_OWN_H

#include <ui/table.h>

#define TABLE_PAGES 5

/* Why a page was asked for, which says where it goes. */
enum table_purpose {
	TABLE_NOTHING,
	TABLE_APPEND,
	TABLE_PREPEND,
	TABLE_START, /* replaces all, cursor on the first row */
	TABLE_END,   /* replaces all, cursor on the last row */
	TABLE_AGAIN, /* replaces all, cursor stays with its key */
};

struct table_mark;

struct table_page {
	struct arena *arena;
	struct rows *rows;
};

struct table {
	const struct table_column *columns;
	int column_count;
	struct table_page pages[TABLE_PAGES + 1];
	int page_count;
	unsigned long edition;      /* of the pages; no others have had it, of any table */
	int count;                  /* rows in all pages */
	bool at_start, at_end;      /* nothing lies beyond the window on that side */
	int cursor, top;            /* rows of the window */
	int owed;                   /* rows that the cursor is to go once they are there, see table_move */
	int height;                 /* rows at the latest drawing; 0 before */
	enum table_purpose need;    /* START, END or AGAIN is still to be asked for */
	enum table_purpose pending; /* what the awaited answer is for */
	bool halted;                /* a request failed: do not ask again by oneself */
	int pending_limit;
	int pending_from;  /* AGAIN: the window's row that the answer begins with */
	bool pending_open; /* AGAIN: there are rows before that */
	unsigned tag;
	struct table_mark *marks; /* see table_marks.c */
	int mark_count, mark_size;
	int *widths;            /* of the columns at the latest drawing, */
	int width;              /* in so many columns of the screen */
	unsigned long measured; /* and that edition */
	const char *order; /* the column that the list is sorted by, or NULL */
	bool descending;
	char *empty;
	struct rect place; /* of the rows on the screen */
};

/* The page and the row in it of a row of the window. */
const struct rows *table_locate(const struct table *table, int at, int *row);
const char *table_key_at(const struct table *table, int at);
bool table_is_marked(const struct table *table, const char *key);
/* In the arena. */
struct rows *table_copy_rows(struct arena *arena, const struct rows *rows);
void table_drop_pages(struct table *table);
/* Goes on with what is owed, as far as rows have come. */
void table_pay(struct table *table);
/* Keeps cursor and top within the rows and the cursor in sight. */
void table_settle(struct table *table);

#endif
