/*
 * The frame around every screen: top line, banner, the views, message line,
 * key line. Reads the program's state; notes only what the window had room for.
 */
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/text.h>
#include <ui/bars.h>
#include <ui/layout.h>
#include <view/views.h>

#include "app_private.h"

static const char *draw_where(struct app *app, struct arena *arena)
{
	struct view *view;
	const char *title, *behind = NULL;
	int index = app->count - 1;

	while (index > 0 && (app->views[index]->ops->title == NULL ||
	                     (app->views[index]->ops->flags & VIEW_OVERLAY) != 0))
		index--;
	if (index < 0 || app->views[index]->ops->title == NULL)
		return "";
	view = stack_seen(app->views[index]);
	title = view->title != NULL ? view->title : _(view->ops->title);
	if (view->ops->subtitle != NULL)
		behind = view->ops->subtitle(view);
	return behind != NULL && behind[0] != '\0' ? arena_printf(arena, "%s · %s", title, behind)
	                                           : title;
}

/* "offline since 12:03, data 40 s old" */
static const char *draw_offline(struct app *app, struct arena *arena)
{
	struct view *view = app->count > 0 ? app->views[app->count - 1] : NULL;
	struct tm when;
	char clock[8], age[32];
	long long seconds;

	localtime_r(&app->lost_at, &when);
	strftime(clock, sizeof(clock), "%H:%M", &when);
	if (view == NULL || view->answered_at == 0)
		return arena_printf(arena, _("offline since %s"), clock);
	seconds = (loop_now() - view->answered_at) / 1000;
	if (seconds < 60)
		snprintf(age, sizeof(age), "%lld s", seconds);
	else
		date_age((long)seconds, age);
	return arena_printf(arena, _("offline since %s, data %s old"), clock, age);
}

static void draw_top(struct app *app, struct canvas *canvas, int row)
{
	struct bars_top top = {
		.program = "Trato",
		.where = draw_where(app, canvas_arena(canvas)),
		.who = app->working ? app->session.email : NULL,
	};

	if (app->lost_at != 0) {
		top.state = BARS_OFFLINE;
		top.words = draw_offline(app, canvas_arena(canvas));
	} else if (app->state == DB_READY || app->state == DB_BUSY || app->state == DB_CANCELLING) {
		top.state = app->slow ? BARS_BUSY : BARS_ONLINE;
		top.words = db_only_reads(app->db) ? _("online, read-only") : _("online");
	} else if (app->state == DB_DOWN && !app->working) {
		top.state = BARS_CONNECTING;
	} else {
		top.state = BARS_CONNECTING;
		top.words = _("connecting");
	}
	bars_draw_top(canvas, row, &top);
}

/* The key to show: where plain characters are text, the first one that is none. */
static const char *draw_key(const struct app *app, const struct view *view, int command,
                            struct arena *arena)
{
	key_code key;

	for (int n = 0; keymap_key(app->keymap, view->ops->name, command, n, &key); n++) {
		char name[32];

		if (key < KEYS_SPECIAL && view->typing)
			continue;
		key_to_name(key, true, name);
		return arena_copy(arena, name);
	}
	return NULL;
}

static const char *draw_label(const struct view *view, const struct command_info *info)
{
	const char *label = view->ops->label != NULL ? view->ops->label(view, info->id) : NULL;

	if (label != NULL)
		return label;
	return info->id == COMMAND_BACK && view->typing ? _("cancel") : _(info->label);
}

/* These give way to no others on the key line. */
static bool draw_stays(enum command command)
{
	return command >= COMMAND_HELP;
}

static bool draw_offers(const struct app *app, const struct view *view, int command)
{
	return (command_table[command].flags & COMMAND_QUIET) == 0 &&
	       app_offers(app, view, (enum command)command);
}

/* What the key line is made of: the keys stay as trato.conf has them. */
struct key_line {
	const char *section, *language;
	long typing, last;                 /* see app->last_key */
	const char *labels[COMMAND_COUNT]; /* "" is the command's own; NULL: it is not offered */
};

static void draw_key_line(void *ctx, const void *stamp, struct canvas *canvas, int row)
{
	struct app *app = ctx;
	const struct view *view = stack_seen(app_top(app));
	struct bars_key keys[COMMAND_COUNT];
	int count = 0, used = 0;

	(void)stamp;
	app->last_key = COMMAND_COUNT;
	for (int i = 1; view != NULL && i < COMMAND_COUNT; i++) {
		const char *name;

		/* What comes behind a full line would be the first to give way. */
		if (used > canvas_width(canvas) && app->last_key == COMMAND_COUNT)
			app->last_key = i - 1;
		if ((i > app->last_key && !draw_stays(i)) || !draw_offers(app, view, i))
			continue;
		name = draw_key(app, view, i, canvas_arena(canvas));
		if (name == NULL)
			continue;
		keys[count].key = name;
		keys[count].label = draw_label(view, &command_table[i]);
		keys[count].priority = draw_stays(i) ? 0 : i;
		used += text_width(name) + text_width(keys[count].label) + BARS_KEY_GAPS;
		count++;
	}
	bars_draw_keys(canvas, row, keys, count);
}

static void draw_keys(struct app *app, struct canvas *canvas, int row)
{
	const struct view *view = stack_seen(app_top(app));
	struct key_line line = { .language = i18n_language(), .last = app->last_key };

	if (view != NULL) {
		line.section = view->ops->name;
		line.typing = view->typing;
	}
	for (int i = 1; view != NULL && i < COMMAND_COUNT; i++) {
		const char *label = NULL;

		if ((i > app->last_key && !draw_stays(i)) || !draw_offers(app, view, i))
			continue;
		if (view->ops->label != NULL)
			label = view->ops->label(view, (enum command)i);
		line.labels[i] = label != NULL ? label : "";
	}
	canvas_row(canvas, row, &line, sizeof(line), draw_key_line, app);
}

static void draw_message(struct app *app, struct canvas *canvas, int row)
{
	static const enum bars_message kinds[] = {
		[SAY_INFO] = BARS_INFO,
		[SAY_GOOD] = BARS_GOOD,
		[SAY_WARNING] = BARS_WARNING,
		[SAY_ERROR] = BARS_ERROR,
	};
	const char *words = ask_words(app);

	if (words != NULL)
		bars_draw_message(canvas, row, BARS_INFO, words);
	else
		bars_draw_message(canvas, row, kinds[app->say_kind], app->said);
}

static void draw_banner(struct app *app, struct canvas *canvas, int row, const char *text)
{
	struct arena *arena = canvas_arena(canvas);
	const char *key = draw_key(app, app_top(app), COMMAND_SHOW_NOTICES, arena);
	int room = canvas_width(canvas) - BARS_BANNER_MARK;

	if (key != NULL)
		room -= text_width(key) + 3;
	if (text_width(text_clean(arena, text, TEXT_ONE_LINE)) > room &&
	    strstr(news_banner_brief(app), " · ") != NULL)
		text = news_banner_brief(app);
	if (key != NULL)
		text = arena_printf(arena, "[%s] %s", key, text);
	bars_draw_banner(canvas, row, text);
}

/* Seen among the windows and tabs of somebody who is at something else. */
static void draw_title(struct app *app)
{
	const char *news = news_banner_brief(app);
	struct buf title = { 0 };

	if (app->terminal == NULL)
		return;
	buf_printf(&title, "Trato%s%s", news[0] != '\0' ? ": " : "", news);
	terminal_title(app->terminal, title.text);
	buf_free(&title);
}

static void draw_too_small(struct canvas *canvas)
{
	struct rect all = { 0, 0, canvas_height(canvas), canvas_width(canvas) };

	canvas_paragraph(canvas, all, 0, STYLE_NORMAL,
	                 _("The window is too small: Trato needs 60 columns and 16 rows. "
	                   "Nothing is lost; make it larger."));
}

static void draw_copy(struct app *app, struct canvas *canvas)
{
	struct buf text = { 0 };

	if (!app->copy_screen)
		return;
	app->copy_screen = false;
	canvas_read(canvas, &text);
	view_copy(app_top(app), text.text);
	buf_free(&text);
}

void app_draw(void *ctx, struct canvas *canvas)
{
	struct app *app = ctx;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	const char *banner = news_banner(app);
	struct rect message, keys;

	draw_title(app);
	app->too_small = rest.height < WINDOW_HEIGHT_MIN || rest.width < WINDOW_WIDTH_MIN;
	if (app->too_small) {
		draw_too_small(canvas);
		return;
	}
	draw_top(app, canvas, layout_cut_top(&rest, 1).row);
	if (banner[0] != '\0' && app_top(app)->ops != &view_login)
		draw_banner(app, canvas, layout_cut_top(&rest, 1).row, banner);
	keys = layout_cut_bottom(&rest, 1);
	message = layout_cut_bottom(&rest, 1);
	for (int i = stack_visible(app); i >= 0 && i < app->count; i++) {
		struct view *view = stack_seen(app->views[i]);

		if (view->ops->draw != NULL)
			view->ops->draw(view, canvas_part(canvas, rest));
	}
	draw_copy(app, canvas_part(canvas, rest));
	draw_message(app, canvas, message.row);
	draw_keys(app, canvas, keys.row);
}
