/*
 * Two revisions of an offer side by side: what is different, on wish also what
 * is not, and a choice of which two.
 */
#include "offer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <model/words.h>
#include <ui/layout.h>
#include <view/dialog_view.h>

enum { PURPOSE_READ, QUESTION_BEFORE, HEAD_ROWS = 1, CHOICES_MAX = 9 };

struct compare_screen {
	char before[24], after[24];
	struct arena *arena; /* of the latest answer; NULL before it */
	struct offer_compared compared;
	bool all; /* also what is alike */
	struct page page;
};

const char *offer_revision(struct arena *arena, const struct rows *revisions, int row)
{
	const char *state = rows_text(revisions, row, "state");

	if (rows_bool(revisions, row, "expired"))
		state = "expired";
	return arena_printf(arena, "%s %s", rows_text(revisions, row, "number"),
	                    words_offer_state(state));
}

/* ---- asking ---- */

static void compare_ask(struct view *view, bool quietly)
{
	struct compare_screen *screen = view->state;
	struct batch *batch = offer_sides(screen->before, screen->after);

	view_forget(view, PURPOSE_READ);
	if (quietly)
		view_ask_quietly(view, PURPOSE_READ, batch);
	else
		view_ask(view, PURPOSE_READ, batch);
}

static bool compare_open(struct view *view, const void *arg, struct err *err)
{
	struct compare_screen *screen = view->state;
	const struct offer_pair *pair = arg;

	(void)err;
	snprintf(screen->before, sizeof(screen->before), "%" PRId64, pair->before);
	snprintf(screen->after, sizeof(screen->after), "%" PRId64, pair->after);
	compare_ask(view, false);
	return true;
}

static void compare_refresh(struct view *view)
{
	if (!view_is_asking(view, PURPOSE_READ))
		compare_ask(view, true);
}

static void compare_answer(struct view *view, struct answer *answer)
{
	struct compare_screen *screen = view->state;
	struct offer_compared *compared = &screen->compared;

	if (!view_check(view, answer))
		return;
	if (answer->results[SIDE_BEFORE]->count == 0 || answer->results[SIDE_AFTER]->count == 0) {
		view_say(view, SAY_ERROR, "%s", _("This offer does not exist, or is not yours."));
		view_close(view);
		return;
	}
	arena_free(&screen->arena);
	memcpy(compared->results, answer->results, sizeof(compared->results));
	screen->arena = answer_keep(answer);
	compared->diff = offer_diff_lines(screen->arena, compared->results[SIDE_BEFORE_LINES],
	                                  compared->results[SIDE_AFTER_LINES]);
	view_redraw(view);
}

/* ---- which two ---- */

static int row_of(const struct rows *revisions, const char *id)
{
	for (int i = 0; i < revisions->count; i++)
		if (strcmp(rows_text(revisions, i, "id"), id) == 0)
			return i;
	return -1;
}

static void compare_these(struct view *view, int before, int after)
{
	struct compare_screen *screen = view->state;
	const struct rows *revisions = screen->compared.results[SIDES_REVISIONS];

	snprintf(screen->before, sizeof(screen->before), "%s", rows_text(revisions, before, "id"));
	snprintf(screen->after, sizeof(screen->after), "%s", rows_text(revisions, after, "id"));
	screen->page.first = 0;
	compare_ask(view, false);
}

/* Two neighbours: those before these, or those behind. */
static void compare_step(struct view *view, int by)
{
	struct compare_screen *screen = view->state;
	const struct rows *revisions = screen->compared.results[SIDES_REVISIONS];
	int after = row_of(revisions, screen->after) + by;

	if (after >= 1 && after < revisions->count)
		compare_these(view, after - 1, after);
}

/* The latest of those that `after` can be compared with; their places among the revisions. */
static int compare_choices(const struct compare_screen *screen, int choices[CHOICES_MAX])
{
	const struct rows *revisions = screen->compared.results[SIDES_REVISIONS];
	int count = 0;

	for (int i = revisions->count - 1; i >= 0 && count < CHOICES_MAX; i--)
		if (strcmp(rows_text(revisions, i, "id"), screen->after) != 0)
			choices[count++] = i;
	return count;
}

static void compare_choose(struct view *view)
{
	struct compare_screen *screen = view->state;
	const struct rows *revisions = screen->compared.results[SIDES_REVISIONS];
	struct dialog_button buttons[CHOICES_MAX + 1] = { 0 };
	int choices[CHOICES_MAX], count = compare_choices(screen, choices);
	struct arena *arena = arena_new();
	const char *title;

	for (int i = 0; i < count; i++) {
		buttons[i].id = i + 1;
		buttons[i].key = (key_code)('1' + i);
		buttons[i].label = offer_revision(arena, revisions, choices[i]);
	}
	title = arena_printf(arena, _("Compare %s with which one?"),
	                     rows_text(revisions, row_of(revisions, screen->after), "number"));
	dialog_ask(view, QUESTION_BEFORE, title, "", buttons);
	arena_free(&arena);
}

static void compare_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct compare_screen *screen = view->state;
	int choices[CHOICES_MAX], count = compare_choices(screen, choices);
	int chosen = dialog_chosen(child, result, QUESTION_BEFORE);
	int after = row_of(screen->compared.results[SIDES_REVISIONS], screen->after);

	if (chosen < 1 || chosen > count)
		return;
	/* The earlier one stands at the left, whichever was chosen. */
	chosen = choices[chosen - 1];
	compare_these(view, chosen < after ? chosen : after, chosen < after ? after : chosen);
}

/* ---- the screen ---- */

static void compare_draw(struct view *view, struct canvas *canvas)
{
	struct compare_screen *screen = view->state;
	struct rect rest = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct canvas *part, *whole;

	if (screen->arena == NULL)
		return;
	offer_compare_draw_heads(canvas_part(canvas, layout_cut_top(&rest, HEAD_ROWS)),
	                         &screen->compared);
	part = canvas_part(canvas, rest);
	whole = page_begin(&screen->page, part);
	page_end(&screen->page, part, offer_compare_draw(whole, &screen->compared, !screen->all));
}

static bool compare_offers(const struct view *view, enum command command)
{
	const struct compare_screen *screen = view->state;

	if (screen->arena == NULL)
		return false;
	switch (command) {
	case COMMAND_FILTER: return true;
	case COMMAND_CHOOSE_REVISIONS:
	case COMMAND_LEFT:
	case COMMAND_RIGHT: return screen->compared.results[SIDES_REVISIONS]->count > 2;
	default: return false;
	}
}

static const char *compare_label(const struct view *view, enum command command)
{
	const struct compare_screen *screen = view->state;

	if (command != COMMAND_FILTER)
		return NULL;
	return screen->all ? _("only changes") : _("everything");
}

static enum command compare_act(struct view *view, enum command command)
{
	struct compare_screen *screen = view->state;

	if (!compare_offers(view, command))
		return page_act(&screen->page, command);
	switch (command) {
	case COMMAND_FILTER: screen->all = !screen->all; break;
	case COMMAND_LEFT: compare_step(view, -1); break;
	case COMMAND_RIGHT: compare_step(view, 1); break;
	default: compare_choose(view); break;
	}
	view_redraw(view);
	return COMMAND_NONE;
}

static bool compare_key(struct view *view, const struct key_event *event)
{
	struct compare_screen *screen = view->state;

	return page_key(&screen->page, event);
}

static void compare_close(struct view *view)
{
	struct compare_screen *screen = view->state;

	arena_free(&screen->arena);
}

const struct view_ops view_offer_compare = {
	.name = "offer-difference",
	.title = N_("What changed"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	.size = sizeof(struct compare_screen),
	.open = compare_open,
	.draw = compare_draw,
	.act = compare_act,
	.key = compare_key,
	.answer = compare_answer,
	.refresh = compare_refresh,
	.offers = compare_offers,
	.label = compare_label,
	.returned = compare_returned,
	.close = compare_close,
};
