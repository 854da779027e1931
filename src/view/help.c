/*
 * All keys and commands: what works on the screen below first, then the rest.
 * Typing finds one, Enter runs it.
 */
#include <base/text.h>
#include <base/text_match.h>
#include <ui/layout.h>
#include <view/views.h>

#include "app_private.h"
#include "command_words.h"
#include "finder.h"

enum { NAMES_FROM = 100 }; /* columns of the window */

struct help {
	struct finder finder;
	enum command rows[COMMAND_COUNT]; /* that match what was typed */
};

static struct view *help_below(const struct view *view)
{
	const struct app *app = view->app;

	return app->count > 1 ? app->views[app->count - 2] : NULL;
}

/* Every word of it begins one of the command's, whatever the case and the accents. */
static bool help_matches(struct arena *arena, enum command command, const char *typed)
{
	const struct command_info *info = &command_table[command];

	return text_has_words(typed, text_fold(arena, arena_printf(arena, "%s %s %s", _(info->label),
	                                                           _(info->help), info->name)));
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
	struct arena *arena = arena_new();
	const char *typed = text_fold(arena, field_text(help->finder.search));
	int count = 0;

	for (int rank = 0; rank < 3; rank++)
		for (int i = 1; i < COMMAND_COUNT; i++)
			if (help_rank(view, (enum command)i) == rank &&
			    help_matches(arena, (enum command)i, typed))
				help->rows[count++] = (enum command)i;
	finder_set_count(&help->finder, count);
	arena_free(&arena);
}

static bool help_open(struct view *view, const void *arg, struct err *err)
{
	struct help *help = view->state;

	(void)arg;
	(void)err;
	finder_open(&help->finder, N_("type to find a command; Enter runs it"));
	help_fill(view);
	view->typing = true;
	return true;
}

static void help_draw_row(struct view *view, struct canvas *canvas, int row, enum command command,
                          bool here)
{
	const struct command_info *info = &command_table[command];
	bool permitted = command_is_permitted(command, view->app->session.roles);
	enum style style = here ? STYLE_CURSOR : permitted ? STYLE_NORMAL : STYLE_DIM;
	char keys[64];
	int width = canvas_width(canvas), rank = help_rank(view, command), column = 15;

	canvas_fill(canvas, (struct rect){ row, 0, 1, width }, style);
	command_keys(view->app->keymap, help_below(view), command, keys, sizeof(keys));
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
		             command_screens(canvas_arena(canvas), command));
	else
		canvas_text(canvas, row, column, width, style, _(info->help));
}

static void help_draw(struct view *view, struct canvas *canvas)
{
	struct help *help = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect search = layout_cut_top(&rest, 1);

	int rows;

	canvas_text(canvas, search.row, 1, -1, STYLE_LABEL, _("Find"));
	layout_cut_left(&search, text_width(_("Find")) + 2);
	rows = finder_draw(&help->finder, canvas, search, rest);
	for (int i = 0; i < rows; i++)
		help_draw_row(view, canvas_part(canvas, rest), i, help->rows[help->finder.first + i],
		              help->finder.first + i == help->finder.cursor);
}

static void help_run(struct view *view)
{
	struct help *help = view->state;
	struct app *app = view->app;
	enum command command;

	if (help->finder.count == 0)
		return;
	command = help->rows[help->finder.cursor];
	view_close(view);
	if (command != COMMAND_HELP)
		command_run(app, command);
}

static bool help_key(struct view *view, const struct key_event *event)
{
	struct help *help = view->state;

	switch (finder_key(&help->finder, event)) {
	case FINDER_IGNORED: return false;
	case FINDER_MOVED: return true;
	case FINDER_TYPED: help_fill(view); return true;
	case FINDER_CHOSEN: help_run(view); return true;
	case FINDER_LEFT: view_close(view); return true;
	}
	return false;
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

	finder_close(&help->finder);
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
