/*
 * --restricted: what is left of a hostile environment, that every parameter of
 * libpq has its place in it, and what a process can no longer do.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include <base/child.h>
#include <base/confine.h>
#include <db/db.h>

#include "harness/variables.h"

/* ---- In a child, since there is no way back */

/* In a function for in_child: the line of the first thing that is not so. */
#define must(condition)                  \
	do {                             \
		if (!(condition))        \
			return __LINE__; \
	} while (0)

static void in_child_at(int (*fn)(void), int at)
{
	int result[2], line = -1, status;
	pid_t pid;

	assert_int_equal(pipe(result), 0);
	pid = fork();
	if (pid == 0) {
		/* Beyond what is closed; the standard error may be what is tried. */
		int to = dup2(result[1], 1);

		line = fn();
		_exit(write(to, &line, sizeof(line)) == sizeof(line) ? 0 : 1);
	}
	close(result[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (read(result[0], &line, sizeof(line)) != sizeof(line) || !WIFEXITED(status))
		fail_msg("line %d: the child ended with status %#x", at, status);
	close(result[0]);
	if (line != 0)
		fail_msg("line %d is not so", line);
}

#define in_child(fn) in_child_at(fn, __LINE__)

/* ---- The environment */

static char **kept;

static int keep_environment(void **state)
{
	(void)state;
	kept = environ;
	return 0;
}

/* cmocka has its settings there. */
static int restore_environment(void **state)
{
	(void)state;
	environ = kept;
	return 0;
}

static int environment_size(void)
{
	int size = 0;

	while (environ != NULL && environ[size] != NULL)
		size++;
	return size;
}

static void test_confine_environment__hostile_one_by_one(void **state)
{
	int count = 0;
	const char *name, *value;

	(void)state;
	while (variables_read(count, "/tmp", &name, &value)) {
		clearenv();
		setenv(name, value, 1);
		confine_environment();
		if (environment_size() != 0)
			fail_msg("%s is left", environ[0]);
		count++;
	}
	assert_true(count >= 100);
}

static void test_confine_environment__hostile_together(void **state)
{
	const char *name, *value;

	(void)state;
	clearenv();
	for (int i = 0; variables_read(i, "/tmp", &name, &value); i++)
		setenv(name, value, 1);
	setenv("TERM", "screen.xterm-256color", 1);
	confine_environment();
	assert_int_equal(environment_size(), 1);
	assert_string_equal(environ[0], "TERM=screen.xterm-256color");
}

static void test_confine_environment__terminal_and_language_stay(void **state)
{
	static const char *const good[][2] = {
		{ "TERM", "xterm+256color" },  { "TERM", "Eterm-88color" },
		{ "LANG", "es_ES.UTF-8" },     { "LANG", "ca_ES@valencia" },
		{ "LC_ALL", "C.UTF-8" },       { "LC_MESSAGES", "es" },
		{ "LANGUAGE", "es:en_GB:en" }, { "NO_COLOR", "1" },
	};
	static const char *const bad[][2] = {
		{ "TERM", "" },
		{ "TERM", "../x" },
		{ "TERM", ".hidden" },
		{ "TERM", "x/xterm" },
		{ "TERM", "xterm\033[c" },
		{ "TERM", "xterm 1" },
		{ "TERM", "x\303\261" },
		{ "LANG", "/tmp/es" },
		{ "LANG", "es/../.." },
		{ "LANGUAGE", ":es" },
		{ "LANGUAGE", "es:/tmp" },
		{ "NO_COLOR", "a=b" },
		{ "TERM", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		clearenv();
		setenv(good[i][0], good[i][1], 1);
		confine_environment();
		assert_non_null(getenv(good[i][0]));
		assert_string_equal(getenv(good[i][0]), good[i][1]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		clearenv();
		setenv(bad[i][0], bad[i][1], 1);
		confine_environment();
		assert_null(getenv(bad[i][0]));
	}
}

/* ---- libpq */

enum place {
	NO_PLACE,
	BUILT_IN, /* without the environment there is libpq's own value, the same for everybody */
	SET,      /* by db/connect.c */
	AWAY,     /* its file at home: by db_ignore_home */
	SYSTEM,   /* likewise, the system's in its place */
	ACCOUNT,  /* the account's name; a login says another one */
};

static const struct {
	const char *keyword;
	enum place place;
} places[] = {
	/* Who and where. The connection string is root's. */
	{ "service", BUILT_IN },
	{ "user", ACCOUNT },
	{ "password", BUILT_IN },
	{ "passfile", AWAY },
	{ "dbname", ACCOUNT },
	{ "host", BUILT_IN },
	{ "hostaddr", BUILT_IN },
	{ "port", BUILT_IN },
	{ "target_session_attrs", SET },
	{ "load_balance_hosts", BUILT_IN },
	{ "replication", BUILT_IN },
	/* What the session is. */
	{ "client_encoding", SET },
	{ "application_name", SET },
	{ "fallback_application_name", BUILT_IN },
	{ "options", BUILT_IN },
	/* How the server and the person are proved. */
	{ "sslmode", BUILT_IN },
	{ "sslnegotiation", BUILT_IN },
	{ "sslcompression", BUILT_IN },
	{ "sslcert", AWAY },
	{ "sslkey", AWAY },
	{ "sslcertmode", BUILT_IN },
	{ "sslpassword", BUILT_IN },
	{ "sslrootcert", SYSTEM },
	{ "sslcrl", AWAY },
	{ "sslcrldir", BUILT_IN },
	{ "sslsni", BUILT_IN },
	{ "requirepeer", BUILT_IN },
	{ "require_auth", BUILT_IN },
	{ "ssl_min_protocol_version", BUILT_IN },
	{ "ssl_max_protocol_version", BUILT_IN },
	{ "channel_binding", BUILT_IN },
	{ "gssencmode", SET },
	{ "krbsrvname", BUILT_IN },
	{ "gsslib", BUILT_IN },
	{ "gssdelegation", BUILT_IN },
	{ "authtype", BUILT_IN }, /* without meaning since PostgreSQL 14 */
	{ "tty", BUILT_IN },      /* likewise */
	/* How long it waits. */
	{ "connect_timeout", BUILT_IN },
	{ "keepalives", SET },
	{ "keepalives_idle", SET },
	{ "keepalives_interval", SET },
	{ "keepalives_count", SET },
	{ "tcp_user_timeout", SET },
};

static enum place place_of(const char *keyword)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].keyword, keyword) == 0)
			return places[i].place;
	return NO_PLACE;
}

static const char *value_of(const PQconninfoOption *options, const char *keyword)
{
	while (options->keyword != NULL && strcmp(options->keyword, keyword) != 0)
		options++;
	return options->val;
}

static void test_db_ignore_home__every_parameter_of_libpq(void **state)
{
	PQconninfoOption *options = PQconndefaults(), *clean, *attacked;
	const char *name, *value;

	(void)state;
	assert_non_null(options);
	clearenv();
	clean = PQconndefaults();
	for (int i = 0; variables_read(i, "/tmp", &name, &value); i++)
		setenv(name, value, 1);
	for (PQconninfoOption *option = options; option->keyword != NULL; option++)
		if (option->envvar != NULL)
			setenv(option->envvar, "hostile", 1);
	confine_environment();
	db_ignore_home();
	attacked = PQconndefaults();
	assert_non_null(attacked);
	for (PQconninfoOption *option = options; option->keyword != NULL; option++) {
		const char *found = value_of(attacked, option->keyword);
		const char *usual = value_of(clean, option->keyword);

		switch (place_of(option->keyword)) {
		case NO_PLACE:
			fail_msg(
			    "libpq knows %s: say here and in db/home.c what becomes of it with "
			    "--restricted",
			    option->keyword);
			break;
		case AWAY: assert_string_equal(found, "/dev/null/none"); break;
		case SYSTEM:
			assert_string_equal(found, "/etc/ssl/certs/ca-certificates.crt");
			break;
		default:
			if (found != usual && (!found || !usual || strcmp(found, usual) != 0))
				fail_msg("%s is «%s»", option->keyword, found ? found : "");
		}
	}
	assert_string_equal(getenv("PGSERVICEFILE"), "/dev/null");
	PQconninfoFree(options);
	PQconninfoFree(clean);
	PQconninfoFree(attacked);
}

/* ---- The process */

static int process_is_bare(void)
{
	struct err err = { 0 };
	struct rlimit core;
	struct sigaction stop;
	int other = open("/dev/null", O_RDONLY);

	must(other > 2 && dup2(other, 700) == 700);
	close(0);
	close(2);
	must(confine_process(&err));
	must(fcntl(other, F_GETFD) < 0 && fcntl(700, F_GETFD) < 0);
	must(fcntl(0, F_GETFD) == 0 && fcntl(2, F_GETFD) == 0);
	must(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0);
	must(prctl(PR_GET_DUMPABLE) == 0);
	must(prctl(PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L) == 1);
	must(sigaction(SIGTSTP, NULL, &stop) == 0 && stop.sa_handler == SIG_IGN);
	must(umask(0) == 077);
	return 0;
}

static void test_confine_process__is_bare(void **state)
{
	(void)state;
	in_child(process_is_bare);
}

/* ---- The kernel's calls */

static void never(void *ctx, int code, const char *complaints)
{
	(void)ctx;
	(void)code;
	(void)complaints;
	abort();
}

static int starts_nothing(void)
{
	const char *const argv[] = { "true", NULL };
	char *const words[] = { (char *)(uintptr_t) "true", NULL };
	const struct child_order order = { .argv = argv, .output = 1, .input = "", .seconds = 9 };
	struct err err = { 0 };
	FILE *pipe;
	pid_t pid;

	must(confine_process(&err) && confine_calls(&err));
	must(execv("/bin/true", words) < 0 && errno == EPERM);
	must(execveat(AT_FDCWD, "/bin/true", words, environ, 0) < 0 && errno == EPERM);
	must(fexecve(open("/bin/true", O_RDONLY), words, environ) < 0 && errno == EPERM);
	must(fork() < 0 && errno == EPERM);
#ifdef SYS_fork
	must(syscall(SYS_fork) < 0 && errno == EPERM);
	must(syscall(SYS_vfork) < 0 && errno == EPERM);
#endif
	must(syscall(SYS_clone, SIGCHLD, 0L, 0L, 0L, 0L) < 0 && errno == EPERM);
	must(syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0L, 0L, 0L, 0L) < 0 &&
	     errno == EPERM);
	must(syscall(SYS_clone3, &(struct clone_args){ .exit_signal = SIGCHLD }, 64L) < 0 &&
	     errno == ENOSYS);
	must(posix_spawn(&pid, "/bin/true", NULL, NULL, words, environ) == EPERM);
	must(system("true") != 0);
	pipe = popen("true", "r");
	must(pipe == NULL);
	must(child_start(loop_new(), &order, never, NULL) == NULL && errno == EPERM);
	return 0;
}

static int attacks_nothing(void)
{
	static const int families[] = { AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, AF_BLUETOOTH,
		                        AF_KEY,     AF_TIPC,   AF_CAN, AF_XDP };
	struct err err = { 0 };
	struct winsize size = { 24, 80, 0, 0 };
	int terminal, end;

	must(confine_process(&err) && confine_calls(&err));
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		end = socket(families[i], SOCK_RAW, 0);
		must(end < 0 && errno == EAFNOSUPPORT);
	}
	must(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 && errno == EPERM);
	must(kill(getppid(), 0) < 0 && errno == EPERM);
	must(kill(-1, 0) < 0 && errno == EPERM);
	must(syscall(SYS_io_uring_setup, 1L, NULL) < 0 && errno == EPERM);
	must(syscall(SYS_unshare, (long)CLONE_NEWUSER) < 0 && errno == EPERM);
	must(syscall(SYS_keyctl, 0L, 0L, 0L, 0L, 0L) < 0 && errno == EPERM);
	must(openpty(&terminal, &end, NULL, NULL, &size) == 0);
	must(ioctl(end, TIOCSTI, "x") < 0 && errno == EPERM);
	must(syscall(SYS_ioctl, end, (1UL << 40) | TIOCSTI, "x") < 0 && errno == EPERM);
	return 0;
}

static volatile sig_atomic_t signalled;

static void note_signal(int number)
{
	signalled = number;
}

static void *run_thread(void *ctx)
{
	*(int *)ctx = 1;
	return NULL;
}

/* What libpq, ncurses, glibc and the program itself need. */
static int works_as_before(void)
{
	static const int families[] = { AF_UNIX, AF_INET, AF_INET6 };
	struct addrinfo *list = NULL;
	struct err err = { 0 };
	pthread_t thread;
	int ran = 0, terminal, end;
	char name[64] = "";

	must(confine_process(&err) && confine_calls(&err));
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		end = socket(families[i], SOCK_STREAM, 0);
		/* Of this computer's kernel there may be no IPv6. */
		must(end >= 0 || families[i] == AF_INET6);
	}
	must(getaddrinfo("localhost", "5432", NULL, &list) == 0 && list != NULL);
	freeaddrinfo(list);
	must(pthread_create(&thread, NULL, run_thread, &ran) == 0);
	must(pthread_join(thread, NULL) == 0 && ran == 1);
	signal(SIGUSR1, note_signal);
	must(raise(SIGUSR1) == 0 && signalled == SIGUSR1);
	must(openpty(&terminal, &end, NULL, NULL, NULL) == 0);
	must(ttyname_r(end, name, sizeof(name)) == 0);
	end = open(name, O_RDWR | O_NOCTTY);
	must(end >= 0);
	must(poll(NULL, 0, 1) == 0);
	return 0;
}

static void test_confine_calls__starts_nothing(void **state)
{
	(void)state;
	in_child(starts_nothing);
}

static void test_confine_calls__attacks_nothing(void **state)
{
	(void)state;
	in_child(attacks_nothing);
}

static void test_confine_calls__works_as_before(void **state)
{
	(void)state;
	in_child(works_as_before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_confine_process__is_bare),
		cmocka_unit_test(test_confine_calls__starts_nothing),
		cmocka_unit_test(test_confine_calls__attacks_nothing),
		cmocka_unit_test(test_confine_calls__works_as_before),
		cmocka_unit_test_setup_teardown(test_confine_environment__hostile_one_by_one,
		                                keep_environment, restore_environment),
		cmocka_unit_test_setup_teardown(test_confine_environment__hostile_together,
		                                keep_environment, restore_environment),
		cmocka_unit_test_setup_teardown(
		    test_confine_environment__terminal_and_language_stay, keep_environment,
		    restore_environment),
		cmocka_unit_test_setup_teardown(test_db_ignore_home__every_parameter_of_libpq,
		                                keep_environment, restore_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
