/*
 * A version of a communication as it is read, and beside it what tells it from
 * the version before and the one after.
 */
#include "communication.h"

#include <string.h>

#include <base/i18n.h>
#include <model/words.h>

#include "page.h"

enum { INDENT = 17, LINE_MOST = 100 /* long lines are hard to read */ };

struct neighbours {
	const struct rows *rows;
	int version; /* the newest is 0 */
};

static const char *of_version(const struct neighbours *all, int version, const char *column)
{
	return version >= 0 && version < all->rows->count ? rows_text(all->rows, version, column)
	                                                  : NULL;
}

/* "+": the version before has it otherwise; "-": the one after; "±": both. */
static void draw_mark(struct canvas *canvas, int row, bool is_new, bool is_old)
{
	if (is_new && is_old)
		canvas_text(canvas, row, 0, 1, STYLE_WARNING, canvas_glyph(canvas, "±", "*"));
	else if (is_new || is_old)
		canvas_text(canvas, row, 0, 1, is_new ? STYLE_GOOD : STYLE_WARNING, is_new ? "+" : "-");
}

static void mark_column(struct canvas *canvas, int row, const struct neighbours *all,
                        const char *column)
{
	const char *own = rows_text(all->rows, all->version, column);
	const char *before = of_version(all, all->version + 1, column);
	const char *after = of_version(all, all->version - 1, column);

	draw_mark(canvas, row, before != NULL && strcmp(before, own) != 0,
	          after != NULL && strcmp(after, own) != 0);
}

static const char *by_whom(struct arena *arena, const struct rows *rows, int row)
{
	return arena_printf(arena, _("%s by %s"), page_date(arena, rows_text(rows, row, "logged")),
	                    rows_text(rows, row, "author"));
}

/* Channel and direction stand in one line. */
static const char *whole_channel(struct arena *arena, const struct rows *rows, int version)
{
	return arena_printf(arena, "%s, %s", words_channel(rows_text(rows, version, "channel")),
	                    words_direction(rows_text(rows, version, "direction")));
}

static int draw_fields(struct canvas *canvas, const struct neighbours *all, int row, int width)
{
	struct arena *arena = canvas_arena(canvas);
	const struct rows *rows = all->rows;
	int version = all->version;
	const char *title = rows_text(rows, version, "job_title");
	const char *minutes = rows_text(rows, version, "duration_minutes");
	const struct {
		const char *label, *text, *column;
	} fields[] = {
		{ _("Channel"), whole_channel(arena, rows, version), "channel" },
		{ _("When"), page_date(arena, rows_text(rows, version, "moment")), "moment" },
		{ _("Contact"),
		  arena_printf(arena, "%s%s%s", rows_text(rows, version, "contact"),
		               title[0] != '\0' ? ", " : "", title),
		  "contact_id" },
		{ _("Duration"),
		  minutes[0] != '\0' ? arena_printf(arena, _("%s minutes"), minutes) : "",
		  "duration_minutes" },
		{ _("Tracking number"), rows_text(rows, version, "tracking_number"),
		  "tracking_number" },
		{ _("Message-ID"), rows_text(rows, version, "message_id"), "message_id" },
		{ _("Attachments"), rows_text(rows, version, "attachments"), "attachments" },
		{ _("Logged"), by_whom(arena, rows, version), NULL },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		int next = page_field(canvas, row, 1, width, INDENT, fields[i].label, fields[i].text);

		if (next > row && fields[i].column != NULL)
			mark_column(canvas, row, all, fields[i].column);
		if (i == 0)
			mark_column(canvas, row, all, "direction");
		row = next;
	}
	return row;
}

/* Whether one of the text's lines is that one. */
static bool has_line(const char *text, const char *line, size_t length)
{
	for (const char *at = text;; at++) {
		size_t end = strcspn(at, "\n");

		if (end == length && memcmp(at, line, length) == 0)
			return true;
		at += end;
		if (*at == '\0')
			return false;
	}
}

static int draw_body(struct canvas *canvas, const struct neighbours *all, int row, int width)
{
	struct arena *arena = canvas_arena(canvas);
	const char *before = of_version(all, all->version + 1, "body");
	const char *after = of_version(all, all->version - 1, "body");

	for (const char *line = rows_text(all->rows, all->version, "body"); *line != '\0';) {
		size_t length = strcspn(line, "\n");

		if (length > 0)
			draw_mark(canvas, row, before != NULL && !has_line(before, line, length),
			          after != NULL && !has_line(after, line, length));
		if (length > 0)
			row = page_text(canvas, row, 1, width < LINE_MOST ? width : LINE_MOST,
			                STYLE_NORMAL, arena_copy_n(arena, line, length));
		else
			row++;
		line += length;
		line += *line == '\n';
	}
	return row;
}

int communication_draw_version(struct canvas *canvas, const struct rows *rows, int version, int row,
                               int width)
{
	const struct neighbours all = { rows, version };

	mark_column(canvas, row, &all, "subject");
	row = page_text(canvas, row, 1, width, STYLE_STRONG, rows_text(rows, version, "subject"));
	row = draw_fields(canvas, &all, row, width);
	return rows_text(rows, version, "body")[0] != '\0' ? draw_body(canvas, &all, row + 1, width)
	                                                    : row;
}
