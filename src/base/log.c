/*
 * The log file. One line an event in one write, so that several processes may
 * share it. Used by everyone; what it is given may come from anywhere.
 */
#include <base/log.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <base/text.h>

static int log_fd = -1;

void log_close(void)
{
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
}

bool log_open(const char *path, struct err *err)
{
	struct stat status;
	int fd;

	if (!path || !*path) {
		log_close();
		return true;
	}
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
	if (fd < 0)
		return err_set(err, ERR_USAGE, _("The log %s cannot be opened: %s."), path,
		               strerror(errno));
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(fd);
		return err_set(err, ERR_USAGE, _("The log %s must be an ordinary file."), path);
	}
	log_close();
	log_fd = fd;
	return true;
}

void log_line(const char *format, ...)
{
	char message[2048];
	char at[40];
	struct timespec now;
	struct tm parts;
	struct arena *arena;
	const char *line;
	va_list values;

	if (log_fd < 0)
		return;
	va_start(values, format);
	vsnprintf(message, sizeof message, format, values);
	va_end(values);
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &parts);
	strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S%z", &parts);
	arena = arena_new();
	line = arena_printf(arena, "%s %s\n", at, text_clean(arena, message, TEXT_ONE_LINE));
	if (write(log_fd, line, strlen(line)) < 0)
		log_close(); /* a full disk must not stop the work */
	arena_free(&arena);
}
