/*
 * Choosing between mine, theirs and before: the keys, the mouse, and when it is
 * done. How it looks is in merge_draw.c.
 */
#include "merge_view.h"

#include <stdio.h>
#include <stdlib.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <ui/layout.h>

static struct merge_row *merge_current(const struct merge_screen *screen)
{
	return &screen->arg.merge->rows[screen->shown[screen->at]];
}

static void merge_go(struct merge_screen *screen, int to)
{
	to = to >= screen->count ? screen->count - 1 : to < 0 ? 0 : to;
	if (to != screen->at)
		screen->scrolled = 0;
	screen->at = to;
}

/* To that row of the merge, which is among those that are shown. */
static void merge_go_row(struct merge_screen *screen, int row)
{
	for (int i = 0; i < screen->count; i++)
		if (screen->shown[i] == row)
			merge_go(screen, i);
}

static bool merge_open_screen(struct view *view, const void *arg, struct err *err)
{
	struct merge_screen *screen = view->state;
	const struct merge *merge;

	(void)err;
	screen->arg = *(const struct merge_arg *)arg;
	screen->said = mem_copy(screen->arg.said);
	merge = screen->arg.merge;
	screen->shown = mem_array((size_t)merge->count + 1, sizeof(*screen->shown));
	for (int i = 0; i < merge->count; i++)
		if (merge_is_shown(&merge->rows[i]))
			screen->shown[screen->count++] = i;
	merge_go_row(screen, merge_next_open(merge, -1));
	return true;
}

/* ---- choosing ---- */

static void merge_choose(struct view *view, enum merge_choice choice)
{
	struct merge_screen *screen = view->state;
	struct merge_row *row = merge_current(screen);

	if (choice == CHOICE_BOTH && !row->lines)
		view_say(view, SAY_INFO, "%s", _("Only texts and lines can be kept from both."));
	else
		row->choice = choice;
}

/* By key: what was open leads on to the next that is, so that each takes one key. */
static void merge_choose_on(struct view *view, enum merge_choice choice)
{
	struct merge_screen *screen = view->state;
	bool open = merge_current(screen)->choice == CHOICE_OPEN;
	int next;

	merge_choose(view, choice);
	next = merge_next_open(screen->arg.merge, screen->shown[screen->at]);
	if (open && merge_current(screen)->choice != CHOICE_OPEN && next >= 0)
		merge_go_row(screen, next);
}

/* All that both have changed. */
static void merge_choose_all(struct merge_screen *screen, enum merge_choice choice)
{
	for (int i = 0; i < screen->count; i++) {
		struct merge_row *row = &screen->arg.merge->rows[screen->shown[i]];

		if (row->piece.kind == MERGE_CONFLICT)
			row->choice = choice;
	}
}

/* The sides stand beside each other: before, theirs, mine. */
static void merge_step(struct merge_screen *screen, int by)
{
	struct merge_row *row = merge_current(screen);
	int choice = (int)row->choice + by;

	if (row->choice >= CHOICE_BOTH)
		choice = by < 0 ? CHOICE_THEIRS : CHOICE_MINE;
	if (choice >= CHOICE_BEFORE && choice <= CHOICE_MINE)
		row->choice = (enum merge_choice)choice;
}

static void merge_accept(struct view *view)
{
	struct merge_screen *screen = view->state;
	int open = merge_next_open(screen->arg.merge, screen->shown[screen->at] - 1);

	if (open >= 0) {
		merge_go_row(screen, open);
		view_say(view, SAY_WARNING,
		         _("You both changed it: choose first what becomes of «%s»."),
		         screen->arg.merge->rows[open].label);
		return;
	}
	/* What comes of it may open another view: that lies over the form then. */
	view_close(view);
	screen->arg.accept(screen->arg.form, screen->arg.merge);
}

static void merge_scroll(struct merge_screen *screen, int by)
{
	int most = screen->detail_rows - screen->detail_height;

	screen->scrolled += by;
	if (screen->scrolled > most)
		screen->scrolled = most;
	if (screen->scrolled < 0)
		screen->scrolled = 0;
}

static enum command merge_act(struct view *view, enum command command)
{
	struct merge_screen *screen = view->state;
	int page = screen->detail_height > 1 ? screen->detail_height - 1 : 1;

	switch (command) {
	case COMMAND_UP: merge_go(screen, screen->at - 1); break;
	case COMMAND_DOWN: merge_go(screen, screen->at + 1); break;
	case COMMAND_FIRST: merge_go(screen, 0); break;
	case COMMAND_LAST: merge_go(screen, screen->count - 1); break;
	case COMMAND_PAGE_UP: merge_scroll(screen, -page); break;
	case COMMAND_PAGE_DOWN: merge_scroll(screen, page); break;
	case COMMAND_LEFT: merge_step(screen, -1); break;
	case COMMAND_RIGHT: merge_step(screen, 1); break;
	case COMMAND_KEEP_MINE: merge_choose_on(view, CHOICE_MINE); break;
	case COMMAND_KEEP_THEIRS: merge_choose_on(view, CHOICE_THEIRS); break;
	case COMMAND_KEEP_BEFORE: merge_choose_on(view, CHOICE_BEFORE); break;
	case COMMAND_KEEP_BOTH: merge_choose_on(view, CHOICE_BOTH); break;
	case COMMAND_KEEP_ALL_MINE: merge_choose_all(screen, CHOICE_MINE); break;
	case COMMAND_KEEP_ALL_THEIRS: merge_choose_all(screen, CHOICE_THEIRS); break;
	case COMMAND_OPEN:
	case COMMAND_SAVE: merge_accept(view); break;
	default: return command;
	}
	return COMMAND_NONE;
}

static bool merge_key(struct view *view, const struct key_event *event)
{
	struct merge_screen *screen = view->state;
	int row = event->row - screen->list.row;
	int column = event->column - screen->list.column - screen->labels;
	bool in_list;

	if (event->code != KEYS_MOUSE)
		return false;
	in_list = layout_contains(screen->list, event->row, event->column);
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		int by = event->button == MOUSE_WHEEL_UP ? -1 : 1;

		if (in_list)
			merge_go(screen, screen->at + by);
		else
			merge_scroll(screen, 3 * by);
		return true;
	}
	if (!in_list || screen->first + row >= screen->count)
		return true;
	merge_go(screen, screen->first + row);
	if (column >= 0 && screen->cell > 0 && column / screen->cell < MERGE_SIDES)
		merge_choose(view, (enum merge_choice)(column / screen->cell));
	return true;
}

static bool merge_offers(const struct view *view, enum command command)
{
	const struct merge_screen *screen = view->state;

	if (command == COMMAND_KEEP_BOTH)
		return merge_current(screen)->lines;
	return command_in_section(command, view->ops->name);
}

static const char *merge_subtitle(struct view *view)
{
	struct merge_screen *screen = view->state;
	int open = merge_open(screen->arg.merge);

	if (open == 0)
		return _("all is chosen");
	snprintf(screen->subtitle, sizeof(screen->subtitle),
	         ngettext("%d still to choose", "%d still to choose", (unsigned long)open), open);
	return screen->subtitle;
}

static void merge_close(struct view *view)
{
	struct merge_screen *screen = view->state;

	merge_free(&screen->arg.merge);
	free(screen->said);
	free(screen->shown);
}

const struct view_ops view_merge = {
	.name = "merge",
	.title = N_("Changed by somebody else too"),
	.size = sizeof(struct merge_screen),
	.open = merge_open_screen,
	.draw = merge_draw,
	.act = merge_act,
	.key = merge_key,
	.offers = merge_offers,
	.subtitle = merge_subtitle,
	.close = merge_close,
};
