/*
 * Other programs in the loop: what they read, write, complain of and see, how
 * they end, and that none outlives whoever started it.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/buf.h>
#include <base/child.h>

static struct {
	struct loop *loop;
	int code, calls;
	struct buf complaints;
	char output[4096];
	const char *const *variables;
	int kept;
} run;

static void on_end(void *ctx, int code, const char *complaints)
{
	(void)ctx;
	run.code = code;
	run.calls++;
	buf_add(&run.complaints, complaints);
	loop_stop(run.loop);
}

static void run_script(const char *script, const char *input, int seconds)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	int output = memfd_create("output", MFD_CLOEXEC);
	const struct child_order order = { .argv = argv,
		                           .input = input,
		                           .length = strlen(input),
		                           .output = output,
		                           .seconds = seconds,
		                           .variables = run.variables,
		                           .kept = run.kept };
	ssize_t count;

	run.calls = 0;
	buf_free(&run.complaints);
	run.loop = loop_new();
	assert_non_null(child_start(run.loop, &order, on_end, NULL));
	loop_run(run.loop);
	loop_free(&run.loop);
	assert_int_equal(run.calls, 1);
	count = pread(output, run.output, sizeof(run.output) - 1, 0);
	run.output[count > 0 ? count : 0] = '\0';
	close(output);
}

static void test_child__reads_writes_and_ends(void **state)
{
	(void)state;
	run_script("tr a-z A-Z; echo no >&2; exit 3", "some text", 30);
	assert_string_equal(run.output, "SOME TEXT");
	assert_string_equal(run.complaints.text, "no\n");
	assert_int_equal(run.code, 3);
	run_script("kill -9 $$", "", 30);
	assert_int_equal(run.code, 128 + SIGKILL);
	/* More than any pipe holds, both ways. */
	run_script("cat >/dev/null; yes | head -c 1000000 >&2", "", 30);
	assert_int_equal(run.code, 0);
	assert_true(run.complaints.length >= 8192 && run.complaints.length < 16384);
}

/* What only closes its standard error has not ended yet. */
static void test_child__is_waited_for(void **state)
{
	(void)state;
	run_script("exec 2>&-; sleep 0.1; echo late", "", 30);
	assert_string_equal(run.output, "late\n");
}

static void test_child__sees_nothing_of_this_program(void **state)
{
	sigset_t blocked;

	(void)state;
	setenv("PGPASSWORD", "secret", 1);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	run_script("echo \"[$PGPASSWORD$HOME]\"; kill -TERM $$; echo alive", "", 30);
	assert_string_equal(run.output, "[]\n");
	assert_int_equal(run.code, 128 + SIGTERM);
	sigprocmask(SIG_UNBLOCK, &blocked, NULL);
	unsetenv("PGPASSWORD");
	run_script("ls -l /proc/self/fd | grep -c pipe", "", 30);
	assert_string_equal(run.output, "2\n"); /* its own to grep, and the complaints */
}

static void test_child__sees_what_the_order_names(void **state)
{
	static const char *const variables[] = { "TRATO_ONE=1", "TRATO_TWO=a b", NULL };
	int kept = memfd_create("kept", MFD_CLOEXEC);
	char bytes[8] = "";

	(void)state;
	run.variables = variables;
	run.kept = kept;
	run_script("echo \"$TRATO_ONE $TRATO_TWO $LC_ALL\"; echo noted >&3; ls /proc/self/fd | wc -l", "",
	           30);
	assert_string_equal(run.output, "1 a b C.UTF-8\n5\n"); /* the last one is of ls itself */
	assert_int_equal(pread(kept, bytes, sizeof(bytes), 0), 6);
	assert_memory_equal(bytes, "noted\n", 6);
	close(kept);
	run.variables = NULL;
	run.kept = 0;
}

static void test_child__may_not_take_too_long(void **state)
{
	(void)state;
	run_script("sleep 1000 & sleep 1000", "", 0);
	assert_int_equal(run.code, CHILD_TOO_LONG);
}

static void test_child_start__what_is_not_there(void **state)
{
	const char *const argv[] = { "no-such-program-anywhere", NULL };
	const struct child_order order = {
		.argv = argv, .input = "", .output = STDERR_FILENO, .seconds = 30
	};
	struct loop *loop = loop_new();

	(void)state;
	errno = 0;
	assert_null(child_start(loop, &order, on_end, NULL));
	assert_int_equal(errno, ENOENT);
	loop_free(&loop);
}

/* The end of the pipe comes when nobody is left who could write to it. */
static void test_child_stop__ends_all_that_it_started(void **state)
{
	const char *const argv[] = { "sh", "-c", "sleep 1000 & echo ready >&2; wait", NULL };
	int output[2];
	struct child_order order = { .argv = argv, .input = "", .seconds = 30 };
	struct child *child;
	char byte;

	(void)state;
	assert_int_equal(pipe2(output, O_CLOEXEC), 0);
	order.output = output[1];
	run.calls = 0;
	run.loop = loop_new();
	child = child_start(run.loop, &order, on_end, NULL);
	assert_non_null(child);
	close(output[1]);
	loop_turn(run.loop, -1); /* it is ready */
	child_stop(&child);
	assert_null(child);
	loop_free(&run.loop);
	assert_int_equal(run.calls, 0);
	assert_int_equal(read(output[0], &byte, 1), 0);
	close(output[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_child__reads_writes_and_ends),
		cmocka_unit_test(test_child__is_waited_for),
		cmocka_unit_test(test_child__sees_nothing_of_this_program),
		cmocka_unit_test(test_child__sees_what_the_order_names),
		cmocka_unit_test(test_child__may_not_take_too_long),
		cmocka_unit_test(test_child_start__what_is_not_there),
		cmocka_unit_test(test_child_stop__ends_all_that_it_started),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_free(&run.complaints);
	return failed;
}
