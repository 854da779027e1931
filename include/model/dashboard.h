/*
 * The figures of sales, as one snapshot: what the dashboard shows and what
 * `trato report` prints. Everybody gets those of what he may see; a rep's are
 * his own.
 *
 * An amount of several areas is shared among them (area_parts in the schema).
 * A rep's are those of the actions that he owns now. Revisions that a later
 * one replaced do not count. Amounts in cents, of the currency that
 * DASHBOARD_CLOCK names where a row names none.
 */
#ifndef TRATO_MODEL_DASHBOARD_H
#define TRATO_MODEL_DASHBOARD_H

#include <db/batch.h>

struct dashboard_filter {
	const char *from, *to; /* days, "2026-11-25"; NULL: the last twelve months and this one */
	const char *area, *rep; /* ids; NULL: all */
};

enum dashboard_result {
	/* One row: clock ("14:05:59", the team's), today, period_from, period_to, currency,
	 * standby, mark; approvals: month_offers, month_cents, last_month_offers and
	 * last_month_cents (until the same day), year_offers, year_cents */
	DASHBOARD_CLOCK,
	/* state (draft presented expired approved rejected withdrawn), currency, offers, cents;
	 * live ones as they are now, others that were decided in the period */
	DASHBOARD_PIPELINE,
	/* 13 rows, this month last: month ("2026-11"), offers, cents: approvals */
	DASHBOARD_MONTHS,
	/* The best first, 40 at most: rep_id, rep, offers and cents (approved in the period),
	 * presented and presented_cents (on the table now, not expired), open_actions */
	DASHBOARD_REPS,
	/* The same of area_id (NULL: none) and area, without open_actions; an offer counts in
	 * each of its areas */
	DASHBOARD_AREAS,
	/* One row: presented (for the first time in the period), and what became of them, by the
	 * last presented revision: approved, rejected, withdrawn, expired, live; each with its
	 * _cents. The five make the whole. */
	DASHBOARD_CONVERSION,
	/* Those that wait: state, currency, notices, cents (left to invoice), oldest (seconds),
	 * late (0, 1, 2) */
	DASHBOARD_NOTICES,
	/* One row: open_actions, quiet_actions, quiet_days, overdue_actions, held, divisions (beyond
	 * 100,000 about so many), requests */
	DASHBOARD_WORK,
	/* Without contact for longest, 60 at most: action_id, action_number, client, rep, age
	 * (seconds) */
	DASHBOARD_QUIET,
	/* Held for longest, 60 at most: action_id, action_number, client, division, holder, age */
	DASHBOARD_HOLDS,
	/* The last 60: notice_id, client, offer_number, currency, total_cents, rep, approved_by,
	 * state, age */
	DASHBOARD_APPROVALS,
	DASHBOARD_RESULTS
};

/* All of it, in the order of enum dashboard_result. */
struct batch *dashboard_read(const struct dashboard_filter *filter);

/* What people watch come in, in the order of dashboard_moving: sums over few offers or over one
 * index, for whoever has so many that all of it takes long to add up. */
enum { DASHBOARD_MOVING = 5 };
extern const enum dashboard_result dashboard_moving[DASHBOARD_MOVING];
struct batch *dashboard_read_moving(const struct dashboard_filter *filter);

/* The cheap question before asking for all of it again: one row, changed and mark. mark: what the
 * figures that are shown came with (DASHBOARD_CLOCK). */
struct batch *dashboard_changed(const char *mark);

#endif
