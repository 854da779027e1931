/*
 * `trato dashboard` on a screen that nobody touches: up before the server is,
 * live, plainly stale while the server is away, and back by itself.
 */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "people.h"

static struct screen *start_wall(int rows, int columns)
{
	const char *const argv[] = { screen_program(), "-u", "carmen@trato.example", "dashboard",
		                     NULL };
	static const char password[] = "PGPASSWORD=" PEOPLE_PASSWORD;
	static const char *const env[] = { password, "LANGUAGE=en", "XDG_STATE_HOME=/dev/null",
		                           "XDG_CONFIG_HOME=/nowhere", NULL };

	return screen_start(rows, columns, argv, env);
}

static void approve_an_offer(void)
{
	people_sql(
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'ACME', NULL, NULL, NULL,"
	    " 'Madrid', NULL, NULL, 'ES', NULL, NULL, NULL);"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL,"
	    " (SELECT max(id) FROM trato.client), 'Site', NULL, NULL, true);"
	    "SELECT trato.open_action(gen_random_uuid(), (SELECT max(id) FROM trato.client), 'Roof',"
	    " ARRAY[(SELECT max(id) FROM trato.division)]);"
	    "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL,"
	    " (SELECT max(id) FROM trato.action), 'Roof',"
	    " ARRAY[(SELECT max(id) FROM trato.division)],"
	    " '[{\"description\": \"Tiles\", \"unit_price\": 45200, \"vat\": 0}]',"
	    " p_valid_until => trato.today() + 30);"
	    "SELECT trato.present_offer(gen_random_uuid(), (SELECT max(id) FROM trato.offer),"
	    " (SELECT max(version) FROM trato.offer));"
	    "SELECT trato.approve_offer(gen_random_uuid(), (SELECT max(id) FROM trato.offer),"
	    " (SELECT max(version) FROM trato.offer), trato.today(), 'Ms Roca', NULL);");
}

static void test_wall__from_a_power_cut_to_an_approval(void **state)
{
	struct screen *wall;

	(void)state;
	people_server("stop");
	wall = start_wall(50, 160);
	screen_wait_text(wall, "It is tried again and again");
	people_server("start");
	screen_wait_text(wall, "live");
	screen_wait_text(wall, "Nothing has been approved yet.");
	approve_an_offer();
	screen_wait_text(wall, "ACME");
	screen_wait_text(wall, "45,200 €");
	people_server("stop");
	screen_wait_text(wall, "NO SERVER: THESE FIGURES ARE");
	screen_wait_text(wall, "45,200 €");
	people_server("start");
	screen_wait_gone(wall, "NO SERVER");
	screen_wait_text(wall, "live");
	screen_close(&wall);
}

static void test_wall__leads_nowhere_else(void **state)
{
	struct screen *wall = start_wall(24, 80);

	(void)state;
	screen_wait_text(wall, "page 1 of");
	screen_type(wall, "?:ACVI!M");
	screen_key(wall, "Enter");
	screen_key(wall, "Space");
	screen_wait_text(wall, "page 2 of");
	screen_resize(wall, 60, 200);
	screen_wait_gone(wall, "page 2 of");
	screen_wait_text(wall, "Divisions held longest");
	screen_key(wall, "q");
	assert_int_equal(screen_wait_exit(wall), 0);
	screen_close(&wall);
}

/* ---- With --restricted, where the account proves who it is */

static void shell(const char *command)
{
	assert_int_equal(system(command), 0);
}

/* The person of the example, who has chosen a password once. */
static void make_wall(void)
{
	people_sql("INSERT INTO trato.person (email, name, roles, must_change_password)"
	           " VALUES ('wall@trato.example', 'Wall', '{supervisor}', false)"
	           " ON CONFLICT DO NOTHING;");
	people_sql("DO $$BEGIN IF to_regrole('\"wall@trato.example\"') IS NULL THEN"
	           " CREATE ROLE \"wall@trato.example\" LOGIN IN ROLE trato_supervisor;"
	           " END IF; END$$");
}

static struct screen *start_kiosk(const char *conninfo, const char *const env[])
{
	const char *const argv[] = { screen_program(),     "--restricted", "-d", conninfo, "-u",
		                     "wall@trato.example", "dashboard",    NULL };

	return screen_start(24, 80, argv, env);
}

static const char *socket_conninfo(void)
{
	static char conninfo[512];
	FILE *owner = popen("stat -c %U \"$TRATO_CLUSTER/data\"", "r");
	char name[64] = "";

	assert_non_null(owner);
	assert_int_equal(fscanf(owner, "%63s", name), 1);
	pclose(owner);
	snprintf(conninfo, sizeof(conninfo), "host=%s port=%s dbname=trato requirepeer=%s",
	         getenv("PGHOST"), getenv("PGPORT"), name);
	return conninfo;
}

/* No key ends it, stops it or leads elsewhere. */
static void expect_locked(struct screen *kiosk)
{
	static const char *const keys[] = { "q",         "Esc",   "Ctrl-c", "Ctrl-z", "Ctrl-d",
		                            "Ctrl-q",    "?",     ":",      "F1",     "F2",
		                            "!",         "A",     "C",      "I",      "V",
		                            "M",         "R",     "Enter",  "Ctrl-]", "Ctrl-x",
		                            "Backspace", "Alt-x", "Ctrl-s" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		screen_key(kiosk, keys[i]);
	screen_signal(kiosk, SIGTSTP);
	screen_key(kiosk, "Space");
	screen_wait_text(kiosk, "page 2 of");
	assert_false(screen_shows(kiosk, "Password"));
}

static void test_wall__kiosk_by_peer(void **state)
{
	/* None of it counts. */
	static const char *const env[] = { "PGHOST=/nowhere", "PGUSER=postgres", "LANGUAGE=en",
		                           NULL };
	struct screen *kiosk;

	(void)state;
	make_wall();
	shell("cd \"$TRATO_CLUSTER/data\" &&"
	      " sed -i '1i local trato wall@trato.example peer map=wall' pg_hba.conf &&"
	      " echo \"wall $(id -un) wall@trato.example\" >> pg_ident.conf");
	people_sql("SELECT pg_reload_conf();");
	kiosk = start_kiosk(socket_conninfo(), env);
	screen_wait_text(kiosk, "page 1 of");
	screen_wait_text(kiosk, "live");
	people_expect("SELECT usename FROM pg_stat_activity WHERE application_name = 'trato'",
	              "wall@trato.example");
	expect_locked(kiosk);
	people_server("stop");
	screen_wait_text(kiosk, "NO SERVER");
	people_server("start");
	screen_wait_gone(kiosk, "NO SERVER");
	/* It ends with its terminal alone. */
	screen_hang_up(kiosk);
	screen_wait_exit(kiosk);
	screen_close(&kiosk);
}

/* Another account of the same computer gets no further, and is asked for nothing. */
static void test_wall__kiosk_without_proof(void **state)
{
	static const char *const env[] = { "PGPASSWORD=" PEOPLE_PASSWORD, "LANGUAGE=en", NULL };
	struct screen *kiosk;

	(void)state;
	make_wall();
	shell(
	    "sed -i 's/^wall .*/wall nobody-else wall@trato.example/' \"$TRATO_CLUSTER/data/pg_ident.conf\"");
	people_sql("SELECT pg_reload_conf();");
	kiosk = start_kiosk(socket_conninfo(), env);
	screen_wait_text(kiosk, "It is tried again and again");
	assert_false(screen_shows(kiosk, "Password"));
	shell(
	    "sed -i \"s/^wall .*/wall $(id -un) wall@trato.example/\" \"$TRATO_CLUSTER/data/pg_ident.conf\"");
	people_sql("SELECT pg_reload_conf();");
	screen_wait_text(kiosk, "live");
	screen_close(&kiosk);
}

static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, length), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &length), 0);
	close(fd);
	return ntohs(at.sin_port);
}

/* An authority, and what it has signed for the server and for the wall. */
static const char certificates[] =
    "cd \"$TRATO_CLUSTER/data\" && {"
    " key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';"
    " sign='openssl x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 2';"
    " openssl req -x509 $key -days 2 -subj '/CN=An authority' -keyout ca.key -out ca.crt &&"
    " openssl req $key -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    "  -keyout server.key -out server.csr &&"
    " $sign -copy_extensions copy -in server.csr -out server.crt &&"
    " openssl req $key -subj /CN=wall@trato.example -keyout wall.key -out wall.csr &&"
    " $sign -in wall.csr -out wall.crt &&"
    " chmod 600 server.key wall.key && chown --reference=. server.key server.crt ca.crt &&"
    " sed -i '1i hostssl trato wall@trato.example 127.0.0.1/32 cert' pg_hba.conf; } >certificates.log 2>&1";

static void test_wall__kiosk_by_certificate(void **state)
{
	static const char *const env[] = { "LANGUAGE=en", NULL };
	const char *folder = getenv("TRATO_CLUSTER");
	char conninfo[1024], port[16];
	struct screen *kiosk;

	(void)state;
	make_wall();
	shell(certificates);
	snprintf(port, sizeof(port), "%d", free_port());
	snprintf(conninfo, sizeof(conninfo), "ALTER SYSTEM SET port = %s;", port);
	people_sql(conninfo);
	people_sql("ALTER SYSTEM SET listen_addresses = '127.0.0.1';");
	people_sql("ALTER SYSTEM SET ssl = on;");
	people_sql("ALTER SYSTEM SET ssl_ca_file = 'ca.crt';");
	people_server("stop");
	people_server("start");
	setenv("PGPORT", port, 1);
	snprintf(conninfo, sizeof(conninfo),
	         "host=localhost port=%s dbname=trato sslmode=verify-full"
	         " sslrootcert=%s/data/ca.crt sslcert=%s/data/wall.crt sslkey=%s/data/wall.key",
	         port, folder, folder, folder);
	kiosk = start_kiosk(conninfo, env);
	screen_wait_text(kiosk, "live");
	people_expect("SELECT ssl AND client_dn LIKE '%wall@trato.example' FROM pg_stat_ssl"
	              " JOIN pg_stat_activity USING (pid) WHERE application_name = 'trato'",
	              "t");
	expect_locked(kiosk);
	screen_close(&kiosk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wall__from_a_power_cut_to_an_approval),
		cmocka_unit_test(test_wall__leads_nowhere_else),
		cmocka_unit_test_teardown(test_wall__kiosk_by_peer, screen_teardown),
		cmocka_unit_test_teardown(test_wall__kiosk_without_proof, screen_teardown),
		/* It moves the server to another port. */
		cmocka_unit_test_teardown(test_wall__kiosk_by_certificate, screen_teardown),
	};

	return cmocka_run_group_tests(tests, people_set_up, NULL);
}
