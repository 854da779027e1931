/*
 * trato offer print: an offer as a PDF, through groff and the template.
 */
#include "cli_private.h"

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <model/offer_paper.h>
#include <queries.h>

static bool read_offer(struct script *script, struct arena *arena, const char *number,
                       const struct rows *results[PAPER_RESULTS], struct err *err)
{
	static const struct statement *const statements[PAPER_RESULTS] = {
		[PAPER_HEAD] = &sql_offer_paper,
		[PAPER_LINES] = &sql_offer_lines,
		[PAPER_DIVISIONS] = &sql_offer_divisions,
		[PAPER_RATES] = &sql_offer_rates,
	};
	const char *id;

	if (!cli_find_offer(script, arena, number, &id, err))
		return false;
	for (int i = 0; i < PAPER_RESULTS; i++)
		if (!cli_call(script, arena, statements[i], &id, &results[i], err))
			return false;
	return true;
}

bool cli_offer_print(const struct cli_arguments *arguments, struct err *err)
{
	const char *path = arguments->output, *language;
	const struct rows *results[PAPER_RESULTS] = { 0 };
	struct buf source = { 0 };
	struct script *script;
	struct arena *arena;
	bool done, out = path != NULL && strcmp(path, "-") == 0;

	if (!cli_may_print(arguments, err) || !cli_paper_language(arguments, &language, err))
		return false;
	script = cli_open_as_person(arguments->context, err);
	if (script == NULL)
		return false;
	arena = arena_new();
	done = read_offer(script, arena, arguments->words[0], results, err);
	script_close(&script);
	if (done) {
		if (path == NULL)
			path = offer_paper_name(arena, results[PAPER_HEAD]);
		offer_paper_write(&source, language, results);
		done = cli_print_paper(source.text, arguments->context->conf->offer_template, language,
		                       out ? NULL : path, err);
	}
	if (done && !out)
		cli_say(_("The offer is in %s."), path);
	buf_free(&source);
	arena_free(&arena);
	return done;
}
