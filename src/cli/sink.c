/*
 * Output files; see sink.h. They are written beside their place and renamed, so
 * that a full disk or Ctrl-C leaves the earlier file.
 */
#include "sink.h"
#include "cli_private.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>

static bool fail(enum err_kind kind, const char *path, struct err *err)
{
	return err_set(err, kind, _("%s cannot be written: %s"), path, strerror(errno));
}

/* Ctrl-C leaves nothing half written behind. */
static const char *volatile unfinished;

static void on_signal(int signal)
{
	if (unfinished)
		unlink(unfinished);
	raise(signal);
}

bool sink_open(struct sink *sink, const char *path, struct err *err)
{
	struct stat facts;
	struct buf name = { 0 };
	int fd = -1;

	*sink = (struct sink){ .file = stdout };
	if (!path || strcmp(path, "-") == 0)
		return true;
	bool there = stat(path, &facts) == 0;
	if (there && !S_ISREG(facts.st_mode)) {
		sink->file = fopen(path, "wb");
		sink->path = mem_copy(path);
		if (!sink->file)
			free(sink->path);
		return sink->file || fail(ERR_USAGE, path, err);
	}
	/* What a symbolic link points to, not the link, is replaced. */
	sink->path = there ? realpath(path, NULL) : mem_copy(path);
	buf_printf(&name, "%s.XXXXXX", sink->path ? sink->path : path);
	sink->temporary = name.text;
	if (sink->path && (fd = mkstemp(sink->temporary)) >= 0) {
		unfinished = sink->temporary;
		cli_on_interruption(on_signal);
		sink->file = fdopen(fd, "wb");
		return true;
	}
	fail(ERR_USAGE, path, err);
	free(sink->temporary);
	free(sink->path);
	*sink = (struct sink){ 0 };
	return false;
}

bool sink_is_terminal(const struct sink *sink)
{
	return isatty(fileno(sink->file)) == 1;
}

bool sink_close(struct sink *sink, bool keep, struct err *err)
{
	bool good = keep;

	if (sink->file && sink->file != stdout) {
		bool broken = ferror(sink->file) || fflush(sink->file) != 0;
		broken = fclose(sink->file) != 0 || broken;
		if (keep &&
		    (broken || (sink->temporary && rename(sink->temporary, sink->path) != 0)))
			good = fail(ERR_REFUSED, sink->path, err);
		if (sink->temporary && !good)
			unlink(sink->temporary);
	}
	unfinished = NULL;
	free(sink->temporary);
	free(sink->path);
	*sink = (struct sink){ 0 };
	return good;
}
