/*
 * What narrow_form.h offers.
 */
#include "narrow_form.h"

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>

void narrow_set(struct form *form, const char *field, const char *text)
{
	form_set(form, field, narrow_filled(text));
}

void narrow_set_pick(struct form *form, const char *field, const char *id, const char *label)
{
	if (id[0] != '\0')
		form_set_pick(form, field, id, label);
}

void narrow_take_text(struct form *form, const char *field, char *out, size_t size)
{
	const char *value = form_value(form, field);

	snprintf(out, size, "%s", value != NULL ? value : "");
}

void narrow_take_pick(struct form *form, const char *field, char id[NARROW_ID],
                      char label[NARROW_LABEL])
{
	narrow_take_text(form, field, id, NARROW_ID);
	snprintf(label, NARROW_LABEL, "%s", id[0] != '\0' ? form_text(form, field) : "");
}

void narrow_take_days(struct form *form, char from[NARROW_DAY], char to[NARROW_DAY])
{
	narrow_take_text(form, "from", from, NARROW_DAY);
	narrow_take_text(form, "to", to, NARROW_DAY);
}

bool narrow_check_days(struct form *form, const char *from, const char *to)
{
	if (from[0] == '\0' || to[0] == '\0' || strcmp(from, to) <= 0)
		return true;
	form_fail(form, "to", _("This day lies before the first one."));
	return false;
}

struct batch *narrow_finish(struct view *view, struct form *form, const void *result)
{
	form_settle(form);
	view_finish(view, result);
	return NULL;
}

const char *narrow_label(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_SAVE ? _("apply") : NULL;
}

const char *narrow_text(struct view *view)
{
	(void)view;
	return _("What is left empty restricts nothing.");
}
