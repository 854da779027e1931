/*
 * The terminal harness itself, with small programs of the shell: what the other
 * terminal tests rely on.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <harness/screen.h>

static struct screen *shell(const char *script)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	return screen_start(10, 40, argv, NULL);
}

static void test_screen_text__wide_and_combining(void **state)
{
	struct screen *screen = shell("printf 'a 漢字 n\\314\\203 é|\\n'; printf 'x\\033[4b'; read x");
	int row, column;

	(void)state;
	screen_wait_text(screen, "xxxxx");
	assert_string_equal(screen_line(screen, 0), "a 漢字 n\u0303 é|");
	screen_find(screen, "é|", &row, &column);
	assert_int_equal(row, 0);
	assert_int_equal(column, 9);
	assert_int_equal(screen_cell(screen, 0, 2).width, 2);
}

static void test_screen_cell__attributes(void **state)
{
	struct screen *screen = shell("printf '\\033[1;7;31mA\\033[0;4mB\\033[m '; read x");

	(void)state;
	screen_wait_text(screen, "AB");
	assert_true(screen_cell(screen, 0, 0).bold && screen_cell(screen, 0, 0).reverse);
	assert_int_equal(screen_cell(screen, 0, 0).foreground, 1);
	assert_true(screen_cell(screen, 0, 1).underline);
	assert_int_equal(screen_cell(screen, 0, 1).foreground, -1);
	assert_string_equal(screen_cell(screen, 0, 3).text, "");
}

static void test_screen_type__line_and_exit_code(void **state)
{
	struct screen *screen = shell("read x; echo \"<$x>\"; exit 7");

	(void)state;
	screen_type(screen, "año");
	screen_key(screen, "Enter");
	screen_wait_text(screen, "<año>");
	assert_int_equal(screen_wait_exit(screen), 7);
}

static void test_screen_key__as_xterm_sends_them(void **state)
{
	struct screen *screen = shell("stty raw -echo; printf 'ready\\r\\n'; "
	                              "dd bs=1 count=17 2>/dev/null | od -An -v -tx1");

	(void)state;
	screen_wait_text(screen, "ready");
	screen_key(screen, "Up");
	screen_key(screen, "F5");
	screen_key(screen, "Ctrl-s");
	screen_key(screen, "Alt-x");
	screen_key(screen, "Backspace");
	screen_key(screen, "Esc");
	screen_key(screen, "Space");
	screen_key(screen, "ñ");
	screen_key(screen, "Enter");
	screen_wait_text(screen, "1b 5b 41 1b 5b 31 35 7e 13 1b 78 7f 1b");
	screen_wait_text(screen, "20 c3 b1");
}

static void test_screen_paste__larger_than_the_pty_takes(void **state)
{
	struct screen *screen = shell("stty raw -echo; printf 'ready\\r\\n'; "
	                              "head -c 100000 | wc -c");
	static char text[100001];

	(void)state;
	for (int i = 0; i < 100000; i++)
		text[i] = 'x';
	screen_wait_text(screen, "ready");
	screen_paste(screen, text);
	screen_wait_text(screen, "100000");
}

static void test_screen_resize__the_program_is_told(void **state)
{
	struct screen *screen = shell("trap 'stty size' WINCH; echo ready; while read x; do :; done");

	(void)state;
	screen_wait_text(screen, "ready");
	screen_resize(screen, 5, 20);
	screen_wait_text(screen, "5 20");
}

static void test_screen_frame__marks_bells_and_clipboard(void **state)
{
	struct screen *screen = shell("stty raw -echo; printf 'a\\033]7772;1\\033\\\\'; read x; "
	                              "printf '\\a\\a\\033]52;c;SG9sYQ==\\a"
	                              "b\\033]7772;2\\033\\\\'; read x");

	(void)state;
	screen_wait_frame(screen, 0);
	assert_string_equal(screen_text(screen), "a\n\n\n\n\n\n\n\n\n");
	screen_send(screen, "\n", 1);
	screen_wait_frame(screen, 1);
	assert_int_equal(screen_frame(screen), 2);
	assert_int_equal(screen_bells(screen), 2);
	assert_string_equal(screen_clipboard(screen), "SG9sYQ==");
	assert_true(screen_shows(screen, "ab"));
}

static void test_screen_hang_up__ends_the_program(void **state)
{
	struct screen *screen = shell("echo ready; read x; read y");

	(void)state;
	screen_wait_text(screen, "ready");
	screen_hang_up(screen);
	assert_int_equal(screen_wait_exit(screen), 128 + SIGHUP);
}

static void test_screen_signal__reaches_it(void **state)
{
	struct screen *screen = shell("trap 'echo term; exit 3' TERM; echo ready; "
	                              "while :; do read x; done");

	(void)state;
	screen_wait_text(screen, "ready");
	screen_signal(screen, SIGTERM);
	screen_wait_text(screen, "term");
	assert_int_equal(screen_wait_exit(screen), 3);
	screen_close(&screen);
	assert_null(screen);
}

/* One floods its terminal while the test waits for the other: neither may stop. */
static void test_screen_wait__keeps_all_going(void **state)
{
	struct screen *loud = shell("seq 1 20000; echo done; read x; echo bye");
	struct screen *quiet = shell("read x; echo \"got $x\"; read x");

	(void)state;
	screen_type(quiet, "it\n");
	screen_wait_text(quiet, "got it");
	screen_wait_text(loud, "done");
	screen_type(loud, "\n");
	assert_int_equal(screen_wait_exit(loud), 0);
	assert_true(screen_shows(loud, "bye"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_screen_text__wide_and_combining, screen_teardown),
		cmocka_unit_test_teardown(test_screen_cell__attributes, screen_teardown),
		cmocka_unit_test_teardown(test_screen_type__line_and_exit_code, screen_teardown),
		cmocka_unit_test_teardown(test_screen_key__as_xterm_sends_them, screen_teardown),
		cmocka_unit_test_teardown(test_screen_paste__larger_than_the_pty_takes, screen_teardown),
		cmocka_unit_test_teardown(test_screen_resize__the_program_is_told, screen_teardown),
		cmocka_unit_test_teardown(test_screen_frame__marks_bells_and_clipboard, screen_teardown),
		cmocka_unit_test_teardown(test_screen_hang_up__ends_the_program, screen_teardown),
		cmocka_unit_test_teardown(test_screen_signal__reaches_it, screen_teardown),
		cmocka_unit_test_teardown(test_screen_wait__keeps_all_going, screen_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
