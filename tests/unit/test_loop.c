/*
 * The event loop: timers in order, files, signals that nobody loses, and what a
 * callback may change while it runs. Nothing here depends on how fast it runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <base/loop.h>

/* A context that the callbacks write down. */
#define NAME(text) ((char[]){ text })

static struct loop *loop;
static char trace[256];
static unsigned later;
static int pipes[2][2];

static void note(const char *what)
{
	strcat(trace, what);
}

static void note_name(void *ctx)
{
	note(ctx);
}

static void note_and_stop(void *ctx)
{
	note(ctx);
	loop_stop(loop);
}

static void on_file(void *ctx, short revents)
{
	char byte[2] = "";
	int *fds = ctx;

	if (read(fds[0], byte, 1) == 1)
		note(byte);
	else
		note("!");
	if (revents & POLLHUP)
		note("H");
}

static void test_loop_after__in_order(void **state)
{
	(void)state;
	loop_after(loop, 30, note_and_stop, NAME("c"));
	loop_after(loop, 1, note_name, NAME("a"));
	loop_after(loop, 15, note_name, NAME("b"));
	loop_after(loop, -9, note_name, NAME("0"));
	loop_run(loop);
	assert_string_equal(trace, "0abc");
}

static void cancel_later(void *ctx)
{
	note(ctx);
	loop_cancel(loop, later);
	loop_cancel(loop, 0);
	loop_cancel(loop, 12345);
}

static void test_loop_cancel__from_a_timer_due_at_once(void **state)
{
	(void)state;
	loop_after(loop, 0, cancel_later, NAME("a"));
	later = loop_after(loop, 0, note_name, NAME("x"));
	assert_true(later != 0);
	loop_after(loop, 20, note_and_stop, NAME("b"));
	loop_run(loop);
	assert_string_equal(trace, "ab");
}

static int again_count;

static void again(void *ctx)
{
	note(ctx);
	if (++again_count < 40)
		loop_after(loop, 0, again, ctx);
}

/* A timer that renews itself at once lets files have their turn. */
static void test_loop_after__renewed_does_not_starve(void **state)
{
	(void)state;
	again_count = 0;
	assert_int_equal(write(pipes[0][1], "f", 1), 1);
	loop_watch(loop, pipes[0][0], POLLIN, on_file, pipes[0]);
	loop_after(loop, 0, again, NAME("."));
	loop_turn(loop, -1);
	loop_turn(loop, -1);
	loop_turn(loop, -1);
	assert_true(strchr(trace, 'f'));
	assert_int_equal(again_count, 3);
}

static void test_loop_watch__reads_and_hangs_up(void **state)
{
	(void)state;
	loop_watch(loop, pipes[0][0], POLLIN, on_file, pipes[0]);
	loop_turn(loop, 0);
	assert_string_equal(trace, "");
	assert_int_equal(write(pipes[0][1], "x", 1), 1);
	loop_turn(loop, -1);
	close(pipes[0][1]);
	pipes[0][1] = -1;
	loop_turn(loop, -1);
	assert_string_equal(trace, "x!H");
}

static void remove_other(void *ctx, short revents)
{
	int *other = ctx;

	(void)revents;
	note("r");
	loop_watch(loop, *other, 0, NULL, NULL);
	loop_watch(loop, other == &pipes[0][0] ? pipes[1][0] : pipes[0][0], 0, NULL, NULL);
}

/* Both are ready; the one that is called first removes both: the other is not called. */
static void test_loop_watch__removed_in_a_callback(void **state)
{
	(void)state;
	assert_int_equal(write(pipes[0][1], "x", 1), 1);
	assert_int_equal(write(pipes[1][1], "y", 1), 1);
	loop_watch(loop, pipes[0][0], POLLIN, remove_other, &pipes[1][0]);
	loop_watch(loop, pipes[1][0], POLLIN, remove_other, &pipes[0][0]);
	loop_turn(loop, -1);
	loop_turn(loop, 0);
	assert_string_equal(trace, "r");
}

static void replace_many(void *ctx, short revents)
{
	(void)revents;
	note(ctx);
	for (int i = 0; i < 20; i++) /* makes the tables move */
		loop_watch(loop, 500 + i, POLLIN, on_file, pipes[0]);
	for (int i = 0; i < 20; i++)
		loop_watch(loop, 500 + i, 0, NULL, NULL);
	loop_watch(loop, pipes[1][0], POLLIN, on_file, pipes[1]);
	loop_watch(loop, pipes[0][0], POLLIN, on_file, pipes[0]);
}

/* What was polled for the replaced watch does not reach the new one in the same round. */
static void test_loop_watch__replaced_in_a_callback(void **state)
{
	(void)state;
	assert_int_equal(write(pipes[0][1], "x", 1), 1);
	assert_int_equal(write(pipes[1][1], "y", 1), 1);
	loop_watch(loop, pipes[0][0], POLLIN, replace_many, NAME("m"));
	loop_watch(loop, pipes[1][0], POLLIN, replace_many, NAME("n"));
	loop_turn(loop, -1);
	assert_string_equal(trace, "m");
	loop_turn(loop, -1);
	assert_int_equal(strlen(trace), 3);
	assert_true(strchr(trace, 'x') && strchr(trace, 'y'));
}

static void note_invalid(void *ctx, short revents)
{
	(void)ctx;
	note(revents & POLLNVAL ? "N" : "?");
}

static void test_loop_watch__closed_file_is_reported_once(void **state)
{
	(void)state;
	loop_watch(loop, pipes[0][0], POLLIN, note_invalid, NULL);
	close(pipes[0][0]);
	pipes[0][0] = -1;
	loop_turn(loop, 0);
	loop_turn(loop, 0);
	assert_string_equal(trace, "N");
}

static void on_signal(void *ctx, int number)
{
	(void)ctx;
	note(number == SIGUSR1 ? "1" : "2");
}

static void test_loop_on_signal__waits_for_the_turn(void **state)
{
	sigset_t pending;

	(void)state;
	loop_on_signal(loop, SIGUSR1, on_signal, NULL);
	loop_on_signal(loop, SIGUSR2, on_signal, NULL);
	raise(SIGUSR2);
	raise(SIGUSR1);
	sigpending(&pending);
	assert_true(sigismember(&pending, SIGUSR1));
	assert_string_equal(trace, "");
	loop_turn(loop, -1);
	assert_string_equal(trace, "12");
	loop_turn(loop, 0);
	assert_string_equal(trace, "12");
}

/* Linux does not deliver signals in ppoll while files are ready: none may wait for ever. */
static void test_loop_on_signal__beside_a_busy_file(void **state)
{
	(void)state;
	loop_on_signal(loop, SIGUSR1, on_signal, NULL);
	assert_int_equal(write(pipes[0][1], "xyz", 3), 3);
	loop_watch(loop, pipes[0][0], POLLIN, on_file, pipes[0]);
	raise(SIGUSR1);
	loop_turn(loop, -1);
	assert_string_equal(trace, "1x");
}

static void drop_both(void *ctx, int number)
{
	(void)ctx;
	note(number == SIGUSR1 ? "1" : "2");
	loop_on_signal(loop, SIGUSR1, NULL, NULL);
	loop_on_signal(loop, SIGUSR2, on_signal, NULL);
}

static void test_loop_on_signal__changed_in_a_callback(void **state)
{
	(void)state;
	loop_on_signal(loop, SIGUSR1, drop_both, NULL);
	loop_on_signal(loop, SIGUSR2, on_signal, NULL);
	raise(SIGUSR1);
	loop_turn(loop, -1);
	raise(SIGUSR2);
	loop_turn(loop, -1);
	assert_string_equal(trace, "12");
}

static void test_loop_free__restores_signals(void **state)
{
	struct sigaction action;
	sigset_t mask;

	(void)state;
	loop_on_signal(loop, SIGUSR1, on_signal, NULL);
	loop_free(&loop);
	assert_null(loop);
	loop_free(&loop);
	sigaction(SIGUSR1, NULL, &action);
	assert_true(action.sa_handler == SIG_DFL);
	sigprocmask(SIG_SETMASK, NULL, &mask);
	assert_false(sigismember(&mask, SIGUSR1));
}

static void test_loop_on_idle__after_each_round(void **state)
{
	(void)state;
	loop_on_idle(loop, note_name, NAME("i"));
	loop_after(loop, 0, note_name, NAME("a"));
	loop_after(loop, 25, note_and_stop, NAME("b"));
	loop_run(loop);
	assert_int_equal(strncmp(trace, "ia", 2), 0); /* drawn before the first wait */
	assert_string_equal(trace + strlen(trace) - 2, "bi");
}

static int set_up(void **state)
{
	(void)state;
	loop = loop_new();
	trace[0] = '\0';
	return pipe(pipes[0]) || pipe(pipes[1]);
}

static int tear_down(void **state)
{
	(void)state;
	loop_free(&loop);
	for (int i = 0; i < 4; i++)
		if (pipes[i / 2][i % 2] >= 0)
			close(pipes[i / 2][i % 2]);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_loop_after__in_order),
		TEST(test_loop_cancel__from_a_timer_due_at_once),
		TEST(test_loop_after__renewed_does_not_starve),
		TEST(test_loop_watch__reads_and_hangs_up),
		TEST(test_loop_watch__removed_in_a_callback),
		TEST(test_loop_watch__replaced_in_a_callback),
		TEST(test_loop_watch__closed_file_is_reported_once),
		TEST(test_loop_on_signal__waits_for_the_turn),
		TEST(test_loop_on_signal__beside_a_busy_file),
		TEST(test_loop_on_signal__changed_in_a_callback),
		TEST(test_loop_free__restores_signals),
		TEST(test_loop_on_idle__after_each_round),
	};

	alarm(60); /* a loop that hangs is a failure, not a wait */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
