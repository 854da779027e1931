/*
 * Asking for the address of a name blocks, for ten seconds and more where the
 * network is gone: a session that is lost comes back without it, and a cancel
 * does without it too.
 */
#include "support.h"

#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

static int asked;

/* In place of libc's, whose parameters have reserved names, for libpq: knows one name. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int getaddrinfo(const char *restrict name, const char *restrict service,
                const struct addrinfo *restrict hints, struct addrinfo **restrict result)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
	void *found = dlsym(RTLD_NEXT, "getaddrinfo");

	memcpy(&real, &found, sizeof(real));
	if (name && strcmp(name, "crm.test") == 0) {
		asked++;
		name = "127.0.0.1";
	}
	return real(name, service, hints, result);
}

static void test_names__asked_for_at_a_login_and_by_a_retry_only(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c;
	char conninfo[160];
	uint64_t slow;

	(void)state;
	snprintf(conninfo, sizeof(conninfo), "host=crm.test%s", strchr(proxy->conninfo, ' '));
	c = client_new(loop, conninfo, (struct db_config){ .reconnect = true });
	client_log_in(c);
	assert_int_equal(asked, 1);

	slow = client_send(c, BATCH_READ, 's', "SELECT pg_sleep(60)", NULL);
	loop_turn(c->loop, 10);
	db_cancel(c->db, slow);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_CANCELLED);
	assert_int_equal(asked, 1);

	support_run("SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity"
	            " WHERE usename = 'tester@x' AND datname = 'dbtest'");
	client_wait(c, c->readies == 2);
	assert_int_equal(asked, 1);

	/* The person asks: the name may stand for another address now. */
	support_server("stop");
	client_wait(c, db_state(c->db) == DB_DOWN);
	db_retry(c->db);
	client_wait(c, asked == 2);
	support_server("start");
	client_wait(c, c->readies == 3);
	proxy_free(&proxy);
	client_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names__asked_for_at_a_login_and_by_a_retry_only),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
