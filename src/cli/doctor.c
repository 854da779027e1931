/*
 * trato doctor: whatever keeps Trato from working here is told, with what to do
 * about it. It goes on where other commands give up: a configuration that cannot
 * be read is one of its findings.
 */
#include "doctor.h"
#include "csv_formula.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

static const struct {
	const char *key, *title;
} checks[] = {
	[CHECK_CONFIGURATION] = { "configuration", N_("Configuration") },
	[CHECK_TERMINAL] = { "terminal", N_("Terminal") },
	[CHECK_LOCALE] = { "locale", N_("Language") },
	[CHECK_CONNECTION] = { "connection", N_("Connection") },
	[CHECK_TLS] = { "tls", N_("Encryption") },
	[CHECK_SCHEMA] = { "schema", N_("Database") },
	[CHECK_CLOCK] = { "clock", N_("Clock") },
	[CHECK_RIGHTS] = { "rights", N_("Rights") },
};

static const struct {
	const char *key, *word;
} states[] = {
	[DOCTOR_OK] = { "ok", N_("ok") },
	[DOCTOR_WARNING] = { "warning", N_("warning") },
	[DOCTOR_FAULT] = { "fault", N_("fault") },
};

void doctor_tell(struct doctor *doctor, enum doctor_check check, enum doctor_state state,
                 const char *found, const char *advice)
{
	doctor->lines =
	    mem_resize(doctor->lines, (size_t)doctor->count + 1, sizeof(*doctor->lines));
	doctor->lines[doctor->count++] = (struct doctor_line){
		.check = check,
		.state = state,
		.found = text_clean(doctor->arena, found, TEXT_ONE_LINE),
		.advice = text_clean(doctor->arena, advice, TEXT_ONE_LINE),
	};
	doctor->faults += state == DOCTOR_FAULT;
}

/* ---- For people */

static int widest(const char *(*word)(int), int count)
{
	int most = 0;

	for (int i = 0; i < count; i++) {
		int width = text_width(word(i));

		if (width > most)
			most = width;
	}
	return most;
}

static const char *title_of(int check)
{
	return _(checks[check].title);
}

static const char *word_of(int state)
{
	return _(states[state].word);
}

/* For lines to be broken at; 0: not at all, what reads it is a program. */
static int terminal_width(void)
{
	struct winsize size = { 0 };

	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col
	                                                                             : 0;
}

static void print_text(const struct doctor *doctor)
{
	enum { LEAST = 30 };
	int title = widest(title_of, sizeof(checks) / sizeof(checks[0]));
	int word = widest(word_of, sizeof(states) / sizeof(states[0]));
	int left = title + 2 + word + 2;
	int room = terminal_width() - left;

	for (int i = 0; i < doctor->count; i++) {
		const struct doctor_line *line = &doctor->lines[i];
		const char *text =
		    line->advice[0] == '\0'
			? line->found
			: arena_printf(doctor->arena, "%s %s", line->found, line->advice);
		const char *name = title_of((int)line->check), *state = word_of((int)line->state);
		struct text_block block = { 1, &text };

		if (room >= LEAST)
			block = text_wrap(doctor->arena, text, room);
		printf("%s%*s  %s%*s  ", name, title - text_width(name), "", state,
		       word - text_width(state), "");
		for (int row = 0; row < block.count; row++)
			printf("%*s%s\n", row == 0 ? 0 : left, "", block.lines[row]);
	}
}

/* ---- For programs */

static const char *cell_of(const struct doctor_line *line, int column)
{
	const char *const cells[] = { checks[line->check].key, states[line->state].key, line->found,
		                      line->advice };

	return cells[column];
}

static const char *const columns[] = { "check", "state", "found", "advice" };
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static void print_json(const struct doctor *doctor)
{
	struct buf json = { 0 };

	for (int i = 0; i < doctor->count; i++) {
		for (int c = 0; c < COLUMNS; c++) {
			buf_add(&json, c > 0 ? ", " : i > 0 ? "},\n {" : "[{");
			buf_printf(&json, "\"%s\": ", columns[c]);
			buf_add_json(&json, cell_of(&doctor->lines[i], c));
		}
	}
	printf("%s}]\n", json.text);
	buf_free(&json);
}

static void print_csv(const struct doctor *doctor)
{
	for (int c = 0; c < COLUMNS; c++)
		printf("%s%c", columns[c], c < COLUMNS - 1 ? ',' : '\n');
	for (int i = 0; i < doctor->count; i++) {
		for (int c = 0; c < COLUMNS; c++) {
			const char *cell = cell_of(&doctor->lines[i], c);

			if (csv_is_formula(cell))
				cell = arena_printf(doctor->arena, "'%s", cell);
			csv_fwrite(stdout, cell, strlen(cell));
			putchar(c < COLUMNS - 1 ? ',' : '\n');
		}
	}
}

bool cli_doctor(const struct cli_arguments *arguments, struct err *err)
{
	struct doctor doctor = { .context = arguments->context };

	/* Neither the computer nor its server is told about to who comes from far away. */
	if (arguments->context->restricted)
		return err_set(err, ERR_DENIED,
		               _("With --restricted nothing is told about this computer. Whoever "
		                 "looks after it can run trato doctor."));
	doctor.arena = arena_new();
	doctor_configuration(&doctor);
	doctor_terminal(&doctor);
	doctor_locale(&doctor);
	doctor_server(&doctor);
	switch (arguments->format) {
	case CLI_JSON: print_json(&doctor); break;
	case CLI_CSV: print_csv(&doctor); break;
	default: print_text(&doctor);
	}
	free(doctor.lines);
	conf_free(&doctor.conf);
	arena_free(&doctor.arena);
	return doctor.faults == 0 || err_set(err, ERR_REFUSED,
	                                     ngettext("%d thing is not as it has to be.",
	                                              "%d things are not as they have to be.",
	                                              (unsigned long)doctor.faults),
	                                     doctor.faults);
}
