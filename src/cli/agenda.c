/*
 * trato list agenda: one's next steps by day; with --ics as an iCalendar file
 * (RFC 5545) of whole days, for any calendar. The address of an entry stays the
 * same while its day moves, so that reading the file again moves it, too.
 */
#include "cli_private.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/text.h>
#include <queries.h>

enum { ICS_LINE = 74 }; /* bytes before the line end, of the 75 that are allowed */

/* Long lines go on behind a blank; a character is never torn. */
static void ics_line(const char *line)
{
	size_t column = 0;

	while (*line != '\0') {
		uint32_t code_point;
		size_t bytes = text_decode(line, &code_point);

		if (bytes == 0)
			bytes = 1;
		if (column + bytes > ICS_LINE) {
			fputs("\r\n ", stdout);
			column = 1;
		}
		fwrite(line, 1, bytes, stdout);
		line += bytes;
		column += bytes;
	}
	fputs("\r\n", stdout);
}

/* What stands in a value of the kind TEXT. Control characters have no place there. */
static void ics_add(struct buf *out, struct arena *arena, const char *text)
{
	for (const char *at = text_clean(arena, text, TEXT_MANY_LINES); *at != '\0'; at++) {
		if (*at == '\n') {
			buf_add(out, "\\n");
			continue;
		}
		if (strchr("\\;,", *at) != NULL)
			buf_add(out, "\\");
		buf_add_n(out, at, 1);
	}
}

static void ics_text(struct arena *arena, const char *name, const char *first, const char *sign,
                     const char *second)
{
	struct buf line = { 0 };

	buf_add(&line, name);
	ics_add(&line, arena, first);
	if (second[0] != '\0') {
		ics_add(&line, arena, sign);
		ics_add(&line, arena, second);
	}
	ics_line(line.text);
	buf_free(&line);
}

/* YYYY-MM-DD as YYYYMMDD. */
static const char *ics_day(struct arena *arena, const char *iso)
{
	return arena_printf(arena, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
}

static void ics_event(const struct rows *rows, int row, const char *stamp)
{
	struct arena *arena = arena_new();
	const char *number = rows_text(rows, row, "action_number");
	const char *title =
	    arena_printf(arena, _("Action %s: %s"), number, rows_text(rows, row, "title"));

	ics_line("BEGIN:VEVENT");
	ics_line(arena_printf(arena, "UID:action-%s@trato", number));
	ics_line(arena_printf(arena, "DTSTAMP:%s", stamp));
	ics_line(arena_printf(arena, "DTSTART;VALUE=DATE:%s",
	                      ics_day(arena, rows_text(rows, row, "next_step_on"))));
	ics_text(arena, "SUMMARY:", rows_text(rows, row, "next_step"), " — ",
	         rows_text(rows, row, "client"));
	ics_text(arena, "DESCRIPTION:", title, "\n", rows_text(rows, row, "phone"));
	ics_line("TRANSP:TRANSPARENT");
	ics_line("END:VEVENT");
	arena_free(&arena);
}

static bool print_ics(struct script *script, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	bool done = cli_call(script, arena, &sql_list_agenda, NULL, &rows, err);
	time_t now = time(NULL);
	struct tm utc;
	char stamp[24];

	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
	if (done) {
		ics_line("BEGIN:VCALENDAR");
		ics_line("VERSION:2.0");
		ics_line("PRODID:-//Trato//Trato " TRATO_VERSION "//EN");
		for (int row = 0; row < rows->count; row++)
			if (rows_get(rows, row, "next_step_on") != NULL)
				ics_event(rows, row, stamp);
		ics_line("END:VCALENDAR");
	}
	arena_free(&arena);
	return done;
}

bool cli_list_agenda(const struct cli_arguments *arguments, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "next_step_on", N_("Day"), CLI_DAY },
		{ "next_step", N_("Next step"), CLI_WORDS },
		{ "client", N_("Client"), CLI_WORDS },
		{ "phone", N_("Phone"), CLI_WORDS },
		{ "action_number", N_("Action"), CLI_WORDS },
		{ NULL, NULL, CLI_WORDS },
	};
	struct script *script = cli_open_as_person(arguments->context, err);
	bool done = script != NULL &&
	            (arguments->format == CLI_ICS
	                 ? print_ics(script, err)
	                 : cli_print_list(script, &sql_list_agenda, columns, arguments->format,
	                                  NULL, err));

	script_close(&script);
	return done;
}
