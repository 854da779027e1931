/*
 * curses writes with write(2) from a small buffer of its own, in pieces, and
 * spins on a full non-blocking terminal. So it gets a file in memory instead,
 * and each frame goes from there to the terminal with one write.
 */
#include "terminal_output.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <base/mem.h>

bool output_open(struct output *output, int tty)
{
	*output = (struct output){ .tty = tty };
	output->memory = memfd_create("trato-frame", MFD_CLOEXEC);
	output->stream = output->memory < 0 ? NULL : fdopen(output->memory, "w");
	if (!output->stream && output->memory >= 0)
		close(output->memory);
	return output->stream;
}

void output_close(struct output *output)
{
	if (output->stream)
		fclose(output->stream);
	output->stream = NULL;
	buf_free(&output->waiting);
}

/* What follows is written behind it: the file begins again only now and then. */
void output_collect(struct output *output)
{
	enum { SPAN = 16384 };
	struct buf *waiting = &output->waiting;
	size_t before = waiting->length;
	char bytes[4096];
	ssize_t got;

	fflush(output->stream);
	do {
		got = pread(output->memory, bytes, sizeof bytes, output->collected);
		if (got > 0) {
			buf_add_n(waiting, bytes, (size_t)got);
			output->collected += got;
		}
	} while (got == sizeof bytes);
	if (waiting->length > before)
		waiting->length = before + looks_join(&output->looks, waiting->text + before,
		                                      waiting->length - before);
	if (output->collected < SPAN || ftruncate(output->memory, 0) != 0)
		return;
	lseek(output->memory, 0, SEEK_SET);
	output->collected = 0;
}

void output_forget(struct output *output)
{
	fflush(output->stream);
	output->collected = lseek(output->memory, 0, SEEK_CUR);
}

bool output_send(struct output *output)
{
	struct buf *waiting = &output->waiting;
	ssize_t written;

	if (!output_is_waiting(output))
		return true;
	written = write(output->tty, waiting->text + output->sent, waiting->length - output->sent);
	if (written < 0)
		return errno == EAGAIN || errno == EINTR;
	output->sent += (size_t)written;
	if (!output_is_waiting(output)) {
		buf_clear(waiting);
		output->sent = 0;
	}
	return true;
}

bool output_is_waiting(const struct output *output)
{
	return output->sent < output->waiting.length;
}

void output_drop(struct output *output)
{
	bool cut = output->sent > 0;

	buf_clear(&output->waiting);
	output->sent = 0;
	if (cut)
		buf_add(&output->waiting, "\030");
}
