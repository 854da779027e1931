/*
 * All keys and commands: what works on the screen below first, then the rest.
 * Typing finds one, Enter runs it, so this is the palette of commands too.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <base/text.h>
#include <ui/field.h>
#include <ui/layout.h>
#include <view/views.h>

#include "app_private.h"

enum { NAMES_FROM = 100 }; /* columns of the window */

struct help {
	struct field *search;
	enum command rows[COMMAND_COUNT]; /* that match what was typed */
	int count;
	int cursor;
	int first;
	struct rect place; /* of the rows in the last frame */
};

static const struct field_def help_search = {
	.name = "search",
	.kind = FIELD_LINE,
	.max = 60,
	.hint = N_("type to find a command; Enter runs it"),
};

static struct view *help_below(const struct view *view)
{
	const struct app *app = view->app;

	return app->count > 1 ? app->views[app->count - 2] : NULL;
}

static bool help_matches(enum command command, const char *typed)
{
	return typed[0] == '\0' || strcasestr(_(command_table[command].label), typed) != NULL ||
	       strcasestr(_(command_table[command].help), typed) != NULL ||
	       strcasestr(command_table[command].name, typed) != NULL;
}

/* 0: works on the screen below, 1: works everywhere, 2: of other screens. */
static int help_rank(const struct view *view, enum command command)
{
	struct view *below = help_below(view);

	if (below != NULL && app_offers(view->app, below, command))
		return 0;
	if (below != NULL && command_in_section(command, below->ops->name))
		return 0;
	return command_in_section(command, "global") ? 1 : 2;
}

static void help_fill(struct view *view)
{
	struct help *help = view->state;
	const char *typed = field_text(help->search);

	help->count = 0;
	for (int rank = 0; rank < 3; rank++)
		for (int i = 1; i < COMMAND_COUNT; i++)
			if (help_rank(view, (enum command)i) == rank &&
			    help_matches((enum command)i, typed))
				help->rows[help->count++] = (enum command)i;
	if (help->cursor >= help->count)
		help->cursor = help->count > 0 ? help->count - 1 : 0;
}

static bool help_open(struct view *view, const void *arg, struct err *err)
{
	struct help *help = view->state;

	(void)arg;
	(void)err;
	help->search = field_new(&help_search);
	help_fill(view);
	view->typing = true;
	return true;
}

/* The section whose keys are shown for a command: the screen's below, if it is one of them. */
static const char *help_section(const struct view *view, enum command command, char out[32])
{
	struct view *below = help_below(view);
	const char *sections = command_table[command].sections;

	if (below != NULL && command_in_section(command, below->ops->name))
		return below->ops->name;
	snprintf(out, 32, "%.*s", (int)strcspn(sections, " "), sections);
	return out;
}

/* The screens where it works, in words: "actions, action". */
static const char *help_screens(struct arena *arena, enum command command)
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
		{ "login", NC_("screen", "log in") },
		{ "new-action", NC_("screen", "new action") },
		{ "notice", NC_("screen", "notice") },
		{ "offer", NC_("screen", "offer") },
		{ "requests", NC_("screen", "requests") },
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

static void help_draw_row(struct view *view, struct canvas *canvas, int row, enum command command,
                          bool here)
{
	const struct command_info *info = &command_table[command];
	bool permitted = command_is_permitted(command, view->app->session.roles);
	enum style style = here ? STYLE_CURSOR : permitted ? STYLE_NORMAL : STYLE_DIM;
	char section[32], keys[64];
	int width = canvas_width(canvas), rank = help_rank(view, command), column = 15;

	canvas_fill(canvas, (struct rect){ row, 0, 1, width }, style);
	keymap_keys(view->app->keymap, help_section(view, command, section), (int)command, keys,
	            sizeof(keys));
	canvas_text(canvas, row, 1, 13, here ? style : STYLE_KEY, keys);
	/* The names in trato.conf matter to few; the sentences need the room more. */
	if (width >= NAMES_FROM) {
		canvas_text(canvas, row, column, 20, style, info->name);
		column += 21;
	}
	width -= column + 1;
	if (!permitted)
		canvas_textf(canvas, row, column, width, style, "%s %s", _("(not your role)"),
		             _(info->help));
	else if (rank == 2)
		canvas_textf(canvas, row, column, width, style, "%s (%s)", _(info->help),
		             help_screens(canvas_arena(canvas), command));
	else
		canvas_text(canvas, row, column, width, style, _(info->help));
}

static void help_draw(struct view *view, struct canvas *canvas)
{
	struct help *help = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect search = layout_cut_top(&rest, 1);

	canvas_text(canvas, search.row, 1, -1, STYLE_LABEL, _("Find"));
	layout_cut_left(&search, text_width(_("Find")) + 2);
	field_draw(help->search, canvas_part(canvas, search), true);
	help->place = canvas_place(canvas_part(canvas, rest));
	help->first = layout_scroll(help->first, help->cursor, help->count, rest.height);
	for (int i = 0; i < rest.height && help->first + i < help->count; i++)
		help_draw_row(view, canvas_part(canvas, rest), i, help->rows[help->first + i],
		              help->first + i == help->cursor);
	if (help->count == 0)
		canvas_text(canvas, rest.row, 1, -1, STYLE_DIM, _("Nothing is found."));
}

static void help_move(struct help *help, int by)
{
	help->cursor += by;
	if (help->cursor >= help->count)
		help->cursor = help->count - 1;
	if (help->cursor < 0)
		help->cursor = 0;
}

static void help_run(struct view *view)
{
	struct help *help = view->state;
	struct app *app = view->app;
	enum command command;

	if (help->count == 0)
		return;
	command = help->rows[help->cursor];
	view_close(view);
	if (command != COMMAND_HELP)
		app_command(app, command);
}

static bool help_key(struct view *view, const struct key_event *event)
{
	struct help *help = view->state;

	switch (event->code) {
	case KEYS_UP: help_move(help, -1); return true;
	case KEYS_DOWN: help_move(help, 1); return true;
	case KEYS_PAGE_UP: help_move(help, -help->place.height); return true;
	case KEYS_PAGE_DOWN: help_move(help, help->place.height); return true;
	case KEYS_ENTER: help_run(view); return true;
	case KEYS_ESCAPE: view_close(view); return true;
	case KEYS_MOUSE:
		if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
			help_move(help, event->button == MOUSE_WHEEL_UP ? -3 : 3);
		else if (layout_contains(help->place, event->row, event->column))
			help_move(help, help->first + event->row - help->place.row - help->cursor);
		if (event->button == MOUSE_DOUBLE)
			help_run(view);
		return true;
	default: break;
	}
	switch (field_key(help->search, event)) {
	case FIELD_IGNORED: return false;
	case FIELD_CHANGED:
		help->cursor = 0;
		help_fill(view);
		return true;
	default: return true;
	}
}

static bool help_offers(const struct view *view, enum command command)
{
	(void)view;
	(void)command;
	return false;
}

static void help_close(struct view *view)
{
	struct help *help = view->state;

	field_free(&help->search);
}

const struct view_ops view_help = {
	.name = "help",
	.title = N_("Keys and commands"),
	.size = sizeof(struct help),
	.open = help_open,
	.draw = help_draw,
	.key = help_key,
	.offers = help_offers,
	.close = help_close,
};
