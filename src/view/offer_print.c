/*
 * The key that makes a PDF of the offer on the screen. groff works beside the
 * program; leaving the screen gives it up.
 */
#include "offer.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <conf/conf.h>
#include <model/offer_paper.h>
#include <model/offer_pdf.h>
#include <view/app.h>
#include <view/dialog_view.h>

/* Where the person is; else at home, where everybody may write. */
static const char *print_folder(struct arena *arena)
{
	char here[PATH_MAX];
	const char *home = getenv("HOME");

	if (getcwd(here, sizeof(here)) != NULL && access(here, W_OK | X_OK) == 0)
		return arena_copy(arena, here[1] != '\0' ? here : "");
	return home != NULL && home[0] == '/' ? home : "/tmp";
}

static void print_done(void *ctx, bool made, const char *complaints, const struct err *err)
{
	struct view *view = ctx;
	struct offer_screen *screen = view->state;
	struct arena *arena = arena_new();

	screen->pdf = NULL;
	if (!made)
		view_say(view, SAY_ERROR, "%s", err->text);
	else if (complaints[0] != '\0')
		view_say(view, SAY_WARNING,
		         _("The offer is in %s, but the template is not right: %s"),
		         screen->pdf_path, text_clean(arena, complaints, TEXT_ONE_LINE));
	else
		view_say(view, SAY_GOOD, _("The offer is in %s."), screen->pdf_path);
	arena_free(&arena);
}

static bool client_reads_spanish(const struct view *view)
{
	const struct offer_screen *screen = view->state;

	return strcmp(offer_paper_language(screen->results[OFFER_HEAD]), "es") == 0;
}

void offer_ask_language(struct view *view, int question)
{
	/* Languages are called what they call themselves. */
	static const struct dialog_button spanish_first[] = { { 1, 's', "Español" },
		                                              { 2, 'e', "English" },
		                                              { 0, 0, NULL } };
	static const struct dialog_button english_first[] = { { 1, 'e', "English" },
		                                              { 2, 's', "Español" },
		                                              { 0, 0, NULL } };

	dialog_ask(view, question, _("In which language?"), "",
	           client_reads_spanish(view) ? spanish_first : english_first);
}

const char *offer_chosen_language(const struct view *view, int button)
{
	if (button == 0)
		return NULL;
	return (button == 1) == client_reads_spanish(view) ? "es" : "en";
}

void offer_print(struct view *view, const struct answer *answer)
{
	struct offer_screen *screen = view->state;
	struct arena *arena = arena_new();
	const struct rows *head = answer->results[PAPER_HEAD];
	struct buf source = { 0 };
	struct err err = { 0 };
	const char *path;

	if (head->count == 0 || screen->pdf != NULL)
		goto out;
	path = arena_printf(arena, "%s/%s", print_folder(arena), offer_paper_name(arena, head));
	free(screen->pdf_path);
	screen->pdf_path = mem_copy(text_clean(arena, path, TEXT_ONE_LINE));
	offer_paper_write(&source, screen->pdf_language, answer->results);
	screen->pdf =
	    offer_pdf_start(app_loop(view->app), source.text, view_conf(view)->offer_template,
	                    screen->pdf_language, path, print_done, view, &err);
	if (screen->pdf == NULL)
		view_say(view, SAY_ERROR, "%s", err.text);
	else
		view_say(view, SAY_INFO, "%s", _("The PDF is being made …"));
out:
	buf_free(&source);
	arena_free(&arena);
}
