/*
 * groff at work: a source becomes a PDF in a file that is whole or not there.
 * The loop goes on meanwhile.
 */
#ifndef TRATO_MODEL_OFFER_PDF_H
#define TRATO_MODEL_OFFER_PDF_H

#include <base/arena.h>
#include <base/err.h>
#include <base/loop.h>

struct offer_pdf;

/* made: what groff complained of all the same ("" for nothing). Else the sentence. */
typedef void offer_pdf_done(void *ctx, bool made, const char *complaints, const struct err *err);

/*
 * source: from offer_paper_write. template: the option offer_template; "" for the one that came
 * with Trato. language: "es" or "en", that of the source. path: a file that may exist and is
 * replaced then; NULL: standard output. NULL is returned, with err set, where it cannot begin; else
 * `done` is called once, and frees it.
 */
struct offer_pdf *offer_pdf_start(struct loop *loop, const char *source, const char *template,
                                  const char *language, const char *path, offer_pdf_done *done,
                                  void *ctx, struct err *err);
/* Of what came with Trato; lives as long as the arena. */
const char *offer_pdf_template(struct arena *arena, const char *name);
/* Gives up; nothing stays, `done` is not called. */
void offer_pdf_stop(struct offer_pdf **held);

#endif
