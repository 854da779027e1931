/*
 * What the list of collaboration requests, the box about one and the form about
 * marked ones share. Only request*.c and deed_forms.c include it.
 */
#ifndef TRATO_VIEW_REQUESTS_H
#define TRATO_VIEW_REQUESTS_H

#include <view/form_view.h>
#include <view/view.h>

/* All that is known of the request in that row, for a box. */
const char *request_details(struct arena *arena, const struct rows *rows, int row);

/* Of a form that declines one request, or several: the "note". */
extern const struct field_def decline_fields[];

#endif
