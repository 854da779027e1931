/*
 * Language, theme, mouse, bell and quiet hours: those of trato.conf, and over them what a
 * person has set for himself.
 */
#include <string.h>

#include "app_private.h"
#include "own.h"

/* before: what holds now. */
static void look_apply(struct app *app, const struct look *before)
{
	if (strcmp(app->look.language, before->language) != 0) {
		i18n_init(app->look.language);
		news_reword(app);
		stack_make_stale(app, WATCH_DATA); /* some of it comes in the language */
	}
	if (app->terminal != NULL && (strcmp(app->look.theme, before->theme) != 0 ||
	                              app->look.mouse != before->mouse))
		terminal_set_look(app->terminal, app->look.theme, app->look.mouse);
}

void look_begin(struct app *app)
{
	app->look = (struct look){ app->conf->language, app->conf->theme, app->conf->mouse,
		                   app->conf->bell, app->conf->quiet_hours };
}

/* One of those that trato.conf may say; else as it says. */
static const char *look_choice(const struct app *app, struct arena *arena, const char *name,
                               const char *const *choices, const char *otherwise)
{
	const char *value = own_get(app, arena, name);

	for (int i = 0; value != NULL && choices[i] != NULL; i++)
		if (strcmp(choices[i], value) == 0)
			return choices[i];
	return otherwise;
}

void look_load(struct app *app)
{
	static const char *const languages[] = { "auto", "es", "en", NULL };
	static const char *const themes[] = { "dark", "light", "contrast", NULL };
	static const char *const flags[] = { "t", "f", NULL };
	struct arena *arena = arena_new();
	struct look *look = &app->look;
	const struct look before = *look;
	struct err err = { 0 };
	const char *quiet;

	look_begin(app);
	look->language = look_choice(app, arena, "option language", languages, look->language);
	look->theme = look_choice(app, arena, "option theme", themes, look->theme);
	look->mouse = look_choice(app, arena, "option mouse", flags, look->mouse ? "t" : "f")[0] == 't';
	look->bell = look_choice(app, arena, "option bell", flags, look->bell ? "t" : "f")[0] == 't';
	quiet = own_get(app, arena, "option quiet_hours");
	if (quiet != NULL)
		hours_parse(quiet, &look->quiet, &err); /* else as trato.conf says */
	arena_free(&arena);
	look_apply(app, &before);
}

bool look_set(struct app *app, const struct look *look)
{
	const struct look before = app->look;
	char quiet[12];

	app->look = *look;
	look_apply(app, &before);
	hours_format(look->quiet, quiet);
	return own_set(app, "option language", look->language) &&
	       own_set(app, "option theme", look->theme) &&
	       own_set(app, "option mouse", look->mouse ? "t" : "f") &&
	       own_set(app, "option bell", look->bell ? "t" : "f") &&
	       own_set(app, "option quiet_hours", quiet);
}

void look_toggle_mouse(struct app *app)
{
	const struct look before = app->look;

	app->look.mouse = !app->look.mouse;
	look_apply(app, &before);
	app_say(app, SAY_INFO,
	        app->look.mouse ? _("The mouse works in Trato.")
	                        : _("The mouse is the terminal's: it selects text."));
}
