/*
 * An offer on paper: what is read of it, and how that is told to groff. What it
 * looks like is the template's affair (share/offer.groff, or the team's own);
 * this gives strings and calls of macros, with everything that comes from the
 * database written so that groff takes it as text and nothing else.
 */
#ifndef TRATO_MODEL_OFFER_PAPER_H
#define TRATO_MODEL_OFFER_PAPER_H

#include <base/arena.h>
#include <base/buf.h>
#include <base/rows.h>
#include <db/batch.h>

/* No row in the first: it is not there. */
enum offer_paper_result { PAPER_HEAD, PAPER_LINES, PAPER_DIVISIONS, PAPER_RATES, PAPER_RESULTS };
struct batch *offer_paper_read(const char *id);

/* What the client of PAPER_HEAD reads, by his country: "es" or "en". */
const char *offer_paper_language(const struct rows *head);
/* What follows the template. Figures and dates are those of the language. */
void offer_paper_write(struct buf *out, const char *language,
                       const struct rows *const results[PAPER_RESULTS]);
/* What the file is called: "2026-00042-2.pdf", "2026-00042-2-draft.pdf", "draft-17.pdf". */
const char *offer_paper_name(struct arena *arena, const struct rows *head);

/* Any text as one or more lines of groff, none of them a request. Exposed for its tests. */
void offer_paper_text(struct buf *out, const char *foreign);
/* The same on one line, as a further argument of a macro. */
void offer_paper_argument(struct buf *out, const char *value);
/* What the body needs before it: how characters are shown that the fonts do not have. */
void offer_paper_missing(struct buf *out, const struct buf *body);

#endif
