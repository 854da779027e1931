/*
 * The row above a list that says what it is narrowed to, and the parameters for
 * its pages.
 */
#include "narrow.h"

#include <stdio.h>

#include <base/i18n.h>

void narrow_take(struct narrow *narrow, const struct narrow_arg *only)
{
	if (only == NULL)
		return;
	snprintf(narrow->area, sizeof(narrow->area), "%s", only->area);
	snprintf(narrow->rep, sizeof(narrow->rep), "%s", only->rep);
	snprintf(narrow->words, sizeof(narrow->words), "%s", only->words);
}

const char *narrow_filled(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

const char *narrow_words(struct arena *arena, const char *before, const char *label,
                         const char *text)
{
	if (text[0] == '\0')
		return before;
	return arena_printf(arena, "%s%s%s%s%s", before, before[0] != '\0' ? " · " : "", label,
	                    label[0] != '\0' ? " " : "", text);
}

void narrow_header(const char *words, struct canvas *canvas, const char *otherwise)
{
	int columns = canvas_width(canvas) - 2;

	if (words[0] != '\0')
		canvas_textf(canvas, 0, 1, columns, STYLE_STRONG, _("Only %s"), words);
	else
		canvas_text(canvas, 0, 1, columns, STYLE_DIM, otherwise);
}

bool narrow_open(struct view *view, const void *arg, struct err *err)
{
	(void)err;
	narrow_take(list_state(view), arg);
	return true;
}

void narrow_say(struct view *view, struct canvas *canvas)
{
	const struct narrow *narrow = list_state(view);

	narrow_header(narrow->words, canvas, "");
}

bool narrow_is_said(const struct view *view)
{
	const struct narrow *narrow = list_state(view);

	return narrow->words[0] != '\0';
}
