/*
 * The look at what is in sight that comes by itself every `refresh` seconds, or less often where the
 * server is slow: see <base/pace.h>. Doorbells, keys and the program's own writes do not wait for it.
 */
#include "app_private.h"

/* While a look is under way the time only makes what is in sight older. */
static void clock_on_timer(void *ctx)
{
	struct app *app = ctx;

	app_enter(app);
	app->clock_timer = loop_after(app->loop, app->pace.every, clock_on_timer, app);
	if (app->looked_at == 0) {
		app->looked_at = loop_now();
		for (int i = stack_visible(app); i >= 0 && i < app->count; i++)
			app->views[i]->stale |= app->views[i]->ops->watch & WATCH_CLOCK;
		stack_refresh(app);
		for (struct ask *ask = app->asks; ask != NULL; ask = ask->next)
			ask->look = !ask->write;
	}
	app_leave(app);
}

static void clock_wait(struct app *app, int wait)
{
	loop_cancel(app->loop, app->clock_timer);
	app->clock_timer = loop_after(app->loop, wait, clock_on_timer, app);
}

void clock_start(struct app *app)
{
	app->pace = pace_new(app->conf->refresh * 1000);
	app->looks_after = app->pace.every;
	app->looked_at = 0;
	clock_wait(app, pace_first(&app->pace));
}

void clock_settle(struct app *app)
{
	if (app->looked_at == 0)
		return;
	for (const struct ask *ask = app->asks; ask != NULL; ask = ask->next)
		if (ask->look)
			return;
	app->looks_after = pace_next(&app->pace, loop_now() - app->looked_at);
	app->looked_at = 0;
	clock_wait(app, app->looks_after);
}

int view_looks_after(const struct view *view)
{
	return view->app->looks_after;
}
