/*
 * The inside of a form, shared by its keys (form.c), its values (form_value.c)
 * and its drawing (form_draw.c), and known to nobody else.
 */
#ifndef TRATO_UI_FORM_OWN_H
#define TRATO_UI_FORM_OWN_H

#include <ui/form.h>
#include <ui/layout.h>

#include "field_kinds.h"

struct form_item {
	struct field *field;
	char *error; /* NULL where it is in order */
	bool typed;  /* by the person, since the form was last settled */
	/* Where it is drawn, in rows of the whole form: label, field, sentence. */
	int top, error_row, bottom;
	bool hidden;
	bool beside; /* the sentence stands to the right of the field */
	struct rect place;
};

struct form {
	int count;
	struct form_item *items;
	int current;     /* -1 where nothing can be typed at all */
	int first;       /* rows scrolled away */
	char *complaint; /* what belongs to no field */
	struct buf settled;
	bool loading, unseen; /* between form_begin_loading and form_end_loading */
};

struct form_item *form_find(const struct form *form, const char *name);
void form_set_error(char **error, const char *sentence);
/* Moves the cursor; tells the old field that it is left. */
void form_enter(struct form *form, int item, bool from_below);

#endif
