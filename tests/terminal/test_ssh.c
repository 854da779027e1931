/*
 * Trato over SSH, with the settings of examples/sshd_config.d on a real server:
 * it can be worked with, a command is not heard, and it ends with the
 * connection, however that ends. What else SSH can is in test_ssh_ways.sh.
 */
#include <ctype.h>
#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/loop.h>

#include "harness/variables.h"
#include "people.h"

enum { HANG_UP_MS = 2000, SLOW_MACHINE_MS = 20000 };

static char folder[] = "/tmp/trato-ssh-XXXXXX";
static bool running;
static char accounts[4][16];
static int account_count;

/* $F in it is the folder. */
static int in_folder(const char *command)
{
	setenv("F", folder, 1);
	return WEXITSTATUS(system(command));
}

static int set_up(void **state)
{
	char path[64];
	FILE *file;
	int status;

	people_set_up(state);
	people_sql(
	    "WITH c AS (INSERT INTO trato.client (name) VALUES ('Bodegas del Duero') RETURNING id),"
	    " d AS (INSERT INTO trato.division (client_id, name) SELECT id, 'Tienda' FROM c)"
	    " SELECT 1;"
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.open_action(gen_random_uuid(), (SELECT max(id) FROM trato.client), 'Roof',"
	    " ARRAY[(SELECT max(id) FROM trato.division)]);");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chmod(folder, 0755), 0);
	status = in_folder("tests/harness/sshd start $F </dev/null");
	if (status == 77) {
		print_message(
		    "# SKIP root needs a mount namespace for the accounts of this test\n");
		return 0;
	}
	assert_int_equal(status, 0);
	/* Where /dev/pts is mounted without the group tty, as in some containers, only root's sshd
	 * can hand a terminal on. */
	if (getuid() != 0 &&
	    in_folder("ssh -F $F/ssh_config -tt free true </dev/null >/dev/null 2>&1") != 0) {
		print_message("# SKIP sshd has no terminals for an ordinary user here\n");
		return in_folder("tests/harness/sshd stop $F");
	}
	running = true;
	snprintf(path, sizeof(path), "%s/accounts", folder);
	file = fopen(path, "r");
	while (account_count < 4 && fscanf(file, "%15s", accounts[account_count]) == 1)
		account_count++;
	fclose(file);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	if (running)
		in_folder("tests/harness/sshd stop $F");
	return in_folder("rm -rf $F");
}

/* command: NULL for none. env: of the client, which sends all of it. */
static struct screen *connect_to(const char *account, const char *command, const char *const env[])
{
	static char config[64];
	const char *argv[] = { "ssh", "-F",        config,  "-tt",   "-A",
		               "-o",  "SendEnv=*", account, command, NULL };

	if (!running)
		skip();
	snprintf(config, sizeof(config), "%s/ssh_config", folder);
	return screen_start(24, 80, argv, env);
}

static void log_in(struct screen *screen)
{
	screen_wait_text(screen, "Password");
	/* Many people share this account: who came last is nobody else's business. */
	assert_false(screen_shows(screen, "ana@trato.example"));
	screen_type(screen, "ana@trato.example\t" PEOPLE_PASSWORD "\r");
	screen_wait_text(screen, "q quit");
}

/* The process on the other side: there is one at a time. -1: none. */
static pid_t find_trato(void)
{
	DIR *processes = opendir("/proc");
	pid_t found = -1;
	struct dirent *entry;
	char path[300], line[300];

	while (found < 0 && (entry = readdir(processes))) {
		FILE *file;
		size_t length;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
		file = fopen(path, "r");
		length = file ? fread(line, 1, sizeof(line) - 1, file) : 0;
		if (file)
			fclose(file);
		line[length] = '\0';
		/* As a login shell it has the command as its third word. */
		if (strcmp(line, "trato") == 0 && length > 9)
			memmove(line, line + 9, length - 8);
		snprintf(path, sizeof(path), "%s/bin/trato", folder);
		if (strncmp(line, path, strlen(path)) == 0)
			found = (pid_t)atoi(entry->d_name);
	}
	closedir(processes);
	return found;
}

/* Not one that has ended and is not yet missed by its parent. */
static bool is_there(pid_t pid)
{
	char path[64], state = 'Z';
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file) {
		if (fscanf(file, "%*d %*s %c", &state) != 1)
			state = 'Z';
		fclose(file);
	}
	return state != 'Z';
}

/* Processor time, in milliseconds. */
static long long used(pid_t pid)
{
	unsigned long user = 0, system = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file) {
		if (fscanf(file, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		           &user, &system) != 2)
			user = system = 0;
		fclose(file);
	}
	return (long long)(user + system) * 1000 / sysconf(_SC_CLK_TCK);
}

static bool timed_out_in_log(void)
{
	return in_folder("grep -q 'Timeout, client not responding' $F/log") == 0;
}

/* The program and its session at the server. How long that took is told; that it takes less than
 * two seconds is for who looks at an idle machine. */
static void expect_end(const char *how, pid_t trato, long long since)
{
	static const char sessions[] =
	    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ana@trato.example'";
	long long gone;

	while (is_there(trato) && loop_now() - since < SLOW_MACHINE_MS)
		poll(NULL, 0, 5);
	assert_false(is_there(trato));
	gone = loop_now() - since;
	people_expect(sessions, "0");
	print_message(
	    "# %s: the program was gone after %lld ms, its session within %lld ms (bar: %d)\n", how,
	    gone, loop_now() - since, HANG_UP_MS);
}

static void test_ssh__a_call_is_logged(void **state)
{
	struct screen *ana = connect_to(accounts[0], NULL, NULL);

	(void)state;
	log_in(ana);
	screen_wait_text(ana, "Bodegas del");
	screen_type(ana, "c");
	screen_wait_text(ana, "We contacted the client");
	screen_type(ana, "\t\t\t\t\tTiles for the roof\tBy May.");
	screen_wait_text(ana, "By May.");
	/* Neither stops it, nor does the new window lose what is typed. */
	screen_key(ana, "Ctrl-z");
	screen_resize(ana, 40, 120);
	screen_wait_text(ana, "By May.");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The communication is logged.");
	people_expect("SELECT subject FROM trato.communication", "Tiles for the roof");
	screen_wait_text(ana, "q quit");
	screen_key(ana, "q");
	assert_int_equal(screen_wait_exit(ana), 0);
	screen_close(&ana);
}

/* What the client sends, of what a hostile one may. */
static void test_ssh__the_program_gets_a_bare_environment(void **state)
{
	char variables[110][160], path[64], text[8192];
	const char *env[112], *name, *value;
	struct screen *ana;
	size_t length;
	FILE *file;
	pid_t trato;
	int count = 0;

	(void)state;
	while (count < 110 && variables_read(count, folder, &name, &value)) {
		snprintf(variables[count], sizeof(variables[count]), "%s=%s", name, value);
		/* ssh itself is to be found, and to have a terminal that it can use. */
		if (strcmp(name, "PATH") == 0)
			strcpy(variables[count], "TRATO_FRAMES=1");
		env[count] = variables[count];
		count++;
	}
	env[count++] = "LANG=es_ES.UTF-8";
	env[count] = NULL;
	ana = connect_to(accounts[0], NULL, env);
	screen_wait_text(ana, "Contrase");
	trato = find_trato();
	assert_true(trato > 0);
	snprintf(path, sizeof(path), "/proc/%d/environ", (int)trato);
	/* Nobody else's than root's: it is not dumpable. */
	file = fopen(path, "r");
	assert_true((file != NULL) == (getuid() == 0));
	length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
	if (file)
		fclose(file);
	for (size_t at = 0; at < length; at += strlen(text + at) + 1) {
		static const char *const allowed[] = {
			"LANG=", "LC_",    "SHELL=", "PWD=",  "LOGNAME=", "HOME=", "SSH_",
			"USER=", "SHLVL=", "PATH=",  "MAIL=", "TERM=",    "_=",    "OLDPWD="
		};
		bool known = strncmp(text + at, "SSH_AUTH_SOCK", 13) != 0;
		size_t i = 0;

		text[sizeof(text) - 1] = '\0';
		while (i < sizeof(allowed) / sizeof(allowed[0]) &&
		       strncmp(text + at, allowed[i], strlen(allowed[i])) != 0)
			i++;
		if (!known || i == sizeof(allowed) / sizeof(allowed[0]))
			fail_msg("the session has %s", text + at);
	}
	screen_close(&ana);
}

static void test_ssh__dropped(void **state)
{
	(void)state;
	if (!running)
		skip();
	for (int i = 0; i < account_count; i++) {
		struct screen *ana = connect_to(accounts[i], "id > /tmp/never", NULL);
		long long since;
		pid_t trato;

		log_in(ana);
		trato = find_trato();
		assert_true(trato > 0);
		screen_signal(ana, SIGKILL);
		since = loop_now();
		expect_end(accounts[i], trato, since);
		screen_close(&ana);
	}
}

static void test_ssh__frozen(void **state)
{
	struct screen *ana = connect_to(accounts[0], NULL, NULL);
	long long began, used_before, used_after = 0;
	pid_t trato;

	(void)state;
	log_in(ana);
	trato = find_trato();
	assert_true(trato > 0);
	used_before = used(trato);
	screen_signal(ana, SIGSTOP);
	began = loop_now();
	while (!timed_out_in_log() && loop_now() - began < SLOW_MACHINE_MS) {
		used_after = is_there(trato) ? used(trato) : used_after;
		poll(NULL, 0, 50);
	}
	expect_end("frozen", trato, loop_now());
	/* A busy loop would have had all of it. */
	assert_true(used_after - used_before < (loop_now() - began) / 4);
	screen_signal(ana, SIGCONT);
	screen_signal(ana, SIGKILL);
	screen_close(&ana);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_ssh__a_call_is_logged, screen_teardown),
		cmocka_unit_test_teardown(test_ssh__the_program_gets_a_bare_environment,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_ssh__dropped, screen_teardown),
		cmocka_unit_test_teardown(test_ssh__frozen, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
