/*
 * What the list of collaboration requests and the box about one share. Only
 * request*.c include it.
 */
#ifndef TRATO_VIEW_REQUESTS_H
#define TRATO_VIEW_REQUESTS_H

#include <view/view.h>

/* Asks why, which may be left out; its result is not NULL where it has declined. */
extern const struct view_ops view_decline_request;
struct decline_arg {
	char request[24];
	char version[12];
};

/* All that is known of the request in that row, for a box. */
const char *request_details(struct arena *arena, const struct rows *rows, int row);

#endif
