/*
 * What the wall's screen shows before its first figures: why there are none yet,
 * and that it goes on trying. Nobody need be there, after a power cut or a
 * server's restart.
 */
#include <string.h>

#include <base/i18n.h>
#include <ui/layout.h>
#include <view/views.h>

#include "app_private.h"

struct wall {
	struct err why;
};

static void wall_draw(struct view *view, struct canvas *canvas)
{
	const struct wall *wall = view->state;
	struct rect all = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	struct rect box = layout_centre(all, 8, 64);

	canvas_box(canvas, box, _("Dashboard"));
	box = (struct rect){ box.row + 1, box.column + 2, box.height - 2, box.width - 4 };
	if (wall->why.text[0] == '\0') {
		canvas_text(canvas, box.row, box.column, box.width, STYLE_DIM, _("Connecting …"));
		return;
	}
	canvas_text(canvas, box.row, box.column, box.width, STYLE_NORMAL,
	            _("It is tried again and again; the figures come by themselves."));
	layout_cut_top(&box, 2);
	canvas_paragraph(canvas, box, 0, STYLE_ERROR, wall->why.text);
}

static bool wall_offers(const struct view *view, enum command command)
{
	(void)view;
	(void)command;
	return false;
}

static void wall_connection(struct view *view, enum db_state state, enum db_fault fault,
                            const char *text)
{
	struct wall *wall = view->state;

	if (state == DB_DOWN && fault != DB_FAULT_NONE)
		link_explain(fault, text, &wall->why);
}

const struct view_ops view_wall_waits = {
	.name = "wall",
	.title = N_("Dashboard"),
	.flags = VIEW_PRIVATE,
	.size = sizeof(struct wall),
	.draw = wall_draw,
	.offers = wall_offers,
	.connection = wall_connection,
};
