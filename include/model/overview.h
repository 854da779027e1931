/*
 * The figures of the overview, as one snapshot.
 */
#ifndef TRATO_MODEL_OVERVIEW_H
#define TRATO_MODEL_OVERVIEW_H

#include <db/batch.h>

enum overview_result {
	OVERVIEW_OFFERS,  /* state, currency, offers, cents, month_offers, month_cents */
	OVERVIEW_NOTICES, /* state, currency, notices, cents, oldest, late */
	OVERVIEW_WORK,    /* one row: open_actions, quiet_actions, ..., clock */
	OVERVIEW_APPROVALS,
	OVERVIEW_HOLDS,
	OVERVIEW_RESULTS
};

struct batch *overview_read(void);

#endif
