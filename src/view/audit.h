/*
 * What the screens of the trail share, and how the screen of a record leads to
 * that record's history.
 */
#ifndef TRATO_VIEW_AUDIT_H
#define TRATO_VIEW_AUDIT_H

#include <view/view.h>

/* The history of that row of that table; words: what it is called, for the eye. */
void audit_push(struct view *view, const char *table, int64_t id, const char *words);

/* One change: the id of its row in the trail. */
extern const struct view_ops view_audit_change;
/* From that row on, as wide as said; returns the row below. */
int audit_draw_change(struct canvas *canvas, int row, int width, const struct rows *rows);

#endif
