/*
 * By which column a list is sorted, where the database can do that: chosen from a
 * box, turned round with a key.
 */
#include "list_own.h"

#include <string.h>

#include <base/i18n.h>
#include <view/dialog_view.h>

enum { OWN_ORDER = 100, BUTTONS_MAX = 18 };

static const char *const *list_orders(struct view *view)
{
	const struct list_spec *spec = list_spec_of(view);

	return spec->orders != NULL ? spec->orders(view) : NULL;
}

const char *list_order(struct view *view)
{
	struct list *list = view->state;
	const char *const *orders = list_orders(view);

	for (int i = 0; list->order != NULL && orders != NULL && orders[i] != NULL; i++)
		if (strcmp(orders[i], list->order) == 0)
			return orders[i];
	return NULL;
}

bool list_is_reversed(const struct view *view)
{
	struct list *list = view->state;

	return list->reversed;
}

void list_flip(struct view *view, bool yes)
{
	struct list *list = view->state;

	list->flip = yes;
}

const struct rows *list_in_order(const struct list *list, struct answer *answer)
{
	const struct rows *rows = answer->results[0];
	size_t columns = (size_t)rows->columns;
	struct rows *turned;

	if (!list->flip)
		return rows;
	turned = arena_alloc(answer->arena, sizeof(*turned));
	*turned = *rows;
	turned->cells =
	    arena_alloc(answer->arena, (size_t)rows->count * columns * sizeof(*rows->cells) + 1);
	for (int i = 0; i < rows->count; i++)
		memcpy(turned->cells + (size_t)(rows->count - 1 - i) * columns,
		       rows->cells + (size_t)i * columns, columns * sizeof(*rows->cells));
	return turned;
}

void list_order_take(struct view *view, const char *order)
{
	struct list *list = view->state;
	const char *const *orders = list_orders(view);

	list->reversed = order[0] == '-';
	list->order = NULL;
	for (int i = 0; orders != NULL && orders[i] != NULL; i++)
		if (strcmp(orders[i], order + list->reversed) == 0)
			list->order = orders[i];
}

static const char *order_heading(const struct view *view, const char *column)
{
	const struct table_column *columns = list_spec_of(view)->columns;

	while (columns->name != NULL && strcmp(columns->name, column) != 0)
		columns++;
	return columns->name != NULL ? columns->heading : column;
}

/* The sorted column once more means the other direction. */
static void use_order(struct view *view, const char *column)
{
	struct list *list = view->state;

	list->reversed = column != NULL && list->order != NULL &&
	                 strcmp(list->order, column) == 0 && !list->reversed;
	list->order = column;
	list->saved = 0;
	list_restart(view);
}

void list_order_click(struct view *view, const char *column)
{
	const char *const *orders = list_orders(view);

	for (int i = 0; orders != NULL && orders[i] != NULL; i++)
		if (strcmp(orders[i], column) == 0)
			use_order(view, orders[i]);
}

static void choose_order(struct view *view, const char *const *orders)
{
	struct dialog_button buttons[BUTTONS_MAX + 1] = { 0 };
	int count = 0;

	buttons[count++] = (struct dialog_button){ OWN_ORDER, '0', N_("as usual") };
	for (int i = 0; orders[i] != NULL && count < BUTTONS_MAX; i++)
		buttons[count++] = (struct dialog_button){ i + 1, i < 9 ? (key_code)('1' + i) : 0,
			                                   order_heading(view, orders[i]) };
	dialog_ask(view, LIST_ORDER, _("Sort by"),
	           _("The same column once more turns the order round."), buttons);
}

enum command list_order_act(struct view *view, enum command command)
{
	const char *const *orders = list_orders(view);
	const char *order = list_order(view);

	if (command != COMMAND_SORT && command != COMMAND_REVERSE)
		return command;
	if (orders == NULL)
		view_say(view, SAY_INFO, "%s", _("This list cannot be sorted in another way."));
	else if (command == COMMAND_REVERSE && order != NULL)
		use_order(view, order);
	else
		choose_order(view, orders);
	return COMMAND_NONE;
}

bool list_order_returned(struct view *view, const struct view_ops *child, const void *result)
{
	int chosen = dialog_chosen(child, result, LIST_ORDER);

	if (chosen == 0)
		return false;
	use_order(view, chosen == OWN_ORDER ? NULL : list_orders(view)[chosen - 1]);
	return true;
}
