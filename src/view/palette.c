/*
 * The palette: any command by a few letters of its name, over the screen on which
 * it is run, forms too. What works there comes first, then what fits best; before
 * something is typed, what was run last.
 */
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/text.h>
#include <base/text_match.h>
#include <ui/layout.h>
#include <view/views.h>

#include "app_private.h"
#include "command_words.h"
#include "finder.h"
#include "own.h"

enum { WIDTH = 76, HEIGHT = 16, RECENT_MAX = 8, WORKS = 1000000 };
static const char recent_name[] = "recent commands";

struct palette {
	struct finder finder;
	enum command rows[COMMAND_COUNT];
	int values[COMMAND_COUNT]; /* of each command: how well it fits */
	enum command recent[RECENT_MAX];
	int recents;
};

static struct view *palette_below(const struct view *view)
{
	const struct app *app = view->app;

	return app->count > 1 ? app->views[app->count - 2] : NULL;
}

/* What moves a cursor is quicker done than found. */
static bool palette_has(const struct view *view, enum command command)
{
	return command > COMMAND_PREVIOUS_PANE && command != COMMAND_PALETTE &&
	       command != COMMAND_LOG_IN &&
	       command_is_permitted(command, view->app->session.roles);
}

static int palette_recent(const struct palette *palette, enum command command)
{
	for (int i = 0; i < palette->recents; i++)
		if (palette->recent[i] == command)
			return i;
	return RECENT_MAX;
}

/* The label counts most, then the name of trato.conf, which is English, then words of the sentence. */
static int palette_value(const struct view *view, struct arena *arena, enum command command,
                         const char *typed)
{
	const struct palette *palette = view->state;
	const struct command_info *info = &command_table[command];
	const char *label = text_fold(arena, _(info->label));
	int value = text_fuzzy(typed, label), name = text_fuzzy(typed, info->name);

	if (value >= 0)
		value = 2 * value + 20 - (int)strlen(label) / 4;
	if (name >= 0 && 2 * name > value)
		value = 2 * name;
	if (value < 0 && text_has_words(typed, text_fold(arena, _(info->help))))
		value = 1;
	if (value < 0)
		return -1;
	if (typed[0] == '\0')
		value = 0;
	value = 4 * value + (RECENT_MAX - palette_recent(palette, command)) * (typed[0] ? 1 : 100);
	return value + (command_works(view->app, palette_below(view), command) ? WORKS : 0);
}

static int palette_compare(const void *one, const void *other, void *values)
{
	enum command a = *(const enum command *)one, b = *(const enum command *)other;
	const int *value = values;

	if (value[a] != value[b])
		return value[a] > value[b] ? -1 : 1;
	return a < b ? -1 : 1;
}

static void palette_fill(struct view *view)
{
	struct palette *palette = view->state;
	struct arena *arena = arena_new();
	const char *typed = text_fold(arena, field_text(palette->finder.search));
	int count = 0;

	for (int i = 1; i < COMMAND_COUNT; i++) {
		palette->values[i] = palette_has(view, (enum command)i)
		                       ? palette_value(view, arena, (enum command)i, typed)
		                       : -1;
		if (palette->values[i] >= 0)
			palette->rows[count++] = (enum command)i;
	}
	qsort_r(palette->rows, (size_t)count, sizeof(palette->rows[0]), palette_compare,
	        palette->values);
	finder_set_count(&palette->finder, count);
	arena_free(&arena);
}

static void palette_read_recent(struct view *view)
{
	struct palette *palette = view->state;
	struct arena *arena = arena_new();
	const char *at = own_get(view->app, arena, recent_name);

	while (at != NULL && *at != '\0' && palette->recents < RECENT_MAX) {
		size_t length = strcspn(at, " ");

		for (int i = 1; i < COMMAND_COUNT; i++)
			if (strlen(command_table[i].name) == length &&
			    strncmp(command_table[i].name, at, length) == 0)
				palette->recent[palette->recents++] = (enum command)i;
		at += length;
		at += strspn(at, " ");
	}
	arena_free(&arena);
}

static void palette_remember(struct view *view, enum command command)
{
	const struct palette *palette = view->state;
	struct buf names = { 0 };

	buf_add(&names, command_table[command].name);
	for (int i = 0, kept = 1; i < palette->recents && kept < RECENT_MAX; i++)
		if (palette->recent[i] != command) {
			buf_printf(&names, " %s", command_table[palette->recent[i]].name);
			kept++;
		}
	own_set(view->app, recent_name, names.text); /* where it cannot be kept it is not missed */
	buf_free(&names);
}

static bool palette_open(struct view *view, const void *arg, struct err *err)
{
	struct palette *palette = view->state;

	(void)arg;
	(void)err;
	finder_open(&palette->finder, N_("a few letters of what you want to do"));
	palette_read_recent(view);
	palette_fill(view);
	view->typing = true;
	return true;
}

static void palette_draw_row(struct view *view, struct canvas *canvas, int row,
                             enum command command, bool here)
{
	const struct view *below = palette_below(view);
	const struct command_info *info = &command_table[command];
	bool works = command_works(view->app, below, command);
	enum style style = here ? STYLE_CURSOR : works ? STYLE_NORMAL : STYLE_DIM;
	int width = canvas_width(canvas), labels = width > 60 ? 20 : width / 3;
	char keys[32];

	canvas_fill(canvas, (struct rect){ row, 0, 1, width }, style);
	if (here)
		canvas_text(canvas, row, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	command_keys(view->app->keymap, below, command, keys, sizeof(keys));
	canvas_text(canvas, row, 2, labels, here ? style : works ? STYLE_STRONG : style,
	            _(info->label));
	canvas_textf(canvas, row, labels + 3, width - labels - 15, style, "%s%s%s%s",
	             works ? "" : "(", works ? "" : command_screens(canvas_arena(canvas), command),
	             works ? "" : ") ", _(info->help));
	canvas_aligned(canvas, row, width - 11, 10, ALIGN_RIGHT, here ? style : STYLE_KEY, keys);
}

static void palette_draw(struct view *view, struct canvas *canvas)
{
	struct palette *palette = view->state;
	struct rect whole = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect box = layout_centre(whole, HEIGHT, WIDTH), line;
	int rows;

	canvas_box(canvas, box, _("Commands"));
	box = (struct rect){ box.row + 1, box.column + 1, box.height - 2, box.width - 2 };
	line = layout_cut_top(&box, 1);
	layout_cut_left(&line, 2);
	rows = finder_draw(&palette->finder, canvas, line, box);
	for (int i = 0; i < rows; i++)
		palette_draw_row(view, canvas_part(canvas, box), i,
		                 palette->rows[palette->finder.first + i],
		                 palette->finder.first + i == palette->finder.cursor);
}

static void palette_run(struct view *view)
{
	struct palette *palette = view->state;
	struct app *app = view->app;
	enum command command;

	if (palette->finder.count == 0)
		return;
	command = palette->rows[palette->finder.cursor];
	palette_remember(view, command);
	view_close(view);
	command_run(app, command);
}

static bool palette_key(struct view *view, const struct key_event *event)
{
	struct palette *palette = view->state;

	switch (finder_key(&palette->finder, event)) {
	case FINDER_IGNORED: return false;
	case FINDER_MOVED: return true;
	case FINDER_TYPED: palette_fill(view); return true;
	case FINDER_CHOSEN: palette_run(view); return true;
	case FINDER_LEFT: view_close(view); return true;
	}
	return false;
}

static bool palette_offers(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN;
}

static const char *palette_label(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN ? _("do it") : NULL;
}

static void palette_close(struct view *view)
{
	struct palette *palette = view->state;

	finder_close(&palette->finder);
}

const struct view_ops view_palette = {
	.name = "palette",
	.flags = VIEW_OVERLAY,
	.size = sizeof(struct palette),
	.open = palette_open,
	.draw = palette_draw,
	.key = palette_key,
	.offers = palette_offers,
	.label = palette_label,
	.close = palette_close,
};
