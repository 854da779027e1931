/*
 * The periods of the dashboard, as days.
 */
#include <stdio.h>
#include <string.h>

#include <base/date.h>
#include <base/i18n.h>

#include "dashboard.h"
#include "page.h"

void dashboard_choose_period(struct dashboard_choice *choice, enum dashboard_period period,
                             struct date today)
{
	struct date from = { today.year, today.month, 1 };

	choice->period = period;
	switch (period) {
	case PERIOD_FREE: return;
	case PERIOD_MONTH: break;
	case PERIOD_QUARTER: from.month -= (from.month - 1) % 3; break;
	case PERIOD_YEAR: from.month = 1; break;
	case PERIOD_YEAR_BACK:
		/* What the database takes without any. */
		choice->from[0] = choice->to[0] = '\0';
		return;
	}
	date_to_iso(from, choice->from);
	date_to_iso(today, choice->to);
}

const char *dashboard_period_words(struct arena *arena, const struct dashboard_choice *choice)
{
	static const char *const words[] = { N_("the last twelve months"), N_("this month"),
		                             N_("this quarter"), N_("this year") };

	if (choice->period != PERIOD_FREE)
		return _(words[choice->period]);
	return arena_printf(arena, "%s – %s", page_date(arena, choice->from),
	                    page_date(arena, choice->to));
}
