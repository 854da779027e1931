/*
 * What --restricted does to the process itself. What it may no longer ask of the
 * kernel stands in confine_calls.c.
 */
#include <base/confine.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/mem.h>

/* ---- The environment */

enum { LONGEST_NAME = 64 };

/* What stays, and which signs it may have beside letters and digits. No slash: none of them may be
 * a path. NO_COLOR says something by being there. */
static const struct {
	const char *name, *signs;
} kept[] = {
	{ "TERM", "._+-" },       { "LANG", "._@-" },     { "LANGUAGE", "._@-:" },
	{ "LC_ALL", "._@-" },     { "LC_CTYPE", "._@-" }, { "LC_MESSAGES", "._@-" },
	{ "LC_COLLATE", "._@-" }, { "LC_TIME", "._@-" },  { "NO_COLOR", "" },
};

enum { KEPT_COUNT = sizeof(kept) / sizeof(kept[0]) };

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_name(const char *value, const char *signs)
{
	/* "." and ".." are no names either. */
	if (!is_letter_or_digit(value[0]) || strlen(value) > LONGEST_NAME)
		return false;
	for (const char *at = value; *at; at++)
		if (!is_letter_or_digit(*at) && !strchr(signs, *at))
			return false;
	return true;
}

void confine_environment(void)
{
	char *values[KEPT_COUNT];

	for (int i = 0; i < KEPT_COUNT; i++) {
		const char *value = getenv(kept[i].name);

		values[i] = value && is_name(value, kept[i].signs) ? mem_copy(value) : NULL;
	}
	clearenv();
	for (int i = 0; i < KEPT_COUNT; i++) {
		if (values[i])
			setenv(kept[i].name, values[i], 1);
		free(values[i]);
	}
}

/* ---- The process */

/* A file that is opened next must not become one of these. */
static bool open_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int opened = fcntl(fd, F_GETFD) < 0 ? open("/dev/null", O_RDWR | O_NOCTTY) : fd;

		if (opened != fd)
			return false;
	}
	return true;
}

bool confine_process(struct err *err)
{
	static const struct rlimit none = { 0, 0 };

	umask(077);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	if (open_standard_files() && close_range(STDERR_FILENO + 1, UINT_MAX, 0) == 0 &&
	    setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0)
		return true;
	return err_set(err, ERR_REFUSED, _("This system does not allow a restricted mode: %s."),
	               strerror(errno));
}

bool confine_is_login_shell(void)
{
	const struct passwd *entry = getpwuid(getuid());
	struct stat shell, self;

	return entry != NULL && entry->pw_shell[0] == '/' && stat(entry->pw_shell, &shell) == 0 &&
	       stat("/proc/self/exe", &self) == 0 && shell.st_dev == self.st_dev &&
	       shell.st_ino == self.st_ino;
}
