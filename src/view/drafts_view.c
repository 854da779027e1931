/*
 * What was typed and not saved, the newest first; below it what stands in the
 * one under the cursor. Nothing here asks the database, except what became of
 * a save that was never answered.
 */
#include "drafts_view.h"

#include <string.h>
#include <time.h>

#include <base/buf.h>
#include <base/date.h>
#include <base/i18n.h>
#include <ui/layout.h>
#include <view/dialog_view.h>
#include <view/form_view.h>
#include <view/views.h>

#include "app_private.h"
#include "drafts.h"

enum { QUESTION_DISCARD = 1 };

struct drafts_screen {
	struct arena *arena;
	struct draft_entry *entries;
	int count, broken;
	int at, first;
};

static void drafts_read(struct view *view)
{
	struct drafts_screen *screen = view->state;

	arena_free(&screen->arena);
	screen->arena = arena_new();
	screen->count = screen->broken = 0;
	if (view->app->drafts != NULL)
		screen->count = drafts_find(view->app->drafts, screen->arena, &screen->entries,
		                            &screen->broken);
	if (screen->at >= screen->count)
		screen->at = screen->count > 0 ? screen->count - 1 : 0;
	view_redraw(view);
}

static bool drafts_open(struct view *view, const void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	drafts_read(view);
	return true;
}

static struct draft_entry *drafts_current(const struct view *view)
{
	const struct drafts_screen *screen = view->state;

	return screen->count > 0 ? &screen->entries[screen->at] : NULL;
}

/* ---- drawing ---- */

/* "today 18:40", "yesterday 18:40", "23/11/2026 18:40" */
static const char *drafts_when(struct arena *arena, int64_t written)
{
	time_t seconds = (time_t)written;
	struct tm when;
	struct date day;
	char text[11];
	int ago;

	if (localtime_r(&seconds, &when) == NULL)
		return "";
	day = (struct date){ when.tm_year + 1900, when.tm_mon + 1, when.tm_mday };
	ago = date_is_valid(day) ? date_days_between(day, date_today()) : -1;
	if (ago == 0)
		return arena_printf(arena, _("today %02d:%02d"), when.tm_hour, when.tm_min);
	if (ago == 1)
		return arena_printf(arena, _("yesterday %02d:%02d"), when.tm_hour, when.tm_min);
	if (!date_is_valid(day))
		return "";
	date_format(day, text);
	return arena_printf(arena, "%s %02d:%02d", text, when.tm_hour, when.tm_min);
}

static void drafts_draw_row(const struct drafts_screen *screen, struct canvas *canvas, int row,
                            int index)
{
	const struct draft *draft = screen->entries[index].draft;
	struct arena *arena = canvas_arena(canvas);
	int width = canvas_width(canvas);
	enum style style = index == screen->at ? STYLE_CURSOR : STYLE_NORMAL;
	const char *when = drafts_when(arena, draft->written);

	canvas_fill(canvas, (struct rect){ row, 0, 1, width }, style);
	if (index == screen->at)
		canvas_text(canvas, row, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
	canvas_textf(canvas, row, 2, width - 23, style, "%s%s%s", draft->title,
	             draft->about[0] != '\0' ? " · " : "", draft->about);
	canvas_aligned(canvas, row, width - 20, 19, ALIGN_RIGHT, style, when);
}

static const struct field_def *drafts_field(const struct draft *draft, const char *name)
{
	const struct views_form *form = views_form(draft->form, NULL);
	const struct form_spec *spec = form != NULL ? form->ops->spec : NULL;

	for (const struct field_def *field = spec != NULL ? spec->fields : NULL;
	     field != NULL && field->name != NULL; field++)
		if (strcmp(field->name, name) == 0)
			return field;
	return NULL;
}

/* All that was typed, as one reads it. */
static void drafts_words(const struct draft *draft, struct buf *out)
{
	for (int i = 0; i < draft->now.count; i++) {
		const struct draft_part *part = &draft->now.parts[i];
		const struct field_def *field = drafts_field(draft, part->name);
		bool many = strchr(part->content.text, '\n') != NULL;

		if (part->content.text[0] != '\0')
			buf_printf(out, "%s:%s%s\n", field != NULL ? _(field->label) : part->name,
			           many ? "\n" : " ", part->content.text);
	}
}

static void drafts_draw_words(struct canvas *canvas, struct rect rest, const struct draft *draft)
{
	struct buf words = { 0 };

	canvas_line(canvas, layout_cut_top(&rest, 1).row);
	if (draft->saving) {
		canvas_paragraph(canvas, layout_cut_top(&rest, 2), 0, STYLE_WARNING,
		                 _("It was being saved when the connection was lost; whether it is "
		                   "saved is being asked."));
	}
	drafts_words(draft, &words);
	rest.column += 1;
	rest.width -= 2;
	if (words.length > 0)
		canvas_paragraph(canvas, rest, 0, STYLE_NORMAL, words.text);
	buf_free(&words);
}

static void drafts_draw(struct view *view, struct canvas *canvas)
{
	struct drafts_screen *screen = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect list;
	int most = rest.height / 2;

	if (screen->broken > 0)
		canvas_textf(canvas, layout_cut_bottom(&rest, 1).row, 1, -1, STYLE_WARNING,
		             ngettext("%d file in the folder of drafts is none, or is damaged.",
		                      "%d files in the folder of drafts are none, or are damaged.",
		                      (unsigned long)screen->broken),
		             screen->broken);
	if (screen->count == 0) {
		canvas_text(canvas, 1, 2, -1, STYLE_DIM,
		            _("Nothing was left: all that was typed is saved or discarded."));
		return;
	}
	canvas_text(canvas, layout_cut_top(&rest, 1).row, 2, -1, STYLE_DIM,
	            _("Typed and not saved. You can go on with it, or leave it for later."));
	list = layout_cut_top(&rest, screen->count < most ? screen->count : most);
	screen->first = layout_scroll(screen->first, screen->at, screen->count, list.height);
	for (int i = 0; i < list.height && screen->first + i < screen->count; i++)
		drafts_draw_row(screen, canvas, list.row + i, screen->first + i);
	if (rest.height > 1)
		drafts_draw_words(canvas, rest, screen->entries[screen->at].draft);
}

/* ---- what is done ---- */

static void drafts_continue(struct view *view, struct draft_entry *entry)
{
	struct drafts_screen *screen = view->state;

	if (entry->draft->saving) {
		drafts_look(view->app);
		view_say(view, SAY_INFO, "%s",
		         _("Whether it is saved is being asked. It can be gone on with after that."));
	} else if (!drafts_go_on(view->app->drafts, entry, screen->count == 1 ? view : NULL)) {
		drafts_read(view);
	}
}

static void drafts_copy(struct view *view, const struct draft_entry *entry)
{
	struct buf words = { 0 };

	drafts_words(entry->draft, &words);
	view_copy(view, words.text != NULL ? words.text : "");
	buf_free(&words);
}

static void drafts_move(struct view *view, int to)
{
	struct drafts_screen *screen = view->state;

	screen->at = to >= screen->count ? screen->count - 1 : to < 0 ? 0 : to;
	view_redraw(view);
}

static enum command drafts_act(struct view *view, enum command command)
{
	struct drafts_screen *screen = view->state;
	struct draft_entry *here;
	enum { PAGE = 10 };

	if (command == COMMAND_RELOAD)
		drafts_read(view);
	here = drafts_current(view);
	if (here == NULL)
		return command;
	switch (command) {
	case COMMAND_OPEN: drafts_continue(view, here); break;
	case COMMAND_DISCARD_DRAFT:
		dialog_confirm(view, QUESTION_DISCARD, _("Discard this draft?"),
		               _("What was typed is gone then."), _("Discard it"));
		break;
	case COMMAND_COPY: drafts_copy(view, here); break;
	case COMMAND_UP: drafts_move(view, screen->at - 1); break;
	case COMMAND_DOWN: drafts_move(view, screen->at + 1); break;
	case COMMAND_PAGE_UP: drafts_move(view, screen->at - PAGE); break;
	case COMMAND_PAGE_DOWN: drafts_move(view, screen->at + PAGE); break;
	case COMMAND_FIRST: drafts_move(view, 0); break;
	case COMMAND_LAST: drafts_move(view, screen->count - 1); break;
	default: return command;
	}
	return COMMAND_NONE;
}

static bool drafts_offers(const struct view *view, enum command command)
{
	switch (command) {
	case COMMAND_OPEN:
	case COMMAND_DISCARD_DRAFT:
	case COMMAND_COPY: return drafts_current(view) != NULL;
	default: return command_in_section(command, view->ops->name);
	}
}

static const char *drafts_label(const struct view *view, enum command command)
{
	(void)view;
	return command == COMMAND_OPEN ? _("go on") : command == COMMAND_BACK ? _("later") : NULL;
}

static void drafts_returned(struct view *view, const struct view_ops *child, const void *result)
{
	if (dialog_chosen(child, result, QUESTION_DISCARD) == DIALOG_YES &&
	    drafts_current(view) != NULL)
		drafts_discard(view->app->drafts, drafts_current(view));
	drafts_read(view);
}

static bool drafts_key(struct view *view, const struct key_event *event)
{
	struct drafts_screen *screen = view->state;

	if (event->code != KEYS_MOUSE || screen->count == 0)
		return false;
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN)
		drafts_move(view, screen->at + (event->button == MOUSE_WHEEL_UP ? -1 : 1));
	return true;
}

static void drafts_close(struct view *view)
{
	struct drafts_screen *screen = view->state;

	arena_free(&screen->arena);
}

const struct view_ops view_drafts = {
	.name = "drafts",
	.title = N_("Drafts"),
	.watch = WATCH_DATA,
	.size = sizeof(struct drafts_screen),
	.open = drafts_open,
	.draw = drafts_draw,
	.key = drafts_key,
	.act = drafts_act,
	.offers = drafts_offers,
	.label = drafts_label,
	.refresh = drafts_read,
	.returned = drafts_returned,
	.close = drafts_close,
};
