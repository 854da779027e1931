/*
 * Offers: the requests that the offer's screen and its forms send. Parameters
 * are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_OFFER_H
#define TRATO_MODEL_OFFER_H

#include <stdbool.h>

#include <db/batch.h>

/* What an offer's screen shows: results by enum offer_result. No row about it: it is not there. */
enum offer_result {
	OFFER_HEAD,
	OFFER_LINES,
	OFFER_DIVISIONS,
	OFFER_HISTORY,
	OFFER_INVOICES,
	OFFER_REVISIONS,
	OFFER_RESULTS
};
struct batch *offer_read(const char *id);

/* Two revisions of one offer: results by enum offer_side_result. */
enum offer_side_result {
	SIDES_REVISIONS,
	SIDE_BEFORE,
	SIDE_BEFORE_LINES,
	SIDE_AFTER,
	SIDE_AFTER_LINES,
	SIDES_RESULTS
};
struct batch *offer_sides(const char *before, const char *after);

/* What stands in the form: one row (none where the draft or action is not there), the lines as
 * above, and the divisions for a check list with "ticked". offer NULL: a new one of that action. */
struct batch *offer_draft(const char *offer, const char *action);

struct offer_data {
	const char *title, *divisions; /* an array literal of ids */
	/* array literals, one element a line */
	const char *descriptions, *quantities, *unit_prices, *discounts, *vats;
	const char *currency, *probability, *expected_close, *valid_until, *payment_terms, *notes;
};

/* Writes answer the offer's id first. version: what it was read in. */
struct batch *offer_save(const char *request_id, const char *offer, const char *version,
                         const char *action, const struct offer_data *data);
/* Answers id, number. */
struct batch *offer_present(const char *request_id, const char *offer, const char *version);
/* Answers the id of the new draft. */
struct batch *offer_revise(const char *request_id, const char *offer, const char *version);
/* Answers the id of the new draft. action NULL: the offer's own. divisions: an array literal. */
struct batch *offer_copy(const char *request_id, const char *offer, const char *action,
                         const char *divisions);
/* Columns id, label, note: the asker's open actions that match what was typed. */
struct batch *offer_copy_targets(const char *typed);
/* For a check list with "ticked": what that action holds (NULL: the offer's own). */
struct batch *offer_copy_divisions(const char *offer, const char *action);
/* Answers id, can_be_won: no other offer of the action is open. */
struct batch *offer_approve(const char *request_id, const char *offer, const char *version,
                            const char *accepted_on, const char *accepted_by,
                            const char *reference);
struct batch *offer_reject(const char *request_id, const char *offer, const char *version,
                           const char *reason, const char *note);
struct batch *offer_withdraw(const char *request_id, const char *offer, const char *version,
                             const char *reason, const char *note);
struct batch *offer_revoke_approval(const char *request_id, const char *offer, const char *version,
                                    const char *note);
struct batch *offer_extend(const char *request_id, const char *offer, const char *version,
                           const char *valid_until);
/* Columns id, label: who of the client may have accepted; the id is the name. */
struct batch *offer_contacts(const char *offer);

/* A page of offers. which: a state, "expired", "withdrawn-presented", or "all" but those that a
 * later revision replaced; presented is without the expired ones. The others may be NULL: since and
 * until are days of the decision, both or none; area ("0": those without one) and rep (the action's
 * owner) ids. The edge is the columns "at" and "key". */
struct offer_list {
	const char *typed, *which, *since, *until, *area, *rep;
};
struct batch *offer_page(bool forward, const struct offer_list *list, const char *at,
                         const char *key, const char *limit);

#endif
