/*
 * The login screen: e-mail and password, and one sentence for each reason why
 * they do not lead in. It also stands over the others when the server does not
 * let a running session come back (a password changed elsewhere, a disabled
 * account): what was typed below is kept.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/text.h>
#include <ui/form.h>
#include <ui/layout.h>
#include <view/dialog_view.h>
#include <view/views.h>

#include "app_private.h"
#include "last_user.h"

enum { BOX_WIDTH = 64, WORDS_LEAST = 3, WORDS_MOST = 7, QUESTION_LEAVE = 1 };

struct login {
	struct form *form;
	bool connecting;
	struct err err; /* why it did not lead in */
};

static const struct field_def login_fields[] = {
	{ .name = "email", .label = N_("E-mail"), .kind = FIELD_LINE, .required = true, .max = 63 },
	{ .name = "password",
	  .label = N_("Password"),
	  .kind = FIELD_SECRET,
	  .required = true,
	  .max = 1000 },
	{ .name = NULL },
};

static const char *const login_demo[][2] = {
	{ "ana@trato.example", N_("sales rep") },     { "luis@trato.example", N_("sales rep") },
	{ "berta@trato.example", N_("back office") }, { "bruno@trato.example", N_("back office") },
	{ "carmen@trato.example", N_("supervisor") }, { "marta@trato.example", N_("manager") },
};

enum { DEMO_COUNT = sizeof(login_demo) / sizeof(login_demo[0]) };

static bool login_is_demo(void)
{
	const char *demo = getenv("TRATO_DEMO");

	return demo != NULL && strcmp(demo, "1") == 0;
}

static bool login_open(struct view *view, const void *arg, struct err *err)
{
	struct login *login = view->state;
	struct app *app = view->app;
	char last[64] = "";
	const char *user = app->working ? app->session.email : app->user;

	(void)arg;
	(void)err;
	login->form = form_new(login_fields);
	view->typing = true;
	if (user == NULL && !app->restricted && last_user_read(last))
		user = last;
	if (user == NULL)
		user = getenv("USER_EMAIL");
	if (user != NULL && user[0] != '\0' && text_is_valid(user, strlen(user))) {
		form_set(login->form, "email", user);
		form_go(login->form, "password");
	}
	login->connecting = app->direct && !app->working && app->user != NULL;
	return true;
}

static void login_draw_demo(struct canvas *canvas, int row, int column)
{
	canvas_text(canvas, row, column, -1, STYLE_STRONG,
	            _("Demo accounts; the password of all is: demo"));
	for (int i = 0; i < DEMO_COUNT; i++) {
		canvas_text(canvas, row + 1 + i, column, 26, STYLE_NORMAL, login_demo[i][0]);
		canvas_text(canvas, row + 1 + i, column + 27, -1, STYLE_DIM, _(login_demo[i][1]));
	}
}

/* How many rows it takes to say why not: what a server says may be long. */
static int login_words(const struct login *login, struct canvas *canvas)
{
	int rows = text_wrap(canvas_arena(canvas), login->err.text, BOX_WIDTH - 4).count;

	return rows < WORDS_LEAST ? WORDS_LEAST : rows > WORDS_MOST ? WORDS_MOST : rows;
}

static void login_draw(struct view *view, struct canvas *canvas)
{
	struct login *login = view->state;
	struct rect all = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	int form_rows = form_height(login->form, BOX_WIDTH - 4);
	int demo_rows = login_is_demo() ? DEMO_COUNT + 2 : 0, words = login_words(login, canvas);
	struct rect box = layout_centre(all, form_rows + words + 3 + demo_rows, BOX_WIDTH);
	struct rect inside;

	canvas_box(canvas, box, view->app->working ? _("Please log in again") : "Trato");
	inside = (struct rect){ box.row + 1, box.column + 2, box.height - 2, box.width - 4 };
	form_draw(login->form, canvas_part(canvas, layout_cut_top(&inside, form_rows)));
	layout_cut_top(&inside, 1);
	if (login->connecting)
		canvas_text(canvas, inside.row, inside.column, inside.width, STYLE_DIM,
		            _("Connecting …"));
	else if (login->err.text[0] == '\0' && view->app->weakness != NULL)
		canvas_paragraph(canvas,
		                 (struct rect){ inside.row, inside.column, 3, inside.width }, 0,
		                 STYLE_WARNING, view->app->weakness);
	else
		canvas_paragraph(canvas,
		                 (struct rect){ inside.row, inside.column, words, inside.width }, 0,
		                 STYLE_ERROR, login->err.text);
	if (demo_rows > 0)
		login_draw_demo(canvas, box.row + box.height - demo_rows, inside.column);
}

static void login_submit(struct view *view)
{
	struct login *login = view->state;
	const char *email;

	if (login->connecting)
		return;
	email = form_value(login->form, "email");
	login->connecting = true;
	login->err.text[0] = '\0';
	link_login(view->app, email, form_value(login->form, "password"));
}

static void login_leave(struct view *view)
{
	struct login *login = view->state;

	if (login->connecting) {
		login->connecting = false;
		link_logout(view->app);
	} else if (view->app->working) {
		dialog_confirm(view, QUESTION_LEAVE, _("Leave Trato?"),
		               view->app->drafts != NULL
		                   ? _("What was typed and not saved is kept as a draft.")
		                   : _("What was typed and not saved is lost."),
		               _("Leave"));
	} else {
		app_quit(view->app);
	}
}

static bool login_key(struct view *view, const struct key_event *event)
{
	struct login *login = view->state;
	struct form_event what = form_key(login->form, event);

	if (what.outcome == FORM_SUBMIT)
		login_submit(view);
	else if (what.outcome == FORM_CANCEL)
		login_leave(view);
	return what.outcome != FORM_IGNORED;
}

static bool login_offers(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_LOG_IN;
}

/* Back leads nowhere but out, see login_leave. */
static const char *login_label(const struct view *view, enum command command)
{
	const struct login *login = view->state;

	return command == COMMAND_BACK && !login->connecting ? _("quit") : NULL;
}

static void login_returned(struct view *view, const struct view_ops *child, const void *result)
{
	if (dialog_chosen(child, result, QUESTION_LEAVE) == DIALOG_YES)
		app_quit(view->app);
}

/* The wall tries without a password first: nobody has typed a wrong one yet. */
static bool login_was_asked(const struct app *app, enum db_fault fault)
{
	return fault != DB_FAULT_PASSWORD || !app->wall || app->direct || app->password != NULL;
}

static void login_connection(struct view *view, enum db_state state, enum db_fault fault,
                             const char *text)
{
	struct login *login = view->state;

	if (state == DB_READY && login->connecting && !view->app->restricted)
		last_user_write(view->app->session.email);
	if (state != DB_DOWN || fault == DB_FAULT_NONE)
		return;
	login->connecting = false;
	if (!login_was_asked(view->app, fault)) {
		form_go(login->form, "password");
		return;
	}
	link_explain(fault, text, &login->err);
	if (fault == DB_FAULT_PASSWORD) {
		const char *email = form_value(login->form, "email");

		if (email != NULL && strchr(email, '@') == NULL)
			err_set(
			    &login->err, ERR_DENIED, "%s",
			    _("The e-mail or the password is not right. The e-mail is the whole "
			      "one, such as ana.ruiz@acme.example."));
		form_set(login->form, "password", NULL);
		form_go(login->form, "password");
	}
}

static void login_close(struct view *view)
{
	struct login *login = view->state;

	form_free(&login->form);
}

const struct view_ops view_login = {
	.name = "login",
	.title = N_("Log in"),
	.flags = VIEW_PRIVATE,
	.size = sizeof(struct login),
	.open = login_open,
	.draw = login_draw,
	.key = login_key,
	.offers = login_offers,
	.label = login_label,
	.returned = login_returned,
	.connection = login_connection,
	.close = login_close,
};
