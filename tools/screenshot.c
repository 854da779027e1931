/*
 * A picture of the real program, for the documentation: plays what standard
 * input says. Used by tools/screenshots, which has a server with demo data.
 *
 *   screenshot FILE.svg LANGUAGE
 *
 *   start NAME ROWSxCOLUMNS   NAME@trato.example logs in on a terminal of his own
 *   wait NAME TEXT            until the text is on the screen
 *   gone NAME TEXT            until it is not any more
 *   key NAME KEY              a key by its name, and the next frame
 *   type NAME TEXT            and waits until it is there
 *   show SECONDS              takes the picture; several are an animation
 */
#include "picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *file, *language;
static struct picture picture;
static char names[PICTURE_SCREENS][16];

static void start(const char *name, const char *size)
{
	char email[64], in[32], drafts[128];
	const char *const argv[] = { screen_program(), "-u", email, NULL };
	const char *const env[] = { "PGPASSWORD=demo", "HOME=/nonexistent", in, drafts, NULL };
	int rows, columns;

	assert_int_equal(sscanf(size, "%dx%d", &rows, &columns), 2);
	assert_true(picture.count < PICTURE_SCREENS);
	snprintf(email, sizeof email, "%s@trato.example", name);
	snprintf(in, sizeof in, "LANGUAGE=%s", language);
	snprintf(drafts, sizeof drafts, "XDG_STATE_HOME=%s", getenv("XDG_STATE_HOME"));
	snprintf(names[picture.count], sizeof names[0], "%s", name);
	picture_add_screen(&picture, screen_start(rows, columns, argv, env), rows, columns);
}

static struct screen *screen_of(const char *name)
{
	for (int i = 0; i < picture.count; i++)
		if (!strcmp(names[i], name))
			return picture.screens[i].screen;
	fail_msg("nobody is called %s", name);
	return NULL;
}

static void play(const char *line)
{
	char verb[8], name[16];
	int end = 0;
	const char *rest;

	if (sscanf(line, "show %15s", name) == 1) {
		picture_take(&picture, strtod(name, NULL));
		return;
	}
	if (sscanf(line, "%7s %15s %n", verb, name, &end) != 2 || end == 0)
		fail_msg("what is this: %s", line);
	rest = line + end;
	if (!strcmp(verb, "start")) {
		start(name, rest);
	} else if (!strcmp(verb, "wait")) {
		screen_wait_text(screen_of(name), rest);
	} else if (!strcmp(verb, "gone")) {
		screen_wait_gone(screen_of(name), rest);
	} else if (!strcmp(verb, "key")) {
		screen_press(screen_of(name), rest);
	} else if (!strcmp(verb, "type")) {
		screen_type(screen_of(name), rest);
		screen_wait_text(screen_of(name), rest);
	} else {
		fail_msg("what is this: %s", line);
	}
}

static void test_screenshot(void **state)
{
	char line[512];

	(void)state;
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '\0')
			play(line);
	}
	picture_write(&picture, file);
	picture_free(&picture);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_screenshot, screen_teardown),
	};

	if (argc != 3 || !getenv("XDG_STATE_HOME")) {
		fputs("usage: XDG_STATE_HOME=DIR screenshot FILE.svg LANGUAGE < SCRIPT\n", stderr);
		return 2;
	}
	file = argv[1];
	language = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
