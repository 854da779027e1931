/*
 * The command of a watcher, and its standard output.
 */
#include "watch_give.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/arena.h>
#include <base/child.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

struct watch_give {
	struct loop *loop;
	struct watch_note *note;
	struct arena *arena;
	struct child *child;
	const char *line; /* what is left of it */
	void (*ended)(void *ctx, int code, const char *complaints);
	void *ctx;
};

/* Its code is noted by a shell that lives on where this program is killed; that one ends it too,
 * when nobody else is left to do so. The command sees nothing of the note. */
static const char shell[] = "timeout --foreground -s KILL \"$2\" sh -c \"$1\" 3>&-\n"
			    "code=$?\n"
			    "printf ' %s\\n' \"$code\" >&3\n"
			    "exit \"$code\"";

static void give_free(struct watch_give *give)
{
	loop_watch(give->loop, STDOUT_FILENO, 0, NULL, NULL);
	child_stop(&give->child);
	arena_free(&give->arena);
	free(give);
}

static void give_end(struct watch_give *give, int code, const char *complaints)
{
	give->ended(give->ctx, code, complaints);
	give_free(give);
}

static void give_on_end(void *ctx, int code, const char *complaints)
{
	struct watch_give *give = ctx;

	give->child = NULL;
	give_end(give, code, complaints);
}

/* A pipe that is ready takes so much without making anybody wait. */
static void give_on_output(void *ctx, short revents)
{
	struct watch_give *give = ctx;
	size_t left = strlen(give->line);
	ssize_t count = revents & POLLOUT
	                  ? write(STDOUT_FILENO, give->line, left < PIPE_BUF ? left : PIPE_BUF)
	                  : -1;

	if (count < 0 && (errno == EINTR || errno == EAGAIN) && (revents & POLLOUT))
		return;
	if (count < 0) {
		give_end(give, WATCH_NO_OUTPUT, "");
		return;
	}
	give->line += count;
	if (*give->line == '\0') {
		watch_note_end(give->note, 0);
		give_end(give, 0, "");
	}
}

static void give_print(struct watch_give *give, const char *document)
{
	if (isatty(STDOUT_FILENO))
		document = text_clean(give->arena, document, TEXT_ONE_LINE);
	give->line = arena_printf(give->arena, "%s\n", document);
	loop_watch(give->loop, STDOUT_FILENO, POLLOUT, give_on_output, give);
}

static bool give_command(struct watch_give *give, const struct watch_gift *gift)
{
	struct arena *arena = give->arena;
	const char *home = getenv("HOME"), *document = arena_printf(arena, "%s\n", gift->document);
	const char *const argv[] = {
		"sh",
		"-c",
		shell,
		"trato-watch",
		gift->command,
		/* Later than the loop, which ends all that it started. */
		arena_printf(arena, "%d", gift->seconds + 5),
		NULL,
	};
	const char *const variables[] = {
		arena_printf(arena, "TRATO_WATCHER=%s", gift->watcher),
		arena_printf(arena, "TRATO_NOTICE=%s", gift->notice),
		arena_printf(arena, "TRATO_DELIVERY=%s", gift->delivery),
		arena_printf(arena, "TRATO_TRY=%s", gift->try),
		home != NULL ? arena_printf(arena, "HOME=%s", home) : NULL,
		NULL,
	};
	const struct child_order order = {
		.argv = argv,
		.input = document,
		.length = strlen(document),
		.output = STDOUT_FILENO,
		.seconds = gift->seconds,
		.variables = variables,
		.kept = watch_note_file(give->note),
	};

	give->child = child_start(give->loop, &order, give_on_end, give);
	return give->child != NULL;
}

struct watch_give *watch_give_start(struct loop *loop, struct watch_note *note,
                                    const struct watch_gift *gift,
                                    void (*ended)(void *ctx, int code, const char *complaints),
                                    void *ctx, struct err *err)
{
	struct watch_give *give = mem_alloc(sizeof(*give));

	*give = (struct watch_give){
		.loop = loop, .note = note, .arena = arena_new(), .ended = ended, .ctx = ctx
	};
	if (!watch_note_begin(note, gift->delivery, gift->try)) {
		err_set(err, ERR_REFUSED, _("What is under way cannot be noted: %s"),
		        strerror(errno));
	} else if (gift->command == NULL) {
		give_print(give, gift->document);
		return give;
	} else if (give_command(give, gift)) {
		return give;
	} else {
		err_set(err, ERR_REFUSED, _("The command cannot be started: %s"), strerror(errno));
	}
	watch_note_clear(note);
	give_free(give);
	return NULL;
}

void watch_give_stop(struct watch_give **held)
{
	if (*held == NULL)
		return;
	give_free(*held);
	*held = NULL;
}
