/*
 * The e-mail of the last login, kept in a file of the account.
 */
#include "last_user.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/buf.h>

/* The folder with a slash at its end, made where `make` says so; false without a home. */
static bool last_user_folder(struct buf *path, bool make)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		buf_printf(path, "%s/trato/", state);
	else if (home != NULL && home[0] == '/')
		buf_printf(path, "%s/.local/state/trato/", home);
	else
		return false;
	for (char *at = path->text + 1; make && (at = strchr(at, '/')) != NULL; at++) {
		*at = '\0';
		mkdir(path->text, 0700);
		*at = '/';
	}
	return true;
}

bool last_user_read(char out[64])
{
	struct buf path = { 0 };
	FILE *file = NULL;
	bool found = false;

	if (last_user_folder(&path, false)) {
		buf_add(&path, "last-user");
		file = fopen(path.text, "re");
	}
	if (file != NULL) {
		found = fgets(out, 64, file) != NULL;
		fclose(file);
	}
	if (found)
		out[strcspn(out, "\r\n")] = '\0';
	buf_free(&path);
	return found && out[0] != '\0';
}

void last_user_write(const char *email)
{
	struct buf path = { 0 };
	int file = -1;

	if (last_user_folder(&path, true)) {
		buf_add(&path, "last-user");
		file = open(path.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (file >= 0) {
		dprintf(file, "%s\n", email);
		close(file);
	}
	buf_free(&path);
}
