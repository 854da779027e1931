/*
 * What help and palette know about a command besides its row in the table.
 */
#include "command_words.h"

#include <stdio.h>
#include <string.h>

#include <view/views.h>

#include "app_private.h"

void command_keys(const struct keymap *keymap, const struct view *view, enum command command,
                  char *out, int size)
{
	const char *sections = command_table[command].sections;
	char section[32];

	snprintf(section, sizeof(section), "%.*s", (int)strcspn(sections, " "), sections);
	if (view != NULL &&
	    (command_in_section(command, view->ops->name) || strcmp(section, "global") == 0))
		snprintf(section, sizeof(section), "%s", view->ops->name);
	keymap_keys(keymap, section, (int)command, out, size);
}

const char *command_screens(struct arena *arena, enum command command)
{
	static const struct {
		const char *section, *words;
	} screens[] = {
		{ "actions", NC_("screen", "actions") },
		{ "action", NC_("screen", "action") },
		{ "agenda", NC_("screen", "agenda") },
		{ "client", NC_("screen", "client") },
		{ "clients", NC_("screen", "clients") },
		{ "client-form", NC_("screen", "client's form") },
		{ "communication", NC_("screen", "communication") },
		{ "form", NC_("screen", "forms") },
		{ "hold-divisions", NC_("screen", "divisions to hold") },
		{ "inbox", NC_("screen", "notices") },
		{ "mail", NC_("screen", "mail") },
		{ "login", NC_("screen", "log in") },
		{ "new-action", NC_("screen", "new action") },
		{ "notice", NC_("screen", "notice") },
		{ "offer", NC_("screen", "offer") },
		{ "requests", NC_("screen", "requests") },
		{ "tray", NC_("screen", "mail to assign") },
	};
	const char *words = "";

	for (const char *at = command_table[command].sections; *at != '\0'; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *one = arena_copy_n(arena, at, length);

		for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
			if (strcmp(one, screens[i].section) == 0) {
				one = C_("screen", screens[i].words);
				break;
			}
		words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? ", " : "", one);
		at += length;
	}
	return words;
}

bool command_works(const struct app *app, const struct view *view, enum command command)
{
	switch (command) {
	case COMMAND_BACK:
	case COMMAND_QUIT:
	case COMMAND_RELOAD:
	case COMMAND_REPAINT:
	case COMMAND_TOGGLE_MOUSE:
	case COMMAND_SHOW_NOTICES: return true;
	default: return views_find(command) != NULL || app_offers(app, view, command);
	}
}

void command_run(struct app *app, enum command command)
{
	const struct view *view = app_top(app);
	bool other = !command_in_section(command, view->ops->name) &&
	             !command_in_section(command, "global");
	struct arena *arena;

	if (!other || !command_is_permitted(command, app->session.roles)) {
		app_command(app, command);
		return;
	}
	arena = arena_new();
	app_say(app, SAY_INFO,
	        arena_printf(arena, _("“%s” is for these screens: %s."),
	                     _(command_table[command].label), command_screens(arena, command)));
	arena_free(&arena);
}
