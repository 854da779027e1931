/*
 * The hostile texts on a real terminal: as text of a screen, in a line and in
 * several, as the window's title, as a notification and in the clipboard. What
 * the terminal gets is watched byte by byte; then the person pastes each text
 * into a form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <base/text.h>
#include <ui/form.h>
#include <ui/terminal.h>

#include "harness/hidden.h"
#include "harness/hostile.h"
#include "harness/screen.h"
#include "harness/stream.h"

/* ---- the program: shows the next text at each key ---- */

static struct {
	struct loop *loop;
	struct terminal *terminal;
	struct form *form;
	int at;
} show;

static const struct field_def fields[] = {
	{ .name = "line", .label = "Line", .kind = FIELD_LINE },
	{ .name = "text", .label = "Text", .kind = FIELD_TEXT },
	{ .name = NULL },
};

static void show_draw(void *ctx, struct canvas *canvas)
{
	const char *text = show.at >= 0 ? hostile_text(show.at)->text : "";
	struct text_block block =
	    text_wrap(canvas_arena(canvas), text_clean(canvas_arena(canvas), text, TEXT_MANY_LINES),
	              canvas_width(canvas));

	(void)ctx;
	canvas_textf(canvas, 0, 0, -1, STYLE_BAR, "number %d. %s", show.at, text);
	canvas_text(canvas, 1, 0, 20, STYLE_NORMAL, text);
	canvas_text(canvas, 1, 75, -1, STYLE_NORMAL, text);
	for (int i = 0; i < block.count && i < 8; i++)
		canvas_text(canvas, 2 + i, 0, -1, STYLE_NORMAL, block.lines[i]);
	form_draw(show.form, canvas_part(canvas, (struct rect){ 11, 0, 12, 80 }));
}

static void show_key(void *ctx, const struct key_event *event)
{
	(void)ctx;
	if (event->code == KEYS_PASTE || event->code == KEYS_TAB) {
		form_key(show.form, event);
	} else if (event->code == KEYS_ENTER) {
		const char *text;

		if (++show.at == hostile_count()) {
			loop_stop(show.loop);
			return;
		}
		text = hostile_text(show.at)->text;
		terminal_title(show.terminal, text);
		terminal_notify(show.terminal, text);
		terminal_copy(show.terminal, text);
		if (text_is_valid(text, strlen(text))) {
			form_set(show.form, "line", text);
			form_set(show.form, "text", text);
		}
	}
	terminal_redraw(show.terminal);
}

static void show_gone(void *ctx)
{
	(void)ctx;
	loop_stop(show.loop);
}

static int show_texts(void)
{
	const struct terminal_config look = { .theme = "dark", .colour = true, .announce = "on",
		                              .frame_marks = true };
	const struct terminal_events events = { .key = show_key, .draw = show_draw, .gone = show_gone };
	struct err err = { 0 };

	i18n_init("en");
	show.at = -1;
	show.loop = loop_new();
	show.form = form_new(fields);
	show.terminal = terminal_open(show.loop, &look, &events, &err);
	if (!show.terminal) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	loop_run(show.loop);
	terminal_close(&show.terminal);
	form_free(&show.form);
	loop_free(&show.loop);
	return 0;
}

/* ---- the person ---- */

static struct screen *start(void)
{
	static const char *const argv[] = { "/proc/self/exe", "show", NULL };
	struct screen *screen = screen_start(24, 80, argv, NULL);

	screen_watch(screen);
	screen_wait_text(screen, "number -1");
	return screen;
}

static void test_terminal__gets_nothing_hidden(void **state)
{
	struct screen *screen = start();
	char number[32];

	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		screen_key(screen, "Enter");
		snprintf(number, sizeof(number), "number %d.", i);
		screen_wait_text(screen, number);
		assert_null(hidden_in(screen_text(screen), true));
		assert_true(strlen(screen_title(screen)) > 0);
	}
	screen_key(screen, "Enter");
	assert_int_equal(screen_wait_exit(screen), 0);
}

/* What a paste is, ends where the terminal says so. */
static bool can_be_pasted(const char *text)
{
	return text_is_valid(text, strlen(text)) && !strstr(text, "\033[201~") && strlen(text) < 2000;
}

static void test_terminal__what_is_pasted(void **state)
{
	struct screen *screen = start();

	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		unsigned long before = screen_frame(screen);

		if (!can_be_pasted(hostile_text(i)->text))
			continue;
		screen_paste(screen, hostile_text(i)->text);
		screen_wait_frame(screen, before);
		if (i % 16 == 15)
			screen_press(screen, "Tab");
		assert_null(hidden_in(screen_text(screen), true));
	}
	/* It has not ended, nor taken a paste for keys. */
	screen_wait_text(screen, "number -1");
}

/* ---- what watches, watched ---- */

static bool passes(const char *bytes, size_t length)
{
	static struct stream stream;

	memset(&stream, 0, sizeof(stream));
	return stream_take(&stream, bytes, length) == NULL && stream.state == STREAM_TEXT &&
	       stream.length == 0;
}

static void test_stream__sees_every_hostile_text(void **state)
{
	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		const char *text = hostile_text(i)->text;
		/* Some are sequences of the program's own; a line feed alone moves the cursor. */
		bool own = strncmp(text, "\033[", 2) == 0 || strcmp(text, "\a\a\a") == 0 ||
		           strspn(text, "x\n=1+") == strlen(text);

		if (hidden_in(text, false) && !own && passes(text, strlen(text)))
			fail_msg("%s passes", hostile_text(i)->name);
		if (!hidden_in(text, false) && !passes(text, strlen(text)))
			fail_msg("%s does not pass", hostile_text(i)->name);
	}
}

static void test_stream__lets_the_program_write(void **state)
{
	static const char good[] = "\033[?1049h\033[22;0;0t\033[1;24r\033[4l\033[H\033[2J\033[1;37mAño"
	                           "\033[38;5;8m\033[K\r\n\033]2;Trato\033\\\033]52;c;QcOxbw==\a";

	(void)state;
	assert_true(passes(good, strlen(good)));
	assert_false(passes("\033]52;c;Gw==\a", strlen("\033]52;c;Gw==\a")));
	assert_false(passes("\033]2;\xE2\x80\xAE\a", strlen("\033]2;\xE2\x80\xAE\a")));
	assert_false(passes("\033[8m", 4));
	assert_false(passes("\033]0;x\a", 6));
	assert_false(passes("\033Pq\033\\", 5));
	assert_false(passes("\x9B", 1));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_terminal__gets_nothing_hidden, screen_teardown),
		cmocka_unit_test_teardown(test_terminal__what_is_pasted, screen_teardown),
		cmocka_unit_test(test_stream__sees_every_hostile_text),
		cmocka_unit_test(test_stream__lets_the_program_write),
	};

	if (argc > 1 && strcmp(argv[1], "show") == 0)
		return show_texts();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
