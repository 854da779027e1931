/*
 * What a list is narrowed to besides its own filters, and how the row above it
 * says so. A list that was opened from a figure of the dashboard has a struct
 * narrow; others have more of their own, asked for by narrow_form.h.
 */
#ifndef TRATO_VIEW_NARROW_H
#define TRATO_VIEW_NARROW_H

#include <view/list_view.h>
#include <view/views.h>

enum { NARROW_ID = 24, NARROW_LABEL = 200, NARROW_DAY = 11 /* 2026-11-26 */ };

/* "" for nothing. */
struct narrow {
	char area[NARROW_ID], rep[NARROW_ID];
	char words[400];        /* all of it for the eye, the period included where there is one */
};

/* only: NULL where the list was not opened from a figure. */
void narrow_take(struct narrow *narrow, const struct narrow_arg *only);
/* As a parameter: NULL for "". */
const char *narrow_filled(const char *text);
/* "ACME · from 01/11/2026": before with one more, if there is one; label may be "". */
const char *narrow_words(struct arena *arena, const char *before, const char *label,
                         const char *text);
/* A row above the list: "Only Formación · Ana Ruiz", or what is said where the words are "". */
void narrow_header(const char *words, struct canvas *canvas, const char *otherwise);

/* For a list whose state is a struct narrow, and whose row above it is there only where it is
 * narrowed: its arg is a struct narrow_arg, or NULL. */
#define NARROW_LIST                                                               \
	.size = sizeof(struct narrow), .open = narrow_open, .header = narrow_say, \
	.headed = narrow_is_said
bool narrow_open(struct view *view, const void *arg, struct err *err);
void narrow_say(struct view *view, struct canvas *canvas);
bool narrow_is_said(const struct view *view);

#endif
