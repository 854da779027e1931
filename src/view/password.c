/*
 * A new password: at the first login there is no way round it, later by
 * command. Only a verifier leaves this program.
 */
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <view/form_view.h>
#include <view/views.h>

#include "app_private.h"

static const struct field_def password_fields[] = {
	{ .name = "password",
	  .label = N_("New password"),
	  .kind = FIELD_SECRET,
	  .required = true,
	  .max = 1000,
	  .hint = N_("at least 10 characters") },
	{ .name = "again",
	  .label = N_("Once more"),
	  .kind = FIELD_SECRET,
	  .required = true,
	  .max = 1000 },
	{ .name = NULL },
};

/* The first thing after the first login, not a dialog over a screen. */
static bool password_is_forced(const struct view *view)
{
	return !view->app->working;
}

static void password_header(struct view *view, struct canvas *canvas)
{
	struct rect inside = { 0, 1, canvas_height(canvas), canvas_width(canvas) - 2 };

	canvas_paragraph(canvas, inside, 0, STYLE_NORMAL,
	                 password_is_forced(view)
	                     ? _("Welcome. Please choose a password of your own before you begin: "
	                         "three or four words that nobody else would put together "
	                         "are easy to keep and hard to guess.")
	                     : _("The new password is needed from the next login on."));
}

static struct batch *password_save(struct view *view, struct form *form, const char *request_id)
{
	const char *typed = form_text(form, "password");
	struct err err = { 0 };
	struct batch *batch = NULL;
	char *password = mem_copy(typed);
	char *verifier = NULL;

	if (!session_check_password(password, form_text(form, "again"), view->app->password,
	                            &err) ||
	    (verifier = db_password_verifier(view->app->session.email, password, &err)) == NULL)
		form_fail(form, err.field, err.text);
	else
		batch = session_change_password(request_id, verifier);
	mem_erase(password, strlen(password));
	free(password);
	free(verifier);
	return batch;
}

static void password_saved(struct view *view, struct form *form, struct answer *answer)
{
	struct app *app = view->app;
	bool forced = password_is_forced(view);

	(void)answer;
	db_set_password(app->db, form_text(form, "password"));
	app->session.must_change_password = false;
	if (forced)
		link_go_home(app);
	else
		view_close(view);
}

static enum command password_act(struct view *view, struct form *form, enum command command)
{
	(void)form;
	if (!password_is_forced(view) || (command != COMMAND_BACK && command != COMMAND_QUIT))
		return command;
	app_quit(view->app);
	return COMMAND_NONE;
}

static const char *password_label(const struct view *view, enum command command)
{
	return command == COMMAND_BACK && password_is_forced(view) ? _("quit") : NULL;
}

static const struct form_spec password_spec = {
	.fields = password_fields,
	.save = password_save,
	.saved = password_saved,
	.act = password_act,
	.header = password_header,
	.header_rows = 3,
	.done = N_("The password is changed."),
};

const struct view_ops view_password = {
	.name = "form",
	.title = N_("New password"),
	.flags = VIEW_PRIVATE,
	.label = password_label,
	FORM_VIEW(password_spec),
};
