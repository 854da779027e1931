/*
 * What a person sets for himself: language, theme, mouse, bell, quiet hours, and
 * the way to a new password. It holds at once, and at the next login from this account.
 */
#include <string.h>

#include <base/i18n.h>
#include <view/form_view.h>
#include <view/views.h>

#include "app_private.h"

static const struct field_choice me_languages[] = {
	{ "auto", N_("as the terminal says") },
	{ "es", "español" },
	{ "en", "English" },
	{ NULL, NULL },
};

static const struct field_choice me_themes[] = {
	{ "dark", N_("for a dark terminal") },
	{ "light", N_("for a light terminal") },
	{ "contrast", N_("high contrast") },
	{ NULL, NULL },
};

static const struct field_def me_fields[] = {
	{ .name = "language",
	  .label = N_("Language"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = me_languages,
	  .width = 30 },
	{ .name = "theme",
	  .label = N_("Colours"),
	  .kind = FIELD_CHOICE,
	  .required = true,
	  .choices = me_themes,
	  .width = 30 },
	{ .name = "mouse", .label = N_("Mouse"), .kind = FIELD_FLAG },
	{ .name = "bell", .label = N_("Bell"), .kind = FIELD_FLAG },
	{ .name = "quiet", .label = N_("Quiet hours"), .kind = FIELD_LINE, .width = 12, .max = 20 },
	{ .name = NULL },
};

static bool me_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	const struct look *look = &view->app->look;
	struct arena *arena = arena_new();
	char quiet[12];

	(void)arg;
	(void)err;
	form_set(form, "language", look->language);
	form_set(form, "theme", look->theme);
	form_set(form, "mouse", look->mouse ? "t" : "f");
	form_set(form, "bell", look->bell ? "t" : "f");
	hours_format(look->quiet, quiet);
	form_set(form, "quiet", quiet);
	form_view_explain(view, arena_printf(arena,
	                                     _("%s. What is set here holds for you alone, whenever "
	                                       "you log in from this account."),
	                                     view->app->session.email));
	arena_free(&arena);
	return true;
}

static const char *me_choice(const struct field_choice *choices, const char *value)
{
	while (choices->value != NULL && strcmp(choices->value, value) != 0)
		choices++;
	return choices->value;
}

static struct batch *me_save(struct view *view, struct form *form, const char *request_id)
{
	struct look look = {
		me_choice(me_languages, form_value(form, "language")),
		me_choice(me_themes, form_value(form, "theme")),
		strcmp(form_value(form, "mouse"), "t") == 0,
		strcmp(form_value(form, "bell"), "t") == 0,
		{ 0, 0 },
	};
	const char *quiet = form_value(form, "quiet");
	struct err err = { 0 };

	(void)request_id;
	if (quiet != NULL && !hours_parse(quiet, &look.quiet, &err)) {
		form_fail(form, "quiet", err.text);
		return NULL;
	}
	if (look_set(view->app, &look)) {
		view_say(view, SAY_GOOD, "%s", _("It is set, and will be at the next login."));
		view_close(view);
	} else {
		form_fail(form, NULL,
		          _("It could not be saved: the folder of this account cannot be written."));
	}
	return NULL;
}

static bool me_offers(const struct view *view, enum command command)
{
	return command == COMMAND_CHANGE_PASSWORD || form_view_offers(view, command);
}

static const struct form_spec me_spec = {
	.fields = me_fields,
	.open = me_open,
	.save = me_save,
};

const struct view_ops view_me = {
	.name = "form",
	.title = N_("Me"),
	.flags = VIEW_OVERLAY,
	.spec = &me_spec,
	.open = form_view_open,
	.draw = form_view_draw,
	.act = form_view_act,
	.key = form_view_key,
	.answer = form_view_answer,
	.offers = me_offers,
	.returned = form_view_returned,
	.may_close = form_view_may_close,
	.connection = form_view_connection,
	.close = form_view_close,
};
