/*
 * When a frame is composed: not for a doorbell, which is no news yet, but for
 * what is answered. With a terminal, which has a pty of its own here.
 */
#include "fake.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <base/loop.h>
#include <view/app_private.h>

#define NEWS "kind|id|label|cents|currency\n"

static int frames;

static void count(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	(void)canvas;
	frames++;
}

static void ignore(void *ctx)
{
	(void)ctx;
}

static void ignore_key(void *ctx, const struct key_event *event)
{
	(void)ctx;
	(void)event;
}

/* The frames that are due now. */
static int drawn(void)
{
	int before = frames;

	loop_turn(app_loop(fake.app), 0);
	return frames - before;
}

/* In the child: the number of what went wrong, or 0. */
static int ring(void)
{
	const struct terminal_config config = { .theme = "dark", .announce = "off" };
	const struct terminal_events events = { .key = ignore_key, .draw = count, .gone = ignore };
	struct err err;

	fake_app();
	fake_log_in("berta@trato.example", "backoffice");
	fake_answer("clients_next", "key|name\n1|ACME\n");
	fake_answer("notice_pending", NEWS);
	fake.app->terminal = terminal_open(fake.app->loop, &config, &events, &err);
	if (fake.app->terminal == NULL || drawn() != 1)
		return 1;
	if (drawn() != 0)
		return 2;
	fake_ring("trato_notice");
	if (fake_waiting("notice_pending") == 0 || drawn() != 0)
		return 3;
	fake_state(DB_BUSY, DB_FAULT_NONE, "");
	fake_state(DB_READY, DB_FAULT_NONE, "");
	if (drawn() != 0)
		return 4;
	fake_answer("notice_pending", NEWS "n|7|ACME|4520000|EUR\n");
	if (drawn() != 1)
		return 5;
	fake_press("Down");
	if (drawn() != 1)
		return 6;
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	return drawn() == 1 ? 0 : 7;
}

static void test_app__a_doorbell_draws_nothing(void **state)
{
	int master, slave, status;
	pid_t child;

	(void)state;
	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(master);
		setenv("TERM", "xterm-256color", 1);
		login_tty(slave);
		_exit(ring());
	}
	close(slave);
	for (char bytes[4096]; read(master, bytes, sizeof(bytes)) > 0;)
		continue;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(master);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_app__a_doorbell_draws_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
