/*
 * A person's own settings: lines "name TAB value", read when they are needed and
 * written as a whole, so that a crash leaves the old file or the new one.
 */
#include "own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/state_folder.h>

#include "app_private.h"

enum { LINES_MAX = 500 };

/* ~/.local/state/trato/person-ana@trato.example: the name comes from a server, and must not lead
 * out of the folder. */
static bool own_path(const struct app *app, struct buf *path, bool make)
{
	if (app->session.email[0] == '\0' || !state_folder_find(path, app->restricted) ||
	    (make && !state_folder_create(path->text)))
		return false;
	buf_add(path, "person-");
	for (const char *at = app->session.email; *at != '\0'; at++)
		buf_add_n(path, *at == '/' ? "_" : at, 1);
	return true;
}

static bool own_is(const char *line, const char *name)
{
	size_t length = strlen(name);

	return strncmp(line, name, length) == 0 && line[length] == '\t';
}

const char *own_get(const struct app *app, struct arena *arena, const char *name)
{
	struct buf path = { 0 };
	const char *found = NULL;
	char *line = NULL;
	size_t size = 0;
	FILE *file = own_path(app, &path, false) ? fopen(path.text, "re") : NULL;

	for (int i = 0; file != NULL && i < LINES_MAX && getline(&line, &size, file) > 0; i++) {
		if (!own_is(line, name))
			continue;
		line[strcspn(line, "\n")] = '\0';
		found = arena_copy(arena, line + strlen(name) + 1);
	}
	free(line);
	if (file != NULL)
		fclose(file);
	buf_free(&path);
	return found;
}

/* All lines but that of the name. */
static void own_others(const char *path, const char *name, struct buf *out)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	for (int i = 0; file != NULL && i < LINES_MAX && getline(&line, &size, file) > 0; i++)
		if (!own_is(line, name))
			buf_add(out, line);
	free(line);
	if (file != NULL)
		fclose(file);
}

static bool own_write(const char *path, const char *text, size_t length)
{
	struct buf fresh = { 0 };
	int file, fault = 0;

	buf_printf(&fresh, "%s.XXXXXX", path);
	file = mkostemp(fresh.text, O_CLOEXEC); /* mode 0600 */
	if (file < 0 || write(file, text, length) != (ssize_t)length)
		fault = errno;
	if (file >= 0)
		close(file);
	if (fault == 0 && rename(fresh.text, path) != 0)
		fault = errno;
	if (fault != 0 && file >= 0)
		unlink(fresh.text);
	buf_free(&fresh);
	errno = fault;
	return fault == 0;
}

bool own_set(const struct app *app, const char *name, const char *value)
{
	struct buf path = { 0 }, text = { 0 };
	bool done = own_path(app, &path, true);

	if (done) {
		own_others(path.text, name, &text);
		if (value != NULL)
			buf_printf(&text, "%s\t%.*s\n", name, (int)strcspn(value, "\n"), value);
		done = own_write(path.text, text.length > 0 ? text.text : "", text.length);
	}
	buf_free(&path);
	buf_free(&text);
	return done;
}
