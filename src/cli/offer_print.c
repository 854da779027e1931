/*
 * trato offer print: an offer as a PDF, through groff and the template.
 */
#include "cli_private.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/text.h>
#include <model/offer_paper.h>
#include <model/offer_pdf.h>
#include <queries.h>

struct printing {
	struct loop *loop;
	bool ended, made;
	int signal; /* that came in between; 0: none */
	struct err *err;
};

static void printing_done(void *ctx, bool made, const char *complaints, const struct err *err)
{
	struct printing *printing = ctx;

	printing->ended = true;
	printing->made = made;
	if (!made)
		*printing->err = *err;
	/* For whoever changes the template. */
	fputs(complaints, stderr);
	loop_stop(printing->loop);
}

static void printing_interrupted(void *ctx, int number)
{
	struct printing *printing = ctx;

	printing->signal = number;
	loop_stop(printing->loop);
}

static bool read_offer(struct script *script, struct arena *arena, const char *number,
                       const struct rows *results[PAPER_RESULTS], struct err *err)
{
	static const struct statement *const statements[PAPER_RESULTS] = {
		[PAPER_HEAD] = &sql_offer_paper,
		[PAPER_LINES] = &sql_offer_lines,
		[PAPER_DIVISIONS] = &sql_offer_divisions,
		[PAPER_RATES] = &sql_offer_rates,
	};
	const struct rows *found = NULL;
	const char *id;

	if (!text_is_valid(number, strlen(number)))
		return err_set(err, ERR_USAGE, "%s", _("The number is no readable text."));
	if (!cli_call(script, arena, &sql_offer_find, &number, &found, err))
		return false;
	if (found->count == 0)
		return err_set(err, ERR_REFUSED,
		               _("There is no offer %s that you may see. A number looks like "
		                 "2026-00042, or 2026-00042/2 for a revision."),
		               text_clean(arena, number, TEXT_ONE_LINE));
	id = rows_text(found, 0, "id");
	for (int i = 0; i < PAPER_RESULTS; i++)
		if (!cli_call(script, arena, statements[i], &id, &results[i], err))
			return false;
	return true;
}

static bool print(const struct cli_arguments *arguments, const char *source, const char *language,
                  const char *path, struct err *err)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct printing printing = { .loop = loop_new(), .err = err };
	struct offer_pdf *pdf;

	/* Before groff starts, which would go on without its parent. */
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		loop_on_signal(printing.loop, signals[i], printing_interrupted, &printing);
	pdf = offer_pdf_start(printing.loop, source, arguments->context->conf->offer_template,
	                      language, path, printing_done, &printing, err);
	if (pdf != NULL)
		loop_run(printing.loop);
	if (!printing.ended)
		offer_pdf_stop(&pdf);
	loop_free(&printing.loop);
	/* It ends as it would have, but with nothing left behind. */
	if (printing.signal != 0)
		raise(printing.signal);
	return printing.made;
}

bool cli_offer_print(const struct cli_arguments *arguments, struct err *err)
{
	const char *path = arguments->output, *language = arguments->language;
	const struct rows *results[PAPER_RESULTS] = { 0 };
	struct buf source = { 0 };
	struct script *script;
	struct arena *arena;
	bool done, out = path != NULL && strcmp(path, "-") == 0;

	if (arguments->context->restricted)
		return err_set(err, ERR_DENIED,
		               _("With --restricted no other program is started, so nothing is "
		                 "printed."));
	if (language != NULL && strcmp(language, "es") != 0 && strcmp(language, "en") != 0)
		return err_set(err, ERR_USAGE, _("The language is es or en."));
	if (out && isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE,
		               _("A PDF is nothing for a terminal: name a file with -o."));
	script = cli_open_as_person(arguments->context, err);
	if (script == NULL)
		return false;
	arena = arena_new();
	done = read_offer(script, arena, arguments->words[0], results, err);
	script_close(&script);
	if (done) {
		if (path == NULL)
			path = offer_paper_name(arena, results[PAPER_HEAD]);
		if (language == NULL)
			language = i18n_language();
		offer_paper_write(&source, language, results);
		done = print(arguments, source.text, language, out ? NULL : path, err);
	}
	if (done && !out)
		cli_say(_("The offer is in %s."), path);
	buf_free(&source);
	arena_free(&arena);
	return done;
}
