/*
 * Mail that was sent here by trato log-mail and whose action is not clear: to be
 * assigned or set aside. Managers may look at everybody's.
 */
#include <string.h>

#include <base/i18n.h>
#include <model/mail.h>
#include <view/list_view.h>
#include <view/views.h>

#include "mail.h"
#include "page.h"

/* The day; the message has the hour. */
static void tray_day(struct table_cell *cell)
{
	cell->text = page_date(cell->arena, arena_printf(cell->arena, "%.10s", cell->text));
}

/* Whose it is, where it is another's, and why it was set aside. */
static void tray_note(struct table_cell *cell)
{
	const char *person = rows_text(cell->rows, cell->row, "person");

	if (rows_bool(cell->rows, cell->row, "mine"))
		return;
	cell->text = cell->text[0] != '\0'
	               ? arena_printf(cell->arena, "%s: %s", person, cell->text)
	               : person;
}

/* As in the list of communications: < is what came. */
static void tray_who(struct table_cell *cell)
{
	bool in = strcmp(rows_text(cell->rows, cell->row, "direction"), "in") == 0;

	cell->text = arena_printf(cell->arena, "%s %s", in ? "<" : ">",
	                          cell->text[0] != '\0' ? cell->text : _("nobody"));
}

static void tray_clients(struct table_cell *cell)
{
	if (cell->text[0] != '\0')
		return;
	cell->text = _("not known");
	cell->style = STYLE_DIM;
}

static const struct table_column tray_columns[] = {
	{ "moment", N_("Day"), ALIGN_LEFT, 10, 10, 0, 2, tray_day },
	{ "who", N_("With whom"), ALIGN_LEFT, 18, 34, 2, 0, tray_who },
	{ "subject", N_("Subject"), ALIGN_LEFT, 20, 48, 3, 0, NULL },
	{ "clients", N_("Client"), ALIGN_LEFT, 14, 24, 1, 0, tray_clients },
	{ "state_note", N_("Note"), ALIGN_LEFT, 10, 30, 1, 1, tray_note },
	{ 0 },
};

static const struct list_filter tray_filters[] = {
	{ "waiting", N_("to assign"), ROLE_REP, 0 },
	{ "set_aside", N_("what was set aside"), ROLE_REP, 0 },
	{ "logged", N_("logged"), ROLE_REP, 0 },
	{ "everybody-waiting", N_("everybody's, to assign"), ROLE_MANAGER, 0 },
	{ "everybody-set_aside", N_("everybody's, set aside"), ROLE_MANAGER, 0 },
	{ 0 },
};

static struct batch *tray_page(struct view *view, const struct table_want *want)
{
	const char *filter = list_filter(view);
	bool everybody = strncmp(filter, "everybody-", 10) == 0;

	return mail_page(list_forward(want), list_edge(want, "key"), list_limit(want),
	                 everybody ? filter + 10 : filter, everybody);
}

static const struct rows *tray_row(const struct view *view, int *row)
{
	return table_current(list_table(view), row);
}

static enum command tray_act(struct view *view, enum command command)
{
	const struct view_ops *form = command == COMMAND_ASSIGN_MAIL    ? &view_assign_mail
	                            : command == COMMAND_SET_ASIDE_MAIL ? &view_set_aside_mail
	                                                                : NULL;
	int row = 0;
	const struct rows *rows = tray_row(view, &row);

	if (form == NULL)
		return command;
	if (rows != NULL)
		mail_push(view, form, rows, row, list_key(view));
	return COMMAND_NONE;
}

static bool tray_offers(const struct view *view, enum command command)
{
	int row = 0;
	const struct rows *rows = tray_row(view, &row);

	switch (command) {
	case COMMAND_ASSIGN_MAIL:
	case COMMAND_SET_ASIDE_MAIL: return rows != NULL && mail_is_open(rows, row);
	default: return command == COMMAND_OPEN || command_in_section(command, view->ops->name);
	}
}

static void tray_preview(struct view *view, struct canvas *canvas)
{
	int width = canvas_width(canvas) - 1, row;

	row = page_text(canvas, 1, 0, width, STYLE_STRONG, list_text(view, "subject"));
	row = page_field(canvas, row, 0, width, 13, _("Attachments"), list_text(view, "attachments"));
	page_text(canvas, row + 1, 0, width, STYLE_NORMAL, list_text(view, "body"));
}

static const struct list_spec tray_spec = {
	.columns = tray_columns,
	.page = tray_page,
	.filters = tray_filters,
	.empty = N_("No mail here. What trato log-mail cannot assign by itself comes here."),
	.opens = &view_mail,
	.act = tray_act,
	.offers = tray_offers,
	.preview = tray_preview,
};

const struct view_ops view_tray = {
	.name = "tray",
	.title = N_("Mail to assign"),
	.watch = WATCH_DATA | WATCH_CLOCK,
	LIST_VIEW(tray_spec),
};
