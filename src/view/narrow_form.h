/*
 * The boxes that ask what a list or the dashboard is to be narrowed to. Nothing
 * is written: the screen below gets what was typed, and asks again.
 */
#ifndef TRATO_VIEW_NARROW_FORM_H
#define TRATO_VIEW_NARROW_FORM_H

#include <view/form_view.h>

#include "narrow.h"

/* Texts that are "" for nothing, into the fields of that name. */
void narrow_set(struct form *form, const char *field, const char *text);
void narrow_set_pick(struct form *form, const char *field, const char *id, const char *label);
/* And out of them. */
void narrow_take_text(struct form *form, const char *field, char *out, size_t size);
void narrow_take_pick(struct form *form, const char *field, char id[NARROW_ID],
                      char label[NARROW_LABEL]);
/* Of the fields "from" and "to". */
void narrow_take_days(struct form *form, char from[NARROW_DAY], char to[NARROW_DAY]);
/* false: form_fail has said what is wrong. */
bool narrow_check_days(struct form *form, const char *from, const char *to);
/* What `save` returns at the end; the screen below has the result until it returns. */
struct batch *narrow_finish(struct view *view, struct form *form, const void *result);

#define NARROW_FORM(declaration)                                                  \
	.name = "form", .flags = VIEW_OVERLAY, .label = narrow_label, FORM_VIEW(declaration)
const char *narrow_label(const struct view *view, enum command command);
/* The text of such a form_spec. */
const char *narrow_text(struct view *view);

#endif
