/*
 * What the files of the framework share: the program's state, and the few
 * functions by which they call each other. Screens do not include this.
 */
#ifndef TRATO_VIEW_APP_PRIVATE_H
#define TRATO_VIEW_APP_PRIVATE_H

#include <time.h>

#include <base/buf.h>
#include <base/loop.h>
#include <base/pace.h>
#include <ui/terminal.h>
#include <view/app.h>

enum { WINDOW_HEIGHT_MIN = 16, WINDOW_WIDTH_MIN = 60 };

/* A request of a view that is not answered yet. */
struct ask {
	struct ask *next;
	struct app *app;
	struct view *view; /* NULL: closed meanwhile, a write that is carried through */
	uint64_t ticket;
	int purpose;
	bool quiet;
	bool write;
	bool look; /* the clock's look ends with it */
	/* Who hears the answer where the view has closed; NULL: nobody. */
	void (*heir)(void *ctx, struct answer *);
	void *heir_ctx;
};

struct drafts;
struct news;

/* What trato.conf says and a person may want otherwise for himself; the texts are static. */
struct look {
	const char *language, *theme;
	bool mouse, bell;
	struct hours quiet; /* no bell and no notification */
};

struct app {
	const struct conf *conf;
	const char *user; /* as given with -u */
	const char *weakness; /* of the connection, in a sentence; NULL: none */
	bool direct;
	bool restricted;
	bool wall;
	struct loop *loop;
	struct terminal *terminal; /* NULL in tests */
	struct db *db;
	struct look look;
	struct keymap *keymap;
	struct buf key_warning; /* what trato.conf did to the keys, to be said once */

	struct session session;
	char *password; /* as typed, until the home screen: a new one must differ */
	bool working;   /* logged in: the home screen is or was there */
	enum db_state state;
	time_t lost_at; /* 0: online */
	unsigned tick;  /* timer: once a second while offline */
	unsigned again; /* timer: the wall's next attempt, where the connection itself makes none */

	struct view **views; /* the stack, the uppermost last */
	int count;
	int size;
	struct view **closed; /* to be freed when no callback runs */
	int closed_count;
	int depth; /* callbacks that run */
	struct ask *asks;
	unsigned slow_timer;
	bool slow; /* an answer is overdue: say so */
	struct pace pace;
	unsigned clock_timer;
	long long looked_at; /* loop_now of the clock's look while it is under way; else 0 */
	int looks_after;     /* ms from the answer to the last one to the next */

	enum say say_kind;
	char said[512];
	bool leaving; /* was told that something is unsaved */
	struct news *news;
	struct drafts *drafts; /* NULL: none are kept */
	unsigned bells;
	bool copy_screen; /* what the next frame shows goes to the clipboard */
	bool seen;        /* what is drawn has changed since app_enter */
	bool too_small; /* the last frame had no room for the views */
	int last_key;   /* the last command that the key line had room for, when it was painted last */
};

/* Around everything that comes from outside (keys, answers, timers): at the end of the outermost
 * one closed views are freed, stale ones refreshed, and the screen is due. */
void app_enter(struct app *app);
void app_leave(struct app *app);
/* Nothing that is drawn has changed, unless something within did it: composing a frame to find that out
 * is most of what a doorbell costs. */
void app_leave_unseen(struct app *app);

/* stack.c */
void stack_free(struct app *app);
/* Frees what was closed. Only at depth 0. */
void stack_sweep(struct app *app);
/* The lowest view that is to be seen: the uppermost that is no overlay. */
int stack_visible(const struct app *app);
/* Its rows are there: what was shown in its place goes. */
void stack_show(struct view *view);
/* What is to be seen of it: itself, or what is shown in its place. */
struct view *stack_seen(struct view *view);
/* Marks the views that watch one of these. */
void stack_make_stale(struct app *app, unsigned watch);

/* ahead.c: what the screens show is older than a write that was just answered. */
void ahead_settle(struct app *app);
/* A screen has just been opened: what it asked for in doing so, its keys wait for. */
void ahead_open(struct view *view);
/* Whether this key waits for the new rows; it is kept then. */
bool ahead_holds(struct view *view, const struct key_event *event, enum command command);
/* The rows do not come: no key may meet others. */
void ahead_drop(struct view *view);
/* They may have come: the keys that waited are pressed. */
void ahead_replay(struct app *app);
void stack_refresh(struct app *app);
/* Closes views down to (not including) that index. false: one of them wants to stay. */
bool stack_close_above(struct app *app, int index, bool even_if_changed);

/* app_ask.c */
void ask_forget_all(struct view *view);
void ask_free_all(struct app *app);
/* Should the view close before that is answered, fn hears it, once. */
void ask_leave_to(struct view *view, int purpose, void (*fn)(void *ctx, struct answer *), void *ctx);
/* Cancels what the uppermost view waits for; false when there is nothing to cancel. */
bool ask_cancel_slow(struct app *app);
/* What the message line says while the answer is overdue; NULL: nothing. */
const char *ask_words(const struct app *app);

/* app_link.c: the connection */
void link_open(struct app *app, const char *conninfo);
/* The login screen has name and password (NULL: libpq's business). */
void link_login(struct app *app, const char *user, const char *password);
void link_logout(struct app *app);
void link_forget_password(struct app *app);
/* One sentence for each fault. */
void link_explain(enum db_fault fault, const char *text, struct err *err);
/* After login, or after the password was changed. */
void link_go_home(struct app *app);

/* wall.c: what the wall shows before it has figures */
extern const struct view_ops view_wall_waits;

/* app_clock.c */
/* The server is there, and what is in sight has just been asked for. */
void clock_start(struct app *app);
/* Something may have been answered or given up. */
void clock_settle(struct app *app);

/* app_look.c: what trato.conf says */
void look_begin(struct app *app);
/* What this person has set for himself besides; holds at once. */
void look_load(struct app *app);
/* Sets it for good; false: it holds, but could not be kept. */
bool look_set(struct app *app, const struct look *look);
/* The mouse on or off until the end. */
void look_toggle_mouse(struct app *app);

/* app_news.c: notices and requests that have come since the last look */
void news_start(struct app *app);
void news_look(struct app *app);
/* The language is another one now. */
void news_reword(struct app *app);
void news_stop(struct app *app);
/* "" where there is nothing new. */
const char *news_banner(const struct app *app);
/* For a window in which it has no room: no kind of news hides another one. */
const char *news_banner_brief(const struct app *app);
/* The banner's first announcement is looked at: the command that leads to it, and which request or,
 * of several notices, which one of them it was (0: none). */
enum command news_seen(struct app *app, int64_t *id);

/* All requests and answers are in sight: none is announced any more. */
void news_read_requests(struct app *app);

/* app_keys.c */
/* As if its key had been pressed. */
void app_command(struct app *app, enum command command);
/* Whether the command works on the uppermost view here and now. */
bool app_offers(const struct app *app, const struct view *view, enum command command);

void app_say(struct app *app, enum say kind, const char *text);
bool app_bell(struct app *app);
void app_quit(struct app *app);

#endif
