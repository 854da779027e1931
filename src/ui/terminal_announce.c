/*
 * What is said outside of the screen: the bell, the title of the terminal's
 * window or tab (OSC 2), and a notification of the desktop (OSC 9), for people
 * who look at something else. Only terminals that are known for these
 * sequences get them: the Linux console and old ones would show them as text.
 */
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <base/text.h>
#include <ui/terminal.h>

#include "terminal_state.h"

/* Old titles are kept by the terminal meanwhile. */
static const char title_push[] = "\033[22;2t", title_pop[] = "\033[23;2t";
enum { BELL_EVERY_MS = 1000 };

void announce_prepare(struct terminal *t)
{
	const char *kind = getenv("TERM"), *wanted = t->config.announce;

	/* XT: the sequences of xterm are understood; screen and tmux do not say it of themselves. */
	t->announces = strcmp(wanted, "on") == 0 ||
	               (strcmp(wanted, "off") != 0 && kind != NULL &&
	                (tigetflag("XT") > 0 || strncmp(kind, "screen", 6) == 0 ||
	                 strncmp(kind, "tmux", 4) == 0));
}

void announce_begin(struct terminal *t, struct buf *out)
{
	if (!t->announces || t->titled)
		return;
	t->titled = true;
	buf_add(out, title_push);
	if (t->title != NULL)
		buf_printf(out, "\033]2;%s\033\\", t->title);
}

const char *announce_end(const struct terminal *t)
{
	return t->announces ? title_pop : "";
}

void terminal_title(struct terminal *terminal, const char *text)
{
	struct arena *arena;

	/* At each frame. */
	if (!terminal->announces ||
	    (terminal->title != NULL && strcmp(terminal->title, text) == 0))
		return;
	arena = arena_new();
	text = text_clean(arena, text, TEXT_ONE_LINE);
	if (terminal->title == NULL || strcmp(terminal->title, text) != 0) {
		free(terminal->title);
		terminal->title = mem_copy(text);
		if (terminal->titled)
			buf_printf(&terminal->said, "\033]2;%s\033\\", text);
	}
	arena_free(&arena);
}

void terminal_notify(struct terminal *terminal, const char *text)
{
	struct arena *arena;

	if (!terminal->announces)
		return;
	arena = arena_new();
	/* Behind a digit and ";" some terminals look for another command. */
	buf_printf(&terminal->said, "\033]9;Trato: %s\033\\",
	           text_clean(arena, text, TEXT_ONE_LINE));
	arena_free(&arena);
	terminal->due = true;
}

static void on_bell_again(void *ctx)
{
	struct terminal *t = ctx;

	t->bell_timer = 0; /* the loop's idle hook does the rest */
}

bool announce_rings(struct terminal *t)
{
	if (!t->bell || t->bell_timer != 0)
		return false;
	t->bell = false;
	t->bell_timer = loop_after(t->loop, BELL_EVERY_MS, on_bell_again, t);
	return true;
}

void announce_free(struct terminal *t)
{
	loop_cancel(t->loop, t->bell_timer);
	free(t->title);
	buf_free(&t->said);
}
