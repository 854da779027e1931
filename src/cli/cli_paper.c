/*
 * Printing through groff, for the commands that make a PDF.
 */
#include "cli_private.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>
#include <model/offer_pdf.h>

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

bool cli_may_print(const struct cli_arguments *arguments, struct err *err)
{
	const char *path = arguments->output;

	if (arguments->context->restricted)
		return err_set(err, ERR_DENIED,
		               _("With --restricted no other program is started, so nothing is "
		                 "printed."));
	if (path != NULL && strcmp(path, "-") == 0 && isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE,
		               _("A PDF is nothing for a terminal: name a file with -o."));
	return true;
}

bool cli_paper_language(const struct cli_arguments *arguments, const char **language,
                        struct err *err)
{
	const char *given = arguments->language;

	*language = given != NULL ? given : i18n_language();
	return strcmp(*language, "es") == 0 || strcmp(*language, "en") == 0 ||
	       err_set(err, ERR_USAGE, _("The language is es or en."));
}

bool cli_print_paper(const char *source, const char *template, const char *language,
                     const char *path, struct err *err)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct printing printing = { .loop = loop_new(), .err = err };
	struct offer_pdf *pdf;

	/* Before groff starts, which would go on without its parent. */
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		loop_on_signal(printing.loop, signals[i], printing_interrupted, &printing);
	pdf = offer_pdf_start(printing.loop, source, template, language, path, printing_done,
	                      &printing, err);
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
