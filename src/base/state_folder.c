/*
 * The folder of what is remembered, by the XDG base directory specification.
 */
#include <base/state_folder.h>

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/mem.h>

static const char *home_of_account(void)
{
	const struct passwd *entry = getpwuid(geteuid());

	return entry != NULL ? entry->pw_dir : NULL;
}

bool state_folder_find(struct buf *path, bool restricted)
{
	const char *state = restricted ? NULL : getenv("XDG_STATE_HOME");
	const char *home = restricted ? home_of_account() : getenv("HOME");

	if (state != NULL && state[0] == '/')
		buf_printf(path, "%s/trato/", state);
	else if (home != NULL && home[0] == '/')
		buf_printf(path, "%s/.local/state/trato/", home);
	else
		return false;
	return true;
}

bool state_folder_create(const char *path)
{
	char *copy = mem_copy(path);
	bool made = true;

	for (char *at = copy + 1; (at = strchr(at, '/')) != NULL; at++) {
		*at = '\0';
		made = mkdir(copy, 0700) == 0 || errno == EEXIST;
		*at = '/';
	}
	free(copy);
	return made;
}
