/*
 * Which rows a list shows: its own filters, and those that a person has saved
 * under a name, what was typed to search included. The number keys choose among
 * both; the saved ones are found again at the next login.
 */
#include "list_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/text.h>
#include <view/dialog_view.h>

#include "own.h"

/* The ids of the box's buttons: the filters from 1 on, then the saved ones, then the rest. */
enum { CHOSEN_SAVED = 100, CHOSEN_SAVE = 200 };

const char *list_filter(struct view *view)
{
	struct list *list = view->state;
	const struct list_filter *filters = list_spec_of(view)->filters;

	return filters != NULL ? filters[list->filter].name : NULL;
}

static bool filter_is_mine(const struct view *view, const struct list_filter *filter)
{
	return filter->roles == 0 || (filter->roles & view_session(view)->roles) != 0;
}

/* The filter of that name, if it is one of the person's; -1 else. */
static int find_filter(const struct view *view, const char *name)
{
	const struct list_filter *filters = list_spec_of(view)->filters;

	for (int i = 0; filters != NULL && filters[i].name != NULL; i++)
		if (filter_is_mine(view, &filters[i]) && strcmp(filters[i].name, name) == 0)
			return i;
	return -1;
}

/* Number keys that the built-in filters have. */
static int built_in(const struct view *view)
{
	const struct list_filter *filters = list_spec_of(view)->filters;
	int count = 0;

	for (int i = 0; filters != NULL && filters[i].name != NULL; i++)
		count += filters[i].letter == 0 && filter_is_mine(view, &filters[i]);
	return count < LIST_NUMBERS ? count : LIST_NUMBERS;
}

bool list_has_filters(const struct view *view)
{
	return list_spec_of(view)->filters != NULL || list_spec_of(view)->searchable;
}

/* ---- the saved ones ---- */

/* "filter actions 4" */
static void own_name(const struct view *view, int number, char out[64])
{
	snprintf(out, 64, "filter %.40s %d", view->ops->name, number);
}

static const char *take_field(struct arena *arena, const char **at)
{
	size_t length = strcspn(*at, "\t");
	const char *field = arena_copy_n(arena, *at, length);

	*at += length + ((*at)[length] == '\t');
	return text_clean(arena, field, TEXT_ONE_LINE);
}

static void read_saved(struct view *view)
{
	struct list *list = view->state;

	arena_free(&list->saved_arena);
	list->saved_arena = arena_new();
	memset(list->numbers, 0, sizeof(list->numbers));
	for (int number = built_in(view) + 1; number <= LIST_NUMBERS; number++) {
		struct list_saved *saved = &list->numbers[number];
		char name[64];
		const char *value;

		own_name(view, number, name);
		value = own_get(view->app, list->saved_arena, name);
		if (value == NULL)
			continue;
		saved->filter = take_field(list->saved_arena, &value);
		saved->search = take_field(list->saved_arena, &value);
		saved->name = take_field(list->saved_arena, &value);
		saved->order = take_field(list->saved_arena, &value);
		/* Of a role that he had once. */
		if (saved->name[0] == '\0' || (list_spec_of(view)->filters != NULL &&
		                               find_filter(view, saved->filter) < 0))
			saved->name = NULL;
	}
}

static void save(struct view *view, const struct list_save_result *what)
{
	struct list *list = view->state;
	const char *filter = list_filter(view), *search = list_search(view);
	const char *order = list_order(view);
	char name[64];
	struct buf value = { 0 };
	bool done;

	own_name(view, what->number, name);
	if (what->name != NULL)
		buf_printf(&value, "%s\t%s\t%s\t%s%s", filter != NULL ? filter : "",
		           search != NULL ? search : "", what->name,
		           list_is_reversed(view) ? "-" : "", order != NULL ? order : "");
	done = own_set(view->app, name, what->name != NULL ? value.text : NULL);
	buf_free(&value);
	if (!done)
		view_say(view, SAY_ERROR, "%s",
		         _("It could not be saved: the folder of this account cannot be written."));
	else if (what->name == NULL)
		view_say(view, SAY_GOOD, _("The key %d is free again."), what->number);
	else
		view_say(view, SAY_GOOD, _("Saved: the key %d shows it."), what->number);
	read_saved(view);
	list->saved = done && what->name != NULL ? what->number : 0;
}

/* ---- choosing ---- */

/* Where the list begins. */
static int first_filter(const struct view *view)
{
	const struct list_filter *filters = list_spec_of(view)->filters;
	int first = 0;

	while (filters != NULL && filters[first + 1].name != NULL &&
	       !filter_is_mine(view, &filters[first]))
		first++;
	return first;
}

void list_filters_open(struct view *view)
{
	struct list *list = view->state;

	list->filter = first_filter(view);
	read_saved(view);
}

void list_filters_close(struct list *list)
{
	arena_free(&list->saved_arena);
}

static void use_filter(struct view *view, int filter)
{
	struct list *list = view->state;

	/* What was searched for by a saved one goes with it. */
	if (list->saved != 0)
		field_set(list->search, NULL);
	list->saved = 0;
	list->filter = filter;
	list_restart(view);
}

static void use_saved(struct view *view, int number)
{
	struct list *list = view->state;
	const struct list_saved *saved = &list->numbers[number];

	if (saved->name == NULL)
		return;
	if (list_spec_of(view)->filters != NULL)
		list->filter = find_filter(view, saved->filter);
	field_set(list->search, saved->search[0] != '\0' ? saved->search : NULL);
	list_order_take(view, saved->order);
	list->saved = number;
	list_restart(view);
}

void list_show(struct view *view, int64_t key)
{
	struct list *list = view->state;

	list_made(view, key);
	if (list->filter != first_filter(view) || list_search(view) != NULL) {
		field_set(list->search, NULL);
		use_filter(view, first_filter(view));
	} else if (!table_go(list->table, list->made) && !view->unread) {
		list_view_refresh(view);
	}
}

void list_set_filter(struct view *view, const char *name)
{
	int filter = find_filter(view, name);

	if (filter >= 0)
		use_filter(view, filter);
}

/* The nth of those that are the person's and have a number key, from 1; -1 for none. */
static int nth_filter(const struct view *view, int n)
{
	const struct list_filter *filters = list_spec_of(view)->filters;

	for (int i = 0; filters != NULL && filters[i].name != NULL; i++)
		if (filters[i].letter == 0 && filter_is_mine(view, &filters[i]) && --n == 0)
			return i;
	return -1;
}

bool list_number_key(struct view *view, const struct key_event *event)
{
	struct list *list = view->state;
	int number = (int)(event->code - '0');

	if (event->code < '1' || event->code > '9' ||
	    keymap_command(view_keymap(view), view->ops->name, event->code) != COMMAND_NONE)
		return false;
	if (number <= built_in(view))
		use_filter(view, nth_filter(view, number));
	else if (list->numbers[number].name == NULL)
		return false;
	else
		use_saved(view, number);
	return true;
}

/* "mine, open · «acme»" */
static const char *words_of(const struct view *view, struct arena *arena, const char *filter,
                            const char *search)
{
	const struct list_filter *filters = list_spec_of(view)->filters;
	int found = find_filter(view, filter);
	const char *words = found >= 0 ? _(filters[found].label) : "";

	if (search[0] == '\0')
		return words[0] != '\0' ? words : _("all");
	return arena_printf(arena, "%s%s“%s”", words, words[0] != '\0' ? " · " : "", search);
}

static void choose(struct view *view)
{
	struct list *list = view->state;
	const struct list_filter *filters = list_spec_of(view)->filters;
	struct dialog_button buttons[DIALOG_BUTTONS_MAX + 1] = { 0 };
	struct arena *arena = arena_new();
	int count = 0;

	for (int i = 1; count < DIALOG_BUTTONS_MAX - LIST_NUMBERS - 1 && nth_filter(view, i) >= 0; i++)
		buttons[count++] = (struct dialog_button){
			nth_filter(view, i) + 1, i <= LIST_NUMBERS ? (key_code)('0' + i) : 0,
			filters[nth_filter(view, i)].label
		};
	for (int i = 0; filters != NULL && filters[i].name != NULL; i++)
		if (filters[i].letter != 0 && count < DIALOG_BUTTONS_MAX - LIST_NUMBERS - 1 &&
		    filter_is_mine(view, &filters[i]))
			buttons[count++] = (struct dialog_button){ i + 1, (key_code)filters[i].letter,
				                                   filters[i].label };
	for (int number = 1; number <= LIST_NUMBERS; number++) {
		const struct list_saved *saved = &list->numbers[number];

		if (saved->name != NULL)
			buttons[count++] = (struct dialog_button){
				CHOSEN_SAVED + number, (key_code)('0' + number),
				arena_printf(arena, "%s (%s)", saved->name,
				             words_of(view, arena, saved->filter, saved->search))
			};
	}
	buttons[count++] =
	    (struct dialog_button){ CHOSEN_SAVE, 's', N_("Save what is shown, or remove a saved one") };
	dialog_ask(view, LIST_FILTER, _("Show"), "", buttons);
	arena_free(&arena);
}

static void ask_save(struct view *view)
{
	struct list *list = view->state;
	const char *filter = list_filter(view), *search = list_search(view);
	struct list_save_arg arg = { .first = built_in(view) + 1, .numbers = list->numbers };
	struct arena *arena;

	if (arg.first > LIST_NUMBERS) {
		view_say(view, SAY_INFO, "%s", _("All number keys of this list are taken."));
		return;
	}
	arena = arena_new();
	arg.number = list->saved;
	for (int i = arg.first; i <= LIST_NUMBERS && arg.number == 0; i++)
		if (list->numbers[i].name == NULL)
			arg.number = i;
	if (arg.number == 0)
		arg.number = arg.first;
	arg.shown = words_of(view, arena, filter != NULL ? filter : "",
	                     search != NULL ? search : "");
	view_push(view->app, &view_save_filter, &arg);
	arena_free(&arena);
}

enum command list_filters_act(struct view *view, enum command command)
{
	if (!list_has_filters(view))
		return command;
	switch (command) {
	case COMMAND_FILTER: choose(view); return COMMAND_NONE;
	case COMMAND_SAVE_FILTER: ask_save(view); return COMMAND_NONE;
	default: return command;
	}
}

bool list_filters_returned(struct view *view, const struct view_ops *child, const void *result)
{
	int chosen = dialog_chosen(child, result, LIST_FILTER);

	if (child == &view_save_filter && result != NULL)
		save(view, result);
	else if (chosen == CHOSEN_SAVE)
		ask_save(view);
	else if (chosen > CHOSEN_SAVED)
		use_saved(view, chosen - CHOSEN_SAVED);
	else if (chosen > 0)
		use_filter(view, chosen - 1);
	else
		return false;
	return true;
}

/* "mine, open · 3 marked" */
const char *list_view_subtitle(struct view *view)
{
	struct list *list = view->state;
	const struct list_filter *filters = list_spec_of(view)->filters;
	int marked = list_marked(view);
	struct buf text = { 0 };

	if (list->saved != 0)
		buf_add(&text, list->numbers[list->saved].name);
	else if (filters != NULL)
		buf_add(&text, _(filters[list->filter].label));
	if (marked > 0)
		buf_printf(&text, "%s%d %s", text.length > 0 ? " · " : "", marked, _("marked"));
	free(list->subtitle);
	list->subtitle = text.text;
	return list->subtitle;
}
