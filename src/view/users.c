/*
 * Who has a login: a list for managers, where somebody is shut out and let in
 * again. The boxes for one person stand in user_forms.c.
 */
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <base/uuid.h>
#include <model/person.h>
#include <view/dialog_view.h>
#include <view/list_view.h>
#include <view/views.h>

enum { QUESTION_DISABLE };
enum { PURPOSE_DISABLE, PURPOSE_END_SESSIONS, PURPOSE_ENABLE };

/* Whom it is done to. */
struct users {
	char email[64];
	char name[200];
};

static void users_roles(struct table_cell *cell)
{
	cell->text = person_roles_words(cell->arena, cell->text);
}

static void users_state(struct table_cell *cell)
{
	if (!rows_bool(cell->rows, cell->row, "active")) {
		cell->text = _("disabled");
		cell->style = STYLE_WARNING;
	} else {
		cell->text = rows_bool(cell->rows, cell->row, "must_change_password")
		               ? _("first password")
		               : "";
		cell->style = STYLE_DIM;
	}
}

static const struct table_column users_columns[] = {
	{ "name", N_("Name"), ALIGN_LEFT, 18, 30, 1, 0, NULL },
	{ "email", N_("E-mail"), ALIGN_LEFT, 22, 40, 1, 0, NULL },
	{ "roles", N_("Role"), ALIGN_LEFT, 18, 26, 0, 0, users_roles },
	{ "active", "", ALIGN_LEFT, 14, 16, 0, 0, users_state },
	{ 0 },
};

static const struct list_filter users_filters[] = {
	{ "all", N_("all"), 0, 0 },
	{ "active", N_("who may log in"), 0, 0 },
	{ "disabled", N_("who is disabled"), 0, 0 },
	{ 0 },
};

static struct batch *users_page(struct view *view, const struct table_want *want)
{
	return person_page(list_forward(want), list_edge(want, "folded"), list_edge(want, "key"),
	                   list_limit(want), list_search(view), list_filter(view));
}

static void users_send(struct view *view, int purpose)
{
	const struct users *users = list_state(view);
	char request_id[37];

	if (view_is_asking(view, purpose))
		return;
	uuid_make(request_id);
	view_ask(view, purpose,
	         purpose == PURPOSE_DISABLE  ? person_disable(request_id, users->email)
	         : purpose == PURPOSE_ENABLE ? person_enable(request_id, users->email)
	                                     : person_end_sessions(users->email));
}

static void users_mean(struct view *view)
{
	struct users *users = list_state(view);

	snprintf(users->email, sizeof(users->email), "%s", list_text(view, "email"));
	snprintf(users->name, sizeof(users->name), "%s", list_text(view, "name"));
}

static void users_ask_disable(struct view *view)
{
	const struct users *users = list_state(view);
	struct arena *arena = arena_new();

	dialog_confirm(view, QUESTION_DISABLE, _("Disable this user?"),
	               arena_printf(arena,
	                            _("%s may not log in any more, and open sessions end at once. "
	                              "Actions, offers and communications stay as they are; "
	                              "somebody else may need to own the actions."),
	                            users->name),
	               _("Disable"));
	arena_free(&arena);
}

static enum command users_act(struct view *view, enum command command)
{
	int64_t id = list_key(view);

	switch (command) {
	case COMMAND_NEW_USER: view_push(view->app, &view_new_user, NULL); return COMMAND_NONE;
	case COMMAND_RESET_PASSWORD:
		view_push(view->app, &view_user_password, &id);
		return COMMAND_NONE;
	case COMMAND_DISABLE_USER:
		users_mean(view);
		users_ask_disable(view);
		return COMMAND_NONE;
	case COMMAND_ENABLE_USER:
		users_mean(view);
		users_send(view, PURPOSE_ENABLE);
		return COMMAND_NONE;
	default: return command;
	}
}

static bool users_offers(const struct view *view, enum command command)
{
	int row;
	const struct rows *rows = table_current(list_table(view), &row);
	bool active = rows != NULL && rows_bool(rows, row, "active");

	if (command == COMMAND_DISABLE_USER || command == COMMAND_ENABLE_USER)
		return rows != NULL && active == (command == COMMAND_DISABLE_USER);
	return command_in_section(command, "users");
}

static void users_answer(struct view *view, struct answer *answer)
{
	const struct users *users = list_state(view);

	if (!view_check(view, answer))
		return;
	switch (answer->purpose) {
	case PURPOSE_DISABLE: users_send(view, PURPOSE_END_SESSIONS); break;
	case PURPOSE_END_SESSIONS:
		view_say(view, SAY_GOOD, _("%s may not log in any more. Sessions ended: %s"),
		         users->name, rows_text(answer->results[0], 0, "ended"));
		break;
	default: view_say(view, SAY_GOOD, _("%s may log in again."), users->name); break;
	}
}

static void users_returned(struct view *view, const struct view_ops *child, const void *result)
{
	if (dialog_chosen(child, result, QUESTION_DISABLE) == DIALOG_YES)
		users_send(view, PURPOSE_DISABLE);
}

static const struct list_spec users_spec = {
	.columns = users_columns,
	.page = users_page,
	.filters = users_filters,
	.searchable = true,
	.empty = N_("Nobody here. The key n enters somebody, f shows the others."),
	.opens = &view_user,
	.size = sizeof(struct users),
	.act = users_act,
	.offers = users_offers,
	.answer = users_answer,
	.returned = users_returned,
};

const struct view_ops view_users = {
	.name = "users",
	.title = N_("Users"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(users_spec),
};
