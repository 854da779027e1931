/*
 * A screen to be read: text and figures from top to bottom, as long as they
 * are, scrolled by the usual keys. Screens that show one thing keep a struct
 * page and draw on the canvas that page_begin gives.
 */
#ifndef TRATO_VIEW_PAGE_H
#define TRATO_VIEW_PAGE_H

#include <ui/canvas.h>
#include <ui/key.h>
#include <view/command.h>

struct page {
	int first;  /* row at the top of the window */
	int rows;   /* of the whole page, when it was drawn last */
	int height; /* of the window then */
};

/* The canvas of the whole page, as long as wanted; only what is in the window is seen. */
struct canvas *page_begin(struct page *page, struct canvas *canvas);
/* How many rows it had; marks where there is more. */
void page_end(struct page *page, struct canvas *canvas, int rows);
/* Scrolls; returns what it did not handle. */
enum command page_act(struct page *page, enum command command);
/* The wheel; true: it was used. */
bool page_key(struct page *page, const struct key_event *event);

/* Wrapped text from that row on; returns the row below it. */
int page_text(struct canvas *canvas, int row, int column, int columns, enum style style,
              const char *text);
/* A label and behind it the text at `indent`; nothing where the text is empty. */
int page_field(struct canvas *canvas, int row, int column, int columns, int indent,
               const char *label, const char *text);

/* "2026-11-23" or "2026-11-23 10:12" from the database as people read it; "" for anything else. */
const char *page_date(struct arena *arena, const char *iso);

#endif
