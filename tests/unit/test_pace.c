/*
 * How often is looked, and what a server makes of many who look.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/pace.h>

enum { LOOKERS = 500, WORK = 15, MINUTE = 60 * 1000 };

static void test_pace_next__as_announced_or_twenty_times_as_long(void **state)
{
	static const struct {
		int every, share;
		long long took;
		int next;
	} table[] = {
		{ 5000, 0, 0, 5000 },
		{ 5000, 999, 200, 5000 },
		{ 5000, 0, 250, 5000 },
		{ 5000, 0, 251, 5020 },
		{ 5000, 0, 1000, 20000 },
		{ 5000, 500, 1000, 22500 },
		{ 5000, 0, 3000, 48000 },
		{ 5000, 999, 3000, 59988 },
		{ 5000, 999, 1LL << 40, 59988 },
		{ 300000, 999, 3000, 300000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct pace pace = { table[i].every, table[i].share };

		assert_int_equal(pace_next(&pace, table[i].took), table[i].next);
	}
}

static void test_pace_first__each_at_another_time(void **state)
{
	(void)state;
	assert_int_equal(pace_first(&(struct pace){ 5000, 0 }), 5000);
	assert_int_equal(pace_first(&(struct pace){ 5000, 500 }), 7500);
	assert_int_equal(pace_first(&(struct pace){ 300000, 999 }), 599700);
}

static void test_pace_new__shares_are_all_over(void **state)
{
	int low = 0, high = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct pace pace = pace_new(5000);

		assert_int_equal(pace.every, 5000);
		assert_in_range(pace.share, 0, 999);
		low += pace.share < 250;
		high += pace.share >= 750;
	}
	assert_true(low > 100 && high > 100);
}

/* It answers one after the other. */
struct server {
	long long asked[LOOKERS]; /* when each of them asks next */
	struct pace pace[LOOKERS];
	long long free_at;
	int answers;
	long long waited, worked; /* by all of them; for all of them */
};

static int first_of_all(const struct server *server)
{
	int first = 0;

	for (int i = 1; i < LOOKERS; i++)
		if (server->asked[i] < server->asked[first])
			first = i;
	return first;
}

static void look(struct server *server, long long until)
{
	server->answers = 0;
	server->waited = server->worked = 0;
	for (int i; i = first_of_all(server), server->asked[i] < until;) {
		long long asked = server->asked[i];

		if (server->free_at < asked)
			server->free_at = asked;
		server->free_at += WORK;
		server->worked += WORK;
		server->waited += server->free_at - asked;
		server->answers++;
		server->asked[i] =
		    server->free_at + pace_next(&server->pace[i], server->free_at - asked);
	}
}

static void assert_room_for_work(const struct server *server, int minutes)
{
	assert_in_range(server->waited / server->answers, WORK, 500);
	assert_in_range(server->worked, 0, minutes * MINUTE * 8LL / 10);
}

/* Every 5 s they would ask for one and a half times as much as it can do: it would never rest, and all
 * answers would be 2.5 s late. */
static void test_pace__looking_leaves_room_for_work(void **state)
{
	static struct server server;

	(void)state;
	for (int i = 0; i < LOOKERS; i++) {
		server.pace[i] = (struct pace){ 5000, i * 2 };
		server.asked[i] = pace_first(&server.pace[i]);
	}
	look(&server, MINUTE);
	look(&server, 10LL * MINUTE);
	assert_room_for_work(&server, 9);
	/* After a standstill, too. */
	server.free_at = 10LL * MINUTE + 10000;
	look(&server, 11LL * MINUTE);
	look(&server, 20LL * MINUTE);
	assert_room_for_work(&server, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pace_next__as_announced_or_twenty_times_as_long),
		cmocka_unit_test(test_pace_first__each_at_another_time),
		cmocka_unit_test(test_pace_new__shares_are_all_over),
		cmocka_unit_test(test_pace__looking_leaves_room_for_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
