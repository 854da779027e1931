/*
 * Invoicing notices: the requests that the inbox and the notice's screen send.
 * Parameters are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_NOTICE_H
#define TRATO_MODEL_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include <base/rows.h>
#include <db/batch.h>
#include <model/session.h>

/* The row behind (forward) or before which a page begins; all NULL for the first (last) page. */
struct notice_edge {
	const char *rank, *waits_since, *key;
};

/* Which of them, see below; area and rep (the action's owner) are ids; NULL: any. */
struct notice_list {
	const char *typed, *which, *area, *rep;
};

/* Pages of notices, all with the same columns. Their age counts from the approval, or from the
 * answer where it was returned. Those that wait come by state, then the oldest first. which:
 * "waiting", or of these "mine" (that the asker has taken), "others", "late", or one state. */
struct batch *notice_page_waiting(bool forward, const struct notice_edge *edge, const char *limit,
                                  const struct notice_list *list);
/* "all", "invoiced", "void": the newest first. */
struct batch *notice_page_all(bool forward, const char *key, const char *limit,
                              const struct notice_list *list);
/* Those of the asker's own actions: returned ones first, then the newest. "all", "waiting" or one
 * state. */
struct batch *notice_page_own(bool forward, const struct notice_edge *edge, const char *limit,
                              const struct notice_list *list);

enum notice_result {
	NOTICE_ROW, /* one row, or none */
	NOTICE_LINES,
	NOTICE_VAT,
	NOTICE_CONTACTS,
	NOTICE_INVOICES,
	NOTICE_HISTORY,
	NOTICE_CORRECTIONS,
	NOTICE_RESULTS
};

/* Everything that an invoice needs, as the results above. */
struct batch *notice_read(const char *id);

/* What can be done with a notice in that state; mine: it was taken by the asker, or belongs to an
 * action of his. The database decides; this is only what is offered. */
enum notice_deed {
	NOTICE_TAKE = 1,
	NOTICE_PUT_BACK = 2,
	NOTICE_RETURN = 4,
	NOTICE_ANSWER = 8,
	NOTICE_INVOICE = 16,
	NOTICE_CORRECT = 32, /* an invoice that was mistyped */
};
unsigned notice_deeds(unsigned roles, const char *state, bool taken_by_me, bool member);

struct batch *notice_see(const char *request_id, const char *id);
struct batch *notice_take(const char *request_id, const char *id);
struct batch *notice_put_back(const char *request_id, const char *id, const char *version);
struct batch *notice_return(const char *request_id, const char *id, const char *version,
                            const char *reason, const char *note);
struct batch *notice_answer(const char *request_id, const char *id, const char *version,
                            const char *note);

#endif
