/*
 * The box that saves what a list shows: under a name, on a number key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <view/form_view.h>

#include "list_own.h"

struct filter_form {
	bool taken[LIST_NUMBERS + 1];
	struct list_save_result result;
};

static const struct field_def filter_fields[] = {
	{ .name = "name",
	  .label = N_("Name"),
	  .kind = FIELD_LINE,
	  .max = 40,
	  .hint = N_("empty: the key becomes free") },
	{ .name = "number", .label = N_("Key"), .kind = FIELD_CHOICE, .required = true, .width = 50 },
	{ .name = NULL },
};

static const struct rows *numbers_as_rows(struct arena *arena, const struct list_save_arg *what)
{
	static const char *const names[] = { "id", "label" };
	struct rows *rows = arena_alloc(arena, sizeof(*rows));

	*rows = (struct rows){ .columns = 2, .names = names };
	rows->cells = arena_alloc(arena, sizeof(char *) * 2 * LIST_NUMBERS);
	for (int i = what->first; i <= LIST_NUMBERS; i++) {
		const char **cells = rows->cells + (size_t)2 * (size_t)rows->count++;
		const char *name = what->numbers[i].name;

		cells[0] = arena_printf(arena, "%d", i);
		cells[1] = name != NULL ? arena_printf(arena, _("%d: instead of “%s”"), i, name)
		                        : arena_printf(arena, _("%d: free"), i);
	}
	return rows;
}

static bool filter_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct list_save_arg *what = arg;
	struct filter_form *state = form_view_state(view);
	struct arena *arena = arena_new();
	char number[12];

	(void)err;
	form_set_choices(form, "number", numbers_as_rows(arena, what));
	snprintf(number, sizeof(number), "%d", what->number);
	form_set(form, "number", number);
	if (what->numbers[what->number].name != NULL)
		form_set(form, "name", what->numbers[what->number].name);
	for (int i = 1; i <= LIST_NUMBERS; i++)
		state->taken[i] = what->numbers[i].name != NULL;
	form_view_explain(view, arena_printf(arena, _("Saved is what the list shows: %s"), what->shown));
	arena_free(&arena);
	return true;
}

static struct batch *filter_save(struct view *view, struct form *form, const char *request_id)
{
	struct filter_form *state = form_view_state(view);

	(void)request_id;
	state->result.number = atoi(form_value(form, "number"));
	state->result.name = form_value(form, "name");
	if (state->result.name == NULL && !state->taken[state->result.number])
		form_fail(form, "name", _("Give it a name."));
	else
		view_finish(view, &state->result);
	return NULL;
}

static const struct form_spec filter_spec = {
	.fields = filter_fields,
	.size = sizeof(struct filter_form),
	.open = filter_open,
	.save = filter_save,
};

const struct view_ops view_save_filter = {
	.name = "form",
	.title = N_("Save the filter"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(filter_spec),
};
