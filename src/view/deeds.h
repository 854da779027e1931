/*
 * Writes for marked rows that more than one list has; as list_deed wants them.
 */
#ifndef TRATO_VIEW_DEEDS_H
#define TRATO_VIEW_DEEDS_H

#include <view/list_view.h>

/* The next step of an action: the row has key and version. */
struct batch *deed_write_step(const struct view *view, const struct rows *rows, int row,
                              const char *request_id, const char *const values[2], struct err *err);

#endif
