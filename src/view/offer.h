/*
 * What the offer's screens share. Only offer*.c include it.
 */
#ifndef TRATO_VIEW_OFFER_H
#define TRATO_VIEW_OFFER_H

#include <model/offer.h>
#include <model/offer_diff.h>
#include <model/offer_pdf.h>
#include <model/offer_sum.h>
#include <view/form_view.h>

#include "page.h"

struct offer_screen {
	char id[24];
	struct arena *arena;                       /* of the latest answer */
	const struct rows *results[OFFER_RESULTS]; /* by enum offer_result; NULL before it */
	char request_id[37];                       /* of the write that runs */
	struct page page;
	char *subtitle;
	const char *pdf_language; /* "es", "en": of the PDF that was asked for last */
	struct offer_pdf *pdf;    /* that is being made */
	char *pdf_path;           /* for the eye */
};

/* offer_draw.c */
void offer_draw(struct view *view, struct canvas *canvas);
/* offer_draw_lines.c; returns the row below. */
int offer_draw_lines(const struct offer_screen *screen, struct canvas *canvas, int row, int width);
/* "1.000,00 €" */
const char *offer_amount(struct arena *arena, int64_t cents, const char *currency);
/* "VAT 21 %" */
const char *offer_rate_label(struct arena *arena, const struct offer_rate *rate);

/* offer_draw_sum.c: the totals while they are typed; complete: every line could be computed. */
void offer_draw_sum(struct canvas *canvas, int row, const struct offer_sum *sum, bool complete,
                    const char *currency);

/* offer_compare.c: two revisions side by side. */
struct offer_pair {
	int64_t before, after;
};
extern const struct view_ops view_offer_compare; /* struct offer_pair */
/* "2026-00042/2 · superseded" */
const char *offer_revision(struct arena *arena, const struct rows *revisions, int row);

/* offer_compare_draw.c; only_changes: what is alike is one row. Returns the rows used. */
struct offer_compared {
	const struct rows *results[SIDES_RESULTS];
	struct offer_diff diff;
};
int offer_compare_draw(struct canvas *canvas, const struct offer_compared *compared,
                       bool only_changes);
/* The rows above that stay in sight. */
void offer_compare_draw_heads(struct canvas *canvas, const struct offer_compared *compared);

/* offer_print.c: asks in which language, the client's first; the chosen one, NULL for none; begins
 * to make the PDF of what offer_paper_read brought. */
void offer_ask_language(struct view *view, int question);
const char *offer_chosen_language(const struct view *view, int button);
void offer_print(struct view *view, const struct answer *answer);

/* The boxes of offer_steps.c; arg: struct offer_step_arg. The first one finishes with "t" where the
 * action can be won now, else "f"; the others with the offer's id. */
extern const struct view_ops view_offer_approve;
extern const struct view_ops view_offer_reject;
extern const struct view_ops view_offer_withdraw;
extern const struct view_ops view_offer_extend;
struct offer_step_arg {
	int64_t offer;
	int64_t version; /* as it was seen */
	int64_t today;   /* in the team's time zone: 20261125 */
};
/* offer_revoke.c; the same arg. Why it cannot be, as a sentence, or NULL: by the row that OFFER_HEAD
 * has. */
extern const struct view_ops view_offer_revoke;
const char *offer_revoke_why_not(const struct rows *head);
/* offer_copy.c; arg: the screen above; finishes with the id of the new draft. */
extern const struct view_ops view_offer_copy;

#endif
