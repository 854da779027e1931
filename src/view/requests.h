/*
 * What the list of collaboration requests and the box about one share. Only
 * request*.c include it.
 */
#ifndef TRATO_VIEW_REQUESTS_H
#define TRATO_VIEW_REQUESTS_H

#include <view/view.h>

/* All that is known of the request in that row, for a box. */
const char *request_details(struct arena *arena, const struct rows *rows, int row);

#endif
