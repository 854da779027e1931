/*
 * The boxes for one person with a login: a new one, another role, another first
 * password. Only a verifier of a password leaves this program.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <model/person.h>
#include <model/session.h>
#include <view/form_view.h>
#include <view/views.h>

/* Manager may stand beside another role. */
static const struct field_choice user_roles[] = {
	{ "{rep}", N_("sales rep") },
	{ "{backoffice}", N_("back office") },
	{ "{supervisor}", N_("supervisor") },
	{ "{manager}", N_("manager") },
	{ "{rep,manager}", N_("sales rep and manager") },
	{ "{backoffice,manager}", N_("back office and manager") },
	{ "{supervisor,manager}", N_("supervisor and manager") },
	{ 0 },
};

#define ROLE_FIELD                       \
	{ .name = "roles",               \
	  .label = N_("Role"),           \
	  .kind = FIELD_CHOICE,          \
	  .required = true,              \
	  .choices = user_roles,         \
	  .width = 30 }
#define PASSWORD_FIELDS                                    \
	{ .name = "password",                              \
	  .label = N_("First password"),                   \
	  .kind = FIELD_SECRET,                            \
	  .required = true,                                \
	  .max = 1000,                                     \
	  .hint = N_("at least 10 characters") },          \
	{                                                  \
		.name = "again", .label = N_("Once more"), \
		.kind = FIELD_SECRET, .required = true,    \
		.max = 1000                                \
	}

/* NULL: something is wrong with it, and the form says what. */
static char *user_verifier(struct form *form, const char *email)
{
	char *password = mem_copy(form_text(form, "password"));
	struct err err = { 0 };
	char *verifier = NULL;

	if (!session_check_password(password, form_text(form, "again"), NULL, &err) ||
	    (verifier = db_password_verifier(email, password, &err)) == NULL)
		form_fail(form, err.field, err.text);
	mem_erase(password, strlen(password));
	free(password);
	return verifier;
}

/* ---- a new one ---- */

static const struct field_def new_user_fields[] = {
	{ .name = "name",
	  .label = N_("Name"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 100,
	  .width = 40 },
	{ .name = "email",
	  .label = N_("E-mail"),
	  .kind = FIELD_LINE,
	  .required = true,
	  .max = 63,
	  .width = 40 },
	ROLE_FIELD,
	PASSWORD_FIELDS,
	{ .name = NULL },
};

static const char *new_user_text(struct view *view)
{
	(void)view;
	return _(
	    "The e-mail is the login. The first password has to be changed at the first login.");
}

static struct batch *new_user_write(struct view *view, struct form *form, const char *request_id)
{
	const char *email = form_value(form, "email");
	char *verifier = user_verifier(form, email);
	struct batch *batch = NULL;

	(void)view;
	if (verifier != NULL)
		batch = person_create(request_id, email, form_value(form, "name"),
		                      form_value(form, "roles"), verifier);
	free(verifier);
	return batch;
}

static const struct form_spec new_user_spec = {
	.fields = new_user_fields,
	.save = new_user_write,
	.text = new_user_text,
	.done = N_("The login is there: tell the person the e-mail and the first password."),
};

const struct view_ops view_new_user = {
	.name = "form",
	.title = N_("New user"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(new_user_spec),
};

/* ---- one that is there ---- */

struct user_form {
	char id[24];
	char version[24];
	char email[64];
};

static bool user_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct user_form *user = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(user->id, sizeof(user->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static struct batch *user_load(struct view *view)
{
	struct user_form *user = form_view_state(view);

	return person_read(user->id);
}

static void user_take(struct view *view, const struct rows *rows)
{
	struct user_form *user = form_view_state(view);

	snprintf(user->version, sizeof(user->version), "%s", rows_text(rows, 0, "version"));
	snprintf(user->email, sizeof(user->email), "%s", rows_text(rows, 0, "email"));
}

/* ---- another role ---- */

static const struct field_def user_fields[] = {
	ROLE_FIELD,
	{ .name = NULL },
};

static void user_loaded(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *rows = answer->results[0];
	const char *roles = rows_text(rows, 0, "roles");
	struct arena *arena = arena_new();

	user_take(view, rows);
	form_view_explain(view, arena_printf(arena, "%s, %s", rows_text(rows, 0, "name"),
	                                     rows_text(rows, 0, "email")));
	/* The other role stands first in the choices. */
	if (strncmp(roles, "manager,", strlen("manager,")) == 0)
		roles = arena_printf(arena, "%s,manager", roles + strlen("manager,"));
	form_set(form, "roles", arena_printf(arena, "{%s}", roles));
	arena_free(&arena);
}

static struct batch *user_write(struct view *view, struct form *form, const char *request_id)
{
	struct user_form *user = form_view_state(view);

	return person_set_roles(request_id, user->email, form_value(form, "roles"), user->version);
}

static const struct form_spec user_spec = {
	.fields = user_fields,
	.size = sizeof(struct user_form),
	.open = user_open,
	.load = user_load,
	.loaded = user_loaded,
	.save = user_write,
	.done = N_("Saved. A session that is open offers the old commands until the next login."),
};

const struct view_ops view_user = {
	.name = "form",
	.title = N_("User"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(user_spec),
};

/* ---- another first password ---- */

static const struct field_def user_password_fields[] = {
	PASSWORD_FIELDS,
	{ .name = NULL },
};

static void user_password_loaded(struct view *view, struct form *form, struct answer *answer)
{
	const struct rows *rows = answer->results[0];
	struct arena *arena = arena_new();

	(void)form;
	user_take(view, rows);
	form_view_explain(view, arena_printf(arena,
	                                     _("For %s, who has to change it at the next "
	                                       "login."),
	                                     rows_text(rows, 0, "name")));
	arena_free(&arena);
}

static struct batch *user_password_write(struct view *view, struct form *form,
                                         const char *request_id)
{
	struct user_form *user = form_view_state(view);
	char *verifier = user_verifier(form, user->email);
	struct batch *batch = NULL;

	if (verifier != NULL)
		batch = person_reset_password(request_id, user->email, verifier);
	free(verifier);
	return batch;
}

static const struct form_spec user_password_spec = {
	.fields = user_password_fields,
	.size = sizeof(struct user_form),
	.open = user_open,
	.load = user_load,
	.loaded = user_password_loaded,
	.save = user_password_write,
	.done = N_("The password is set: tell the person."),
};

const struct view_ops view_user_password = {
	.name = "form",
	.title = N_("First password"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(user_password_spec),
};
