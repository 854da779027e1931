/*
 * What the connection demands of a server before it risks a password: each downgrade that a server
 * or somebody in between could try, on a real server with a certificate of its own.
 */
#include "support.h"

#include <arpa/inet.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "crm.trato.test"

static int port;

static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	close(fd);
	return ntohs(at.sin_port);
}

static void run(const char *before, const char *value, const char *behind)
{
	char sql[2000];

	snprintf(sql, sizeof(sql), "%s%s%s", before, value, behind);
	support_run(sql);
}

/* One address, and a person for each way in which a server may ask. */
static int set_up(void **state)
{
	const char *folder = getenv("TRATO_CLUSTER");
	char number[16];

	support_set_up(state);
	support_run("SET password_encryption = 'md5'; CREATE ROLE \"old@x\" LOGIN PASSWORD 'secret'");
	support_run("CREATE ROLE \"trust@x\" LOGIN PASSWORD 'secret';"
	            "CREATE ROLE \"clear@x\" LOGIN PASSWORD 'secret'; CREATE ROLE \"" NAME "\" LOGIN");
	run("COPY (VALUES ('local all postgres peer map=owner'), ('local all all scram-sha-256'),"
	    " ('host all \"trust@x\" 127.0.0.1/32 trust'),"
	    " ('hostssl all \"" NAME "\" 127.0.0.1/32 cert'),"
	    " ('host all \"clear@x\" 127.0.0.1/32 password'),"
	    " ('host all \"old@x\" 127.0.0.1/32 md5'),"
	    " ('host all all 127.0.0.1/32 scram-sha-256')) TO '",
	    folder, "/data/hba' (QUOTE E'\\x01', FORMAT csv)");
	run("ALTER SYSTEM SET hba_file = '", folder, "/data/hba'");
	port = free_port();
	snprintf(number, sizeof(number), "%d", port);
	run("ALTER SYSTEM SET port = ", number, "");
	support_run("ALTER SYSTEM SET listen_addresses = '127.0.0.1'");
	support_run("ALTER SYSTEM SET ssl = on");
	support_run("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
	assert_int_equal(system("tests/harness/cluster certify $TRATO_CLUSTER " NAME " </dev/null"), 0);
	support_server("stop");
	support_server("start");
	setenv("PGPORT", number, 1);
	return 0;
}

/* The whole string where it does not begin with a host of its own. */
static const char *conninfo_of(const char *extra)
{
	static char conninfo[700];
	const char *host = strstr(extra, "host") ? "" : "host=" NAME " hostaddr=127.0.0.1";
	const char *roots = strstr(extra, "sslrootcert") ? "" : "/data/ca.crt";

	snprintf(conninfo, sizeof(conninfo), "dbname=dbtest port=%d %s %s%s%s %s", port, host,
	         *roots ? "sslrootcert=" : "", *roots ? getenv("TRATO_CLUSTER") : "", roots, extra);
	return conninfo;
}

/* DB_FAULT_NONE: it is taken. */
static void expect(const char *extra, const char *user, enum db_fault fault)
{
	struct client *c = client_new(NULL, conninfo_of(extra), (struct db_config){ 0 });

	db_connect(c->db, user, "secret");
	client_wait(c, c->readies == 1 || strstr(c->states, "down"));
	if (c->fault != fault)
		fail_msg("\"%s\" of %s: fault %d and not %d (%s)", extra, user, (int)c->fault,
		         (int)fault, c->fault_text);
	if (fault != DB_FAULT_NONE)
		assert_string_not_equal(db_fault_sentence(fault), "");
	client_free(&c);
}

static void test_guard__the_right_server_is_taken(void **state)
{
	struct client *c = client_new(NULL, conninfo_of(""), (struct db_config){ 0 });

	(void)state;
	client_log_in(c);
	client_send(c, BATCH_READ, 's',
	            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", NULL);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->cell, "t");
	client_free(&c);
	assert_null(db_weakness(conninfo_of("")));
}

static void test_guard__a_server_that_wants_no_proof_is_refused(void **state)
{
	(void)state;
	expect("", "trust@x", DB_FAULT_WEAK_LOGIN);
	expect("", "clear@x", DB_FAULT_WEAK_LOGIN);
	expect("", "old@x", DB_FAULT_WEAK_LOGIN);
}

static void test_guard__another_name_is_refused(void **state)
{
	(void)state;
	expect("host=other.trato.test hostaddr=127.0.0.1", "tester@x", DB_FAULT_OTHER_NAME);
	/* An address alone is no name, that of the loopback neither. */
	expect("hostaddr=127.0.0.1", "tester@x", DB_FAULT_OTHER_NAME);
	expect("host=127.0.0.1", "tester@x", DB_FAULT_OTHER_NAME);
	expect("host=localhost", "tester@x", DB_FAULT_OTHER_NAME);
}

static void test_guard__an_unknown_authority_is_refused(void **state)
{
	(void)state;
	expect("sslrootcert=system", "tester@x", DB_FAULT_UNKNOWN_CERTIFICATE);
	expect("sslrootcert=''", "tester@x", DB_FAULT_UNKNOWN_CERTIFICATE);
	expect("sslrootcert=/nowhere", "tester@x", DB_FAULT_UNKNOWN_CERTIFICATE);
}

static void without_tls(bool off)
{
	struct client *c;
	bool still;

	support_run(off ? "ALTER SYSTEM SET ssl = off" : "ALTER SYSTEM RESET ssl");
	if (!off)
		support_run("ALTER SYSTEM SET ssl = on");
	support_run("SELECT pg_reload_conf()");
	/* The server takes it up a moment later. */
	do {
		c = client_new(NULL, conninfo_of("sslmode=require"), (struct db_config){ 0 });
		db_connect(c->db, "tester@x", "secret");
		client_wait(c, c->readies == 1 || strstr(c->states, "down"));
		still = off == (c->fault == DB_FAULT_NONE);
		client_free(&c);
	} while (still);
}

static void test_guard__no_encryption_is_refused_unless_it_is_wanted(void **state)
{
	(void)state;
	without_tls(true);
	expect("", "tester@x", DB_FAULT_NO_TLS);
	/* libpq's own default, which takes what it gets, says nothing. */
	expect("sslmode=prefer channel_binding=prefer", "tester@x", DB_FAULT_NO_TLS);
	expect("sslmode=disable", "tester@x", DB_FAULT_NONE);
	assert_non_null(strstr(db_weakness(conninfo_of("sslmode=disable")), "not encrypted"));

	/* Also where the environment says it. */
	setenv("PGSSLMODE", "disable", 1);
	expect("", "tester@x", DB_FAULT_NONE);
	assert_non_null(db_weakness(conninfo_of("")));
	/* Restricted: nobody can say it. */
	db_demand(true, NULL);
	expect("", "tester@x", DB_FAULT_NO_TLS);
	expect("sslmode=disable", "tester@x", DB_FAULT_NO_TLS);
	db_demand(false, NULL);
	unsetenv("PGSSLMODE");
	without_tls(false);
}

static void test_guard__what_is_weaker_works_and_is_told(void **state)
{
	(void)state;
	expect("host=other.trato.test hostaddr=127.0.0.1 sslmode=verify-ca", "tester@x",
	       DB_FAULT_NONE);
	expect("sslrootcert='' sslmode=require", "tester@x", DB_FAULT_NONE);
	/* Bound to a connection that nobody checks, the password is still not given away. */
	expect("sslrootcert='' sslmode=require", "clear@x", DB_FAULT_WEAK_LOGIN);
	assert_non_null(strstr(db_weakness(conninfo_of("sslmode=verify-ca")), "right one"));
	assert_non_null(
	    strstr(db_weakness(conninfo_of("channel_binding=disable")), "password itself"));
	expect("channel_binding=disable", "tester@x", DB_FAULT_NONE);
	/* A socket needs none of it. */
	assert_null(db_weakness("host=/tmp sslmode=disable"));
	assert_null(db_weakness("dbname=dbtest"));
}

/* Who has a certificate of his own, such as the wall, has no password that could be lost. */
static void test_guard__a_certificate_takes_the_passwords_place(void **state)
{
	static const char *const ignored[] = { "PGPASSFILE", "PGSSLCERT",     "PGSSLKEY",
		                               "PGSSLCRL",   "PGSSLROOTCERT", "PGSERVICEFILE" };
	const char *folder = getenv("TRATO_CLUSTER");
	char extra[500];

	(void)state;
	/* libpq takes a key only from its owner. */
	assert_int_equal(
	    system("umask 077; cp $TRATO_CLUSTER/data/server.key $TRATO_CLUSTER/client.key"), 0);
	snprintf(extra, sizeof(extra), "sslcert=%s/data/server.crt sslkey=%s/client.key", folder,
	         folder);
	assert_null(db_weakness(conninfo_of(extra)));
	expect(extra, NAME, DB_FAULT_NONE);
	db_demand(true, NULL);
	db_ignore_home();
	expect(extra, NAME, DB_FAULT_NONE);
	/* But only where the connection itself says so. */
	expect("", "trust@x", DB_FAULT_WEAK_LOGIN);
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		unsetenv(ignored[i]);
	db_demand(false, NULL);
}

static void check_strict(const char *conninfo, const char *sentence)
{
	struct err err = { 0 };

	assert_int_equal(db_check_conninfo(conninfo, "-d", &err), sentence == NULL);
	if (sentence && !strstr(err.text, sentence))
		fail_msg("%s: %s", conninfo, err.text);
}

static void test_check_conninfo__restricted_allows_nothing_weaker(void **state)
{
	(void)state;
	check_strict("host=x sslmode=disable", NULL);
	db_demand(true, NULL);
	check_strict("host=x dbname=trato", NULL);
	check_strict("host=x sslmode=verify-full channel_binding=require", NULL);
	check_strict("host=x sslmode=disable", "sslmode=verify-full");
	check_strict("postgresql://x/trato?sslmode=require", "sslmode=verify-full");
	check_strict("host=x channel_binding=disable", "channel_binding=require");
	check_strict("service=x", "service file");
	db_demand(false, NULL);
}

static void test_guard__a_sockets_owner_is_who_was_said(void **state)
{
	char conninfo[200], socket[300];
	struct stat status;
	const struct passwd *owner;

	(void)state;
	snprintf(socket, sizeof(socket), "%s/.s.PGSQL.%d", getenv("TRATO_CLUSTER"), port);
	assert_int_equal(stat(socket, &status), 0);
	owner = getpwuid(status.st_uid);
	assert_non_null(owner);
	snprintf(conninfo, sizeof(conninfo), "host=%s ", getenv("TRATO_CLUSTER"));
	expect(conninfo, "tester@x", DB_FAULT_NONE);
	db_demand(false, "nobody");
	expect(conninfo, "tester@x", DB_FAULT_OTHER_OWNER);
	/* What the connection says counts more. */
	snprintf(conninfo + strlen(conninfo), 100, "requirepeer=%s", owner->pw_name);
	expect(conninfo, "tester@x", DB_FAULT_NONE);
	db_demand(false, owner->pw_name);
	*strchr(conninfo, ' ') = '\0';
	expect(conninfo, "tester@x", DB_FAULT_NONE);
	db_demand(true, NULL);
	expect(conninfo, "tester@x",
	       strcmp(owner->pw_name, "postgres") == 0 ? DB_FAULT_NONE : DB_FAULT_OTHER_OWNER);
	db_demand(false, NULL);
}

/* Commands without a screen connect in the same way. */
static void test_script__demands_the_same(void **state)
{
	struct err err = { 0 };
	struct script *script = script_open(conninfo_of(""), "clear@x", "secret", &err);

	(void)state;
	assert_null(script);
	assert_int_equal(err.kind, ERR_CONNECT);
	assert_non_null(strstr(err.text, "does not prove"));
	script = script_open(conninfo_of(""), "tester@x", "secret", &err);
	assert_non_null(script);
	assert_string_equal(script_protection(script), "encrypted, and the server is checked");
	script_close(&script);
	script = script_open(conninfo_of("sslmode=require"), "tester@x", "secret", &err);
	assert_non_null(strstr(script_protection(script), "right one"));
	script_close(&script);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guard__the_right_server_is_taken),
		cmocka_unit_test(test_guard__a_server_that_wants_no_proof_is_refused),
		cmocka_unit_test(test_guard__another_name_is_refused),
		cmocka_unit_test(test_guard__an_unknown_authority_is_refused),
		cmocka_unit_test(test_guard__no_encryption_is_refused_unless_it_is_wanted),
		cmocka_unit_test(test_guard__what_is_weaker_works_and_is_told),
		cmocka_unit_test(test_guard__a_certificate_takes_the_passwords_place),
		cmocka_unit_test(test_check_conninfo__restricted_allows_nothing_weaker),
		cmocka_unit_test(test_guard__a_sockets_owner_is_who_was_said),
		cmocka_unit_test(test_script__demands_the_same),
	};

	/* libpq would speak Spanish where Debian's translations are installed. */
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", "es", 1);
	return cmocka_run_group_tests(tests, set_up, NULL);
}
