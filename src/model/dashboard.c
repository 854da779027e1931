/*
 * The requests for the figures of sales.
 */
#include <model/dashboard.h>

#include <stddef.h>

#include <queries.h>

#define REPS_MOST "40"

struct batch *dashboard_read(const struct dashboard_filter *filter)
{
	static const struct statement *const of_period[] = {
		&sql_dashboard_areas,
		&sql_dashboard_conversion,
	};
	static const struct statement *const of_now[] = {
		&sql_dashboard_notices, &sql_dashboard_work,      &sql_dashboard_quiet,
		&sql_dashboard_holds,   &sql_dashboard_approvals,
	};
	struct batch *batch = batch_new(BATCH_READ);
	const char *from = filter->from, *to = filter->to;
	const char *area = filter->area, *rep = filter->rep;

	batch_with(batch, &sql_dashboard_clock, from, to, area, rep);
	batch_with(batch, &sql_dashboard_pipeline, from, to, area, rep);
	batch_with(batch, &sql_dashboard_months, area, rep);
	batch_with(batch, &sql_dashboard_reps, from, to, area, rep, REPS_MOST);
	for (size_t i = 0; i < sizeof(of_period) / sizeof(of_period[0]); i++)
		batch_with(batch, of_period[i], from, to, area, rep);
	for (size_t i = 0; i < sizeof(of_now) / sizeof(of_now[0]); i++)
		batch_with(batch, of_now[i], area, rep);
	return batch;
}

const enum dashboard_result dashboard_moving[DASHBOARD_MOVING] = {
	DASHBOARD_CLOCK, DASHBOARD_MONTHS, DASHBOARD_NOTICES, DASHBOARD_HOLDS, DASHBOARD_APPROVALS,
};

struct batch *dashboard_read_moving(const struct dashboard_filter *filter)
{
	struct batch *batch = batch_new(BATCH_READ);
	const char *area = filter->area, *rep = filter->rep;

	batch_with(batch, &sql_dashboard_clock, filter->from, filter->to, area, rep);
	batch_with(batch, &sql_dashboard_months, area, rep);
	batch_with(batch, &sql_dashboard_notices, area, rep);
	batch_with(batch, &sql_dashboard_holds, area, rep);
	batch_with(batch, &sql_dashboard_approvals, area, rep);
	return batch;
}

struct batch *dashboard_changed(const char *mark)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_dashboard_changed, mark);
	return batch;
}
