/*
 * One message of the tray, to be read before it is assigned or set aside.
 */
#include "mail.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <model/mail.h>
#include <model/words.h>
#include <view/views.h>

#include "page.h"

enum { PURPOSE_READ, INDENT = 17 };

struct mail_screen {
	char id[24];
	struct arena *arena; /* of the latest answer */
	const struct rows *rows;
	struct page page;
};

bool mail_is_open(const struct rows *rows, int row)
{
	return rows_bool(rows, row, "mine") && strcmp(rows_text(rows, row, "state"), "logged") != 0;
}

void mail_push(struct view *view, const struct view_ops *form, const struct rows *rows, int row,
               int64_t mail)
{
	const struct mail_arg arg = { mail, rows_int(rows, row, "version") };

	if (!rows_bool(rows, row, "mine"))
		view_say(view, SAY_WARNING, "%s", _("This mail waits in somebody else's tray."));
	else if (!mail_is_open(rows, row))
		view_say(view, SAY_INFO, "%s", _("This mail is logged already."));
	else
		view_push(view->app, form, &arg);
}

static bool mail_open(struct view *view, const void *arg, struct err *err)
{
	struct mail_screen *screen = view->state;

	(void)err;
	snprintf(screen->id, sizeof(screen->id), "%" PRId64, *(const int64_t *)arg);
	view_ask(view, PURPOSE_READ, mail_read_one(screen->id));
	return true;
}

static void mail_answer(struct view *view, struct answer *answer)
{
	struct mail_screen *screen = view->state;

	if (view_keep(view, answer, 0, _("This does not exist, or is not yours."), &screen->arena))
		screen->rows = answer->results[0];
}

static const char *mail_state(struct arena *arena, const struct rows *rows)
{
	const char *state = rows_text(rows, 0, "state");

	if (strcmp(state, "set_aside") != 0)
		return words_mail_state(state);
	return arena_printf(arena, _("set aside on %s: %s"),
	                    page_date(arena, rows_text(rows, 0, "settled")),
	                    rows_text(rows, 0, "state_note"));
}

static void mail_draw(struct view *view, struct canvas *canvas)
{
	struct mail_screen *screen = view->state;
	struct arena *arena = canvas_arena(canvas);
	const struct rows *rows = screen->rows;
	const char *clients;
	struct canvas *whole;
	int width = canvas_width(canvas) - 3, row;

	if (rows == NULL)
		return;
	clients = rows_text(rows, 0, "clients");
	whole = page_begin(&screen->page, canvas);
	row = page_text(whole, 0, 1, width, STYLE_STRONG, rows_text(rows, 0, "subject"));
	row = page_field(whole, row, 1, width, INDENT, _("State"), mail_state(arena, rows));
	row = page_field(whole, row, 1, width, INDENT, _("Tray of"), rows_text(rows, 0, "person"));
	row = page_field(whole, row, 1, width, INDENT, _("Client"),
	                 clients[0] != '\0' ? clients : _("not known by its addresses"));
	row = page_field(whole, row, 1, width, INDENT, _("When"),
	                 arena_printf(arena, "%s, %s", page_date(arena, rows_text(rows, 0, "moment")),
	                              words_direction(rows_text(rows, 0, "direction"))));
	row = page_field(whole, row, 1, width, INDENT, _("Attachments"),
	                 rows_text(rows, 0, "attachments"));
	row = page_field(whole, row, 1, width, INDENT, _("Message-ID"),
	                 rows_text(rows, 0, "message_id"));
	row = page_text(whole, row + 1, 1, width < 100 ? width : 100, STYLE_NORMAL,
	                rows_text(rows, 0, "body"));
	page_end(&screen->page, canvas, row);
}

static bool mail_offers(const struct view *view, enum command command)
{
	const struct mail_screen *screen = view->state;

	switch (command) {
	case COMMAND_ASSIGN_MAIL:
	case COMMAND_SET_ASIDE_MAIL: return screen->rows != NULL && mail_is_open(screen->rows, 0);
	default: return command_in_section(command, view->ops->name);
	}
}

static enum command mail_act(struct view *view, enum command command)
{
	struct mail_screen *screen = view->state;
	const struct view_ops *form = command == COMMAND_ASSIGN_MAIL    ? &view_assign_mail
	                            : command == COMMAND_SET_ASIDE_MAIL ? &view_set_aside_mail
	                                                                : NULL;

	if (form == NULL)
		return page_act(&screen->page, command);
	if (screen->rows != NULL)
		mail_push(view, form, screen->rows, 0, rows_int(screen->rows, 0, "id"));
	return COMMAND_NONE;
}

static bool mail_key(struct view *view, const struct key_event *event)
{
	struct mail_screen *screen = view->state;

	return page_key(&screen->page, event);
}

/* It is done with: back to what waits. */
static void mail_returned(struct view *view, const struct view_ops *child, const void *result)
{
	if ((child == &view_assign_mail || child == &view_set_aside_mail) && result != NULL)
		view_close(view);
}

static void mail_refresh(struct view *view)
{
	struct mail_screen *screen = view->state;

	if (!view_is_asking(view, PURPOSE_READ))
		view_ask_quietly(view, PURPOSE_READ, mail_read_one(screen->id));
}

static void mail_close(struct view *view)
{
	struct mail_screen *screen = view->state;

	arena_free(&screen->arena);
}

const struct view_ops view_mail = {
	.name = "mail",
	.title = N_("Mail"),
	.watch = WATCH_DATA,
	.size = sizeof(struct mail_screen),
	.open = mail_open,
	.draw = mail_draw,
	.act = mail_act,
	.key = mail_key,
	.answer = mail_answer,
	.refresh = mail_refresh,
	.offers = mail_offers,
	.returned = mail_returned,
	.close = mail_close,
};
