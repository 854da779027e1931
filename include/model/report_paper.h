/*
 * The figures of sales on one sheet of paper, as groff is told: key figures, the
 * last months, sales by rep and by area, offers by state, notices that wait.
 */
#ifndef TRATO_MODEL_REPORT_PAPER_H
#define TRATO_MODEL_REPORT_PAPER_H

#include <base/buf.h>
#include <base/rows.h>

/* What it is made of: the statements of the dashboard. */
enum report_paper_result {
	REPORT_CLOCK,
	REPORT_PIPELINE,
	REPORT_MONTHS,
	REPORT_REPS,
	REPORT_AREAS,
	REPORT_NOTICES,
	REPORT_WORK,
	REPORT_RESULTS
};

/* What follows share/report.groff. One page, however many rows there are: those that do not fit are
 * summed up as others. of_whom: what it was narrowed to, or "". */
void report_paper_write(struct buf *out, const char *of_whom,
                        const struct rows *const results[REPORT_RESULTS]);

#endif
