/*
 * The e-mail of the last login, kept in a file of the account.
 */
#include "last_user.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <base/state_folder.h>

bool last_user_read(char out[64])
{
	struct buf path = { 0 };
	FILE *file = NULL;
	bool found = false;

	if (state_folder_find(&path, false)) {
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

	if (state_folder_find(&path, false) && state_folder_create(path.text)) {
		buf_add(&path, "last-user");
		file = open(path.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (file >= 0) {
		dprintf(file, "%s\n", email);
		close(file);
	}
	buf_free(&path);
}
