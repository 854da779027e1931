/*
 * The parts of a notice on a screen, and the same as text for the clipboard.
 * rows: of notice_read, or a row of the inbox, which has the same columns.
 */
#ifndef TRATO_VIEW_NOTICE_DRAW_H
#define TRATO_VIEW_NOTICE_DRAW_H

#include <base/buf.h>
#include <base/rows.h>
#include <ui/canvas.h>

/* Each draws from that row and column on and returns the row below. */
int notice_draw_head(struct canvas *canvas, int row, int column, int columns,
                     const struct rows *rows, int at);
int notice_draw_client(struct canvas *canvas, int row, int column, int columns,
                       const struct rows *rows, int at);
int notice_draw_terms(struct canvas *canvas, int row, int column, int columns,
                      const struct rows *rows, int at);
/* One amount: its name and the figure, right-aligned in the columns. */
int notice_draw_amount(struct canvas *canvas, int row, int column, int columns, enum style style,
                       const char *label, const char *amount);

enum style notice_style(const struct rows *rows, int at);
/* "taken by Berta Gil, 3 h ago" */
const char *notice_standing(struct arena *arena, const struct rows *rows, int at);

/* results: of notice_read. */
void notice_copy_client(struct buf *out, const struct rows *const *results);
void notice_copy_lines(struct buf *out, const struct rows *const *results);

#endif
