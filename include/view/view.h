/*
 * A view is one screen or one dialog: an instance on the stack. It never
 * blocks and never touches libpq or curses: it asks (view_ask), is answered,
 * and draws what it has. Every screen of the program is written against this
 * header; lists and forms have a shorter way (list_view.h, form_view.h).
 */
#ifndef TRATO_VIEW_VIEW_H
#define TRATO_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/answer.h>
#include <base/err.h>
#include <db/batch.h>
#include <db/db.h>
#include <model/session.h>
#include <ui/canvas.h>
#include <ui/key.h>
#include <ui/keymap.h>
#include <view/command.h>

struct app;
struct view;
struct ask;

/* What makes a view stale; the app then calls refresh. */
enum view_watch {
	WATCH_DATA = 1,     /* a write of this program was answered, or the connection is back */
	WATCH_CLOCK = 2,    /* time has passed while it was on top: see view_looks_after */
	WATCH_NOTICES = 4,  /* somebody rang for invoicing notices */
	WATCH_REQUESTS = 8, /* somebody rang for collaboration requests */
};

enum view_flag {
	VIEW_OVERLAY = 1, /* a dialog: what is below stays visible */
	VIEW_PRIVATE = 2, /* no commands of "global" that lead elsewhere, no banner (login) */
};

struct view_ops {
	const char *name;  /* the section of the key map; what trato.conf calls it */
	const char *title; /* N_("Actions"): top line; NULL keeps the one below */
	unsigned watch;
	unsigned flags;
	size_t size; /* bytes of the view's own state, zeroed before open */

	/* false: nothing is shown but err's text on the message line. arg: see views.h. */
	bool (*open)(struct view *, const void *arg, struct err *);
	/* No data access. The canvas is what lies between top line and message line. */
	void (*draw)(struct view *, struct canvas *);
	/* Returns what it did not handle, else COMMAND_NONE. */
	enum command (*act)(struct view *, enum command);
	/* Before the key map, for views that take text or the mouse; true: it was used. Mouse
	 * positions are the screen's: see canvas_place. */
	bool (*key)(struct view *, const struct key_event *);
	/* A request of this view was answered; only while it lives. */
	void (*answer)(struct view *, struct answer *);
	/* Stale: ask again, and show nothing while what came is the same. */
	void (*refresh)(struct view *);
	/* Whether this command works here and now, for key line and help. NULL: the commands whose
	 * row names this view's section. */
	bool (*offers)(const struct view *, enum command);
	/* What the key line says of this command here and now: one of the catalogue's texts, or NULL for
	 * its own label. */
	const char *(*label)(const struct view *, enum command);
	/* The view above closed with a result (view_finish); child is its ops. */
	void (*returned)(struct view *, const struct view_ops *child, const void *result);
	/* What the view above shows was opened from a row of this one: opens the row behind (1) or
	 * before it (-1) in its place, see view_instead. 0: whether that can be. NULL: never. */
	bool (*step)(struct view *, int by);
	/* The connection changed its state. */
	void (*connection)(struct view *, enum db_state, enum db_fault, const char *text);
	/* What stands behind the title: "my open ones". Translated; NULL or "" for nothing. */
	const char *(*subtitle)(struct view *);
	/* Somebody wants to leave (quit, back): false to stay, having asked him. NULL: true. */
	bool (*may_close)(struct view *);
	/* Frees what the state owns. */
	void (*close)(struct view *);

	const void *spec; /* the declaration of a list_view or form_view */
};

struct view {
	const struct view_ops *ops;
	struct app *app;
	void *state;
	bool typing; /* plain characters are text here and now, no commands: set by the view */
	const char *title; /* instead of the one in ops, where open says so: _("New client") */
	/* the framework's own */
	struct ask *asks;
	unsigned stale;
	bool closed;
	struct view *shown; /* drawn until the rows of this one are there, see view_instead */
	long long answered_at; /* loop_now of the last answer to a read; 0: none yet */
	bool settling;         /* a write was answered, and what it changed is not on the screen yet */
	bool unread;           /* its first rows, or those of another filter of a list, are yet to come */
	int ahead_count;
	key_code ahead[128];   /* pressed meanwhile, see ahead.c */
};

/* ---- the stack ---- */

/* Opens a view above; NULL when open said no (its reason is on the message line). */
struct view *view_push(struct app *app, const struct view_ops *ops, const void *arg);
/* Opens it in place of this one. */
struct view *view_replace(struct view *view, const struct view_ops *ops, const void *arg);
/* The same, of the uppermost view, which stays in sight until the new one is answered: nothing
 * flickers. Keys of the new screen wait for its rows. */
struct view *view_instead(struct view *view, const struct view_ops *ops, const void *arg);
/* Closes it and what is above it. Safe within its own callbacks: it is freed afterwards. */
void view_close(struct view *view);
/* Closes it and hands the result to the view below (returned); valid during that call. */
void view_finish(struct view *view, const void *result);
/* The one below in the stack, or NULL. */
struct view *view_below(struct view *view);
bool view_is_top(const struct view *view);

/* ---- the database ---- */

/* Purposes are the view's own numbers from 0 on (those below are the framework's). Queues the
 * batch (taken over); `answer` gets it with this purpose, if the view still lives. After
 * 200 ms the message line says that it runs; Esc cancels a read. Returns its ticket. Of a view
 * that has closed a read is not sent (0), a write is carried through unheard. */
uint64_t view_ask(struct view *view, int purpose, struct batch *batch);
/* The same without a word while it runs: for refresh and search-as-you-type. */
uint64_t view_ask_quietly(struct view *view, int purpose, struct batch *batch);
/* Whether an answer of this purpose is awaited; -1: any. */
bool view_is_asking(const struct view *view, int purpose);
/* The answer to those of this purpose is not wanted any more; a write is still carried through. */
void view_forget(struct view *view, int purpose);
/* For answers that are not DONE: puts the right sentence on the message line. Returns true where
 * the answer is done and there is nothing to say. */
bool view_check(struct view *view, const struct answer *answer);
/*
 * For screens about one thing: takes over an answer that is done, in place of the one that *arena
 * has; its results stay valid with it. false where it is not done, as view_check, and where its
 * result number `head` is empty: then `gone` (translated) is said and the view closed.
 */
bool view_keep(struct view *view, struct answer *answer, int head, const char *gone,
               struct arena **arena);

/* ---- the screen ---- */

void view_redraw(struct view *view);

enum say { SAY_INFO, SAY_GOOD, SAY_WARNING, SAY_ERROR };
/* The message line, until the next key that does something. */
void view_say(struct view *view, enum say kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* To the clipboard; says so on the message line. */
void view_copy(struct view *view, const char *text);

/* Whether the server is there: what is asked now is answered soon. */
bool view_is_online(const struct view *view);
/* From an answer to the clock's next look, in ms: `refresh`, longer where the server is slow. */
int view_looks_after(const struct view *view);
const struct session *view_session(const struct view *view);
struct keymap *view_keymap(const struct view *view);
/* Whether nothing of the system is within reach: no other program is started. */
bool view_is_restricted(const struct view *view);
/* An option of trato.conf, see conf/options.def. */
const struct conf *view_conf(const struct view *view);

#endif
