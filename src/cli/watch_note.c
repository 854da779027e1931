/*
 * The note of a watcher: one file in the state folder. Its first line is the
 * holder's id; behind it stands "DELIVERY TRY" while something is given, and
 * " CODE" when that has ended.
 */
#include "watch_note.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <base/arena.h>
#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/state_folder.h>
#include <base/text.h>
#include <base/uuid.h>

enum { HOLDER_LENGTH = 36, HEAD = HOLDER_LENGTH + 1 };

struct watch_note {
	int file;
	char holder[HOLDER_LENGTH + 1];
};

/* FNV-1a: only to tell the names of a few databases apart. */
static uint64_t digest(const char *text)
{
	uint64_t value = 14695981039346656037u;

	for (; *text != '\0'; text++)
		value = (value ^ (unsigned char)*text) * 1099511628211u;
	return value;
}

static bool read_holder(struct watch_note *note)
{
	char head[HEAD];

	if (pread(note->file, head, HEAD, 0) != HEAD || head[HOLDER_LENGTH] != '\n' ||
	    strspn(head, "0123456789abcdef-") != HOLDER_LENGTH)
		return false;
	memcpy(note->holder, head, HOLDER_LENGTH);
	return true;
}

static bool make_holder(struct watch_note *note)
{
	char head[HEAD + 1];

	uuid_make(note->holder);
	snprintf(head, sizeof(head), "%s\n", note->holder);
	return ftruncate(note->file, 0) == 0 && write(note->file, head, HEAD) == HEAD;
}

struct watch_note *watch_note_open(const char *name, const char *database, bool *busy,
                                   struct err *err)
{
	struct watch_note *note = mem_alloc(sizeof(*note));
	struct buf path = { 0 };
	struct arena *arena;

	*busy = false;
	note->file = -1;
	if (!state_folder_find(&path, false)) {
		err_set(err, ERR_USAGE,
		        _("There is no place to note what is under way: set XDG_STATE_HOME to a "
		          "folder."));
		goto fail;
	}
	if (state_folder_create(path.text)) {
		buf_printf(&path, "watch-%s-%016" PRIx64, name, digest(database));
		note->file =
		    open(path.text, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (note->file >= 0 && flock(note->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		*busy = true;
		goto fail;
	}
	if (note->file >= 0 && (read_holder(note) || make_holder(note))) {
		buf_free(&path);
		return note;
	}
	arena = arena_new();
	err_set(err, ERR_USAGE,
	        _("%s cannot be written: %s. There a watcher notes what is under way; "
	          "XDG_STATE_HOME says another folder."),
	        text_clean(arena, path.text, TEXT_ONE_LINE), strerror(errno));
	arena_free(&arena);
fail:
	buf_free(&path);
	watch_note_close(&note);
	return NULL;
}

void watch_note_close(struct watch_note **held)
{
	if (*held == NULL)
		return;
	if ((*held)->file >= 0)
		close((*held)->file);
	free(*held);
	*held = NULL;
}

const char *watch_note_holder(const struct watch_note *note)
{
	return note->holder;
}

int watch_note_file(const struct watch_note *note)
{
	return note->file;
}

bool watch_note_begin(struct watch_note *note, const char *delivery, const char *try)
{
	char line[2 * WATCH_ID_SIZE];
	int length = snprintf(line, sizeof(line), "%s %s", delivery, try);

	watch_note_clear(note);
	return write(note->file, line, (size_t)length) == length;
}

void watch_note_end(struct watch_note *note, int code)
{
	dprintf(note->file, " %d\n", code);
}

void watch_note_clear(struct watch_note *note)
{
	/* What cannot be cleared is told to the database again, which knows it by its try. */
	if (ftruncate(note->file, HEAD) != 0)
		return;
}

bool watch_note_read(const struct watch_note *note, char delivery[WATCH_ID_SIZE],
                     char try[WATCH_ID_SIZE], int *code)
{
	char line[4 * WATCH_ID_SIZE];
	ssize_t length = pread(note->file, line, sizeof(line) - 1, HEAD);
	char end = '\0';

	line[length > 0 ? length : 0] = '\0';
	/* A code without its end of line was cut. */
	if (sscanf(line, "%23[0-9] %23[0-9] %d%c", delivery, try, code, &end) == 4 && end == '\n')
		return true;
	*code = WATCH_UNKNOWN;
	return sscanf(line, "%23[0-9] %23[0-9]", delivery, try) == 2;
}
