/*
 * How figures of the database are written on a screen: one way for all of
 * them. The results live in the arena.
 */
#ifndef TRATO_VIEW_SHOW_H
#define TRATO_VIEW_SHOW_H

#include <base/arena.h>
#include <base/rows.h>

/* "1.234,56 €" of a column with cents and the row's column "currency". */
const char *show_money(struct arena *arena, const struct rows *rows, int row, const char *column);
/* "3 h" of a column with seconds. */
const char *show_age(struct arena *arena, const struct rows *rows, int row, const char *column);
/* The age of a notice with its mark: "! 5 h" where it is late, "!! 26 h" where it is very late. */
const char *show_lateness(struct arena *arena, const struct rows *rows, int row,
                          const char *column);

#endif
