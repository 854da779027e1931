/*
 * The program with a screen: it owns loop, terminal, connection, key map and
 * the stack of views, and draws the lines around them. main() runs it; tests
 * drive it without a terminal.
 */
#ifndef TRATO_VIEW_APP_H
#define TRATO_VIEW_APP_H

#include <conf/conf.h>
#include <view/view.h>

struct app_config {
	const struct conf *conf;
	const char *conninfo; /* -d; "" for the environment's */
	const char *user;     /* -u, or NULL */
	bool direct;          /* log in at once, the password is libpq's business */
	bool wall;            /* the dashboard and nothing else, without anybody there */
	bool restricted;      /* nothing of the system is within reach: no Ctrl-z */
	bool frame_marks;
	const char *drafts; /* their folder, with a slash at its end; NULL: app_run's own */
};

/* Runs until the person leaves. err->kind is the exit code. */
bool app_run(const struct app_config *config, struct err *err);

/* ---- the parts of it, for tests ---- */

/* NULL: err says why; a key of trato.conf that is none, for one. */
struct app *app_new(const struct app_config *config, struct err *err);
void app_free(struct app **held);
/* Shows the login screen; with `direct` it is already connecting. */
void app_start(struct app *app);
struct loop *app_loop(struct app *app);
/* A key as the terminal reports it. */
void app_key(struct app *app, const struct key_event *event);
/* The whole window; ctx is the struct app. */
void app_draw(void *ctx, struct canvas *canvas);
/* The uppermost view. */
struct view *app_top(struct app *app);
/* How often the bell rang. */
unsigned app_bells(const struct app *app);

#endif
