/*
 * What is found out of a terminal without taking it over: the test is the
 * terminal, and answers as good and bad ones do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <ui/terminal.h>

/* term: TERM; typed: what somebody has typed before; answer: to the question where the cursor is. */
static struct traits look(const char *term, const char *typed, const char *answer)
{
	struct winsize size = { .ws_row = 20, .ws_col = 70 };
	struct termios before, after;
	struct traits traits;
	char seen[400] = "";
	size_t length = 0;
	int pty, slave, result[2], status;
	pid_t process;

	assert_int_equal(openpty(&pty, &slave, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(slave, &before), 0);
	assert_int_equal(pipe(result), 0);
	process = fork();
	assert_true(process >= 0);
	if (process == 0) {
		setenv("TERM", term, 1);
		login_tty(slave);
		terminal_look(&traits);
		_exit(write(result[1], &traits, sizeof(traits)) == sizeof(traits) ? 0 : 1);
	}
	close(result[1]);
	while (answer && !strstr(seen, "\033[6n") && length < sizeof(seen) - 1) {
		struct pollfd pfd = { .fd = pty, .events = POLLIN };
		ssize_t got;

		assert_int_equal(poll(&pfd, 1, 30000), 1);
		got = read(pty, seen + length, sizeof(seen) - 1 - length);
		assert_true(got > 0);
		length += (size_t)got;
		seen[length] = '\0';
	}
	if (answer) {
		assert_non_null(strstr(seen, "\rñé漢"));
		assert_int_equal(write(pty, typed, strlen(typed)), strlen(typed));
		assert_int_equal(write(pty, answer, strlen(answer)), strlen(answer));
	}
	assert_int_equal(read(result[0], &traits, sizeof(traits)), sizeof(traits));
	assert_int_equal(waitpid(process, &status, 0), process);
	assert_int_equal(status, 0);
	assert_int_equal(tcgetattr(slave, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	close(pty);
	close(slave);
	close(result[0]);
	return traits;
}

static void test_look__a_good_terminal(void **state)
{
	struct traits traits = look("xterm-256color", "", "\033[1;5R");

	(void)state;
	assert_true(traits.terminal && traits.known && traits.full_screen && traits.mouse);
	assert_string_equal(traits.kind, "xterm-256color");
	assert_int_equal(traits.colours, 256);
	assert_int_equal(traits.height, 20);
	assert_int_equal(traits.width, 70);
	assert_int_equal(traits.letters, LETTERS_DRAWN);
}

static void test_look__what_was_typed_is_no_answer(void **state)
{
	(void)state;
	assert_int_equal(look("xterm", "abc", "\033[12;5R").letters, LETTERS_DRAWN);
}

static void test_look__letters_by_bytes(void **state)
{
	(void)state;
	assert_int_equal(look("xterm", "", "\033[1;8R").letters, LETTERS_BROKEN);
}

static void test_look__a_terminal_that_answers_something_else(void **state)
{
	(void)state;
	assert_int_equal(look("xterm", "", "\033[?1;2cR").letters, LETTERS_UNKNOWN);
}

/* Nothing is asked of it: it would show the question. */
static void test_look__kinds_that_are_of_no_use(void **state)
{
	struct traits traits = look("dumb", "", NULL);

	(void)state;
	assert_true(traits.terminal && traits.known);
	assert_false(traits.full_screen);
	assert_int_equal(traits.letters, LETTERS_UNKNOWN);
	traits = look("no-such-terminal", "", NULL);
	assert_true(traits.terminal);
	assert_false(traits.known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_look__a_good_terminal),
		cmocka_unit_test(test_look__what_was_typed_is_no_answer),
		cmocka_unit_test(test_look__letters_by_bytes),
		cmocka_unit_test(test_look__a_terminal_that_answers_something_else),
		cmocka_unit_test(test_look__kinds_that_are_of_no_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
