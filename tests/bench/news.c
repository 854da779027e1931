/*
 * How soon an approval reaches those who wait for it; for tests/bench/run only. Terminals are 80×24,
 * and what arrives is not interpreted: KEYS lead to a screen where nothing but the banner changes, and
 * the first that comes is its headline. The names behind it must be there before the next approval.
 *
 *   news banner COUNT OFFERS KEYS COMMAND...    approves the offers one after the other: p50 and p99
 *                                               in ms until something comes, of so many terminals
 *                                               together, from the asking and from the answer. The
 *                                               first, for which the server plans all that it calls
 *                                               and reads what is on the disk, does not count
 *   news listen COUNT OFFERS [SQL]              the same for bare LISTENs, which ask that
 *   news keep COUNT KEYS COMMAND...             terminals that stay until the input ends
 *   news bell SQL                               the least that such a COMMAND can be: says something
 *                                               when it hears of news and has asked that
 */
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <base/mem.h>

enum { PATIENCE_MS = 20000, STARTED_MS = 3000, TYPED_MS = 900, SETTLED_MS = 500 };

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "news: %s\n", what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_percentiles(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	printf("%.3f %.3f ", values[count / 2], values[(count * 99 + 99) / 100 - 1]);
}

static PGconn *connect_as(const char *email)
{
	const char *const names[] = { "dbname", "user", "password", NULL };
	const char *const values[] = { "trato", email, "demo", NULL };
	PGconn *conn = PQconnectdbParams(names, values, 0);

	if (PQstatus(conn) != CONNECTION_OK)
		die(PQerrorMessage(conn));
	return conn;
}

static void approve(PGconn *conn, const char *offer)
{
	if (!PQsendQueryParams(conn,
	                       "SELECT trato.approve_offer(gen_random_uuid(), id, version, "
	                       "current_date, 'Bench') FROM trato.offer WHERE id = $1::bigint",
	                       1, NULL, &offer, NULL, NULL, 0))
		die(PQerrorMessage(conn));
}

static bool approved(PGconn *conn)
{
	PGresult *result;

	if (!PQconsumeInput(conn) || PQisBusy(conn))
		return false;
	while ((result = PQgetResult(conn))) {
		if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
			die(PQresultErrorMessage(result));
		PQclear(result);
	}
	return true;
}

static bool notified(PGconn *conn)
{
	PGnotify *notify;
	bool any = false;

	PQconsumeInput(conn);
	while ((notify = PQnotifies(conn))) {
		any = true;
		PQfreemem(notify);
	}
	return any;
}

/* Who waits for news: a program at a terminal, or a connection that only listens. */
struct ear {
	pid_t pid;
	int fd;
	PGconn *conn;
	bool asked;
};

static void ears_poll(struct ear *ears, int count, struct pollfd *fds, int patience_ms)
{
	for (int i = 0; i < count; i++)
		fds[i] = (struct pollfd){ ears[i].conn ? PQsocket(ears[i].conn) : ears[i].fd,
			                  POLLIN, 0 };
	if (poll(fds, (nfds_t)count + 1, patience_ms) < 0)
		die(strerror(errno));
}

/* What can be read has been; whether it is what was waited for. A connection may have a question
 * to ask first, as a program has, which shows the table and not what a doorbell says. */
static bool ear_hears(struct ear *ear, const char *question)
{
	PGresult *result;
	char data[65536];

	if (!ear->conn) {
		if (read(ear->fd, data, sizeof(data)) <= 0)
			die("the program is gone");
		return true;
	}
	if (notified(ear->conn)) {
		if (!question)
			return true;
		ear->asked = PQsendQuery(ear->conn, question) == 1;
	}
	if (!ear->asked || PQisBusy(ear->conn))
		return false;
	while ((result = PQgetResult(ear->conn))) {
		if (PQresultStatus(result) != PGRES_TUPLES_OK)
			die(PQresultErrorMessage(result));
		PQclear(result);
	}
	ear->asked = false;
	return true;
}

/* One approval. Times count from the moment in which the rep asks for it; returns when he has his
 * answer. */
static double one_approval(PGconn *rep, struct ear *ears, int count, const char *question,
                           const char *offer, double *times)
{
	struct pollfd *fds = calloc((size_t)count + 1, sizeof(*fds));
	double begin = now_ms(), answered = 0;
	int left = count;

	approve(rep, offer);
	while (answered <= 0 || left > 0) {
		fds[count] = (struct pollfd){ PQsocket(rep), POLLIN, 0 };
		ears_poll(ears, count, fds, PATIENCE_MS);
		if (now_ms() - begin > PATIENCE_MS)
			die("not everybody heard of it");
		for (int i = 0; i < count; i++)
			if (fds[i].revents && ear_hears(&ears[i], question) && times[i] <= 0) {
				times[i] = now_ms() - begin;
				left--;
			}
		if (fds[count].revents && answered <= 0 && approved(rep))
			answered = now_ms() - begin;
	}
	free(fds);
	return answered;
}

/* Until none of them has said anything for so long. */
static void ears_settle(struct ear *ears, int count, const char *question, int silence_ms)
{
	struct pollfd *fds = calloc((size_t)count + 1, sizeof(*fds));
	bool any;

	do {
		fds[count].fd = -1;
		ears_poll(ears, count, fds, silence_ms);
		any = false;
		for (int i = 0; i < count; i++)
			if (fds[i].revents) {
				ear_hears(&ears[i], question);
				any = true;
			}
	} while (any);
	free(fds);
}

static void ear_start(struct ear *ear, char **argv)
{
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };

	ear->pid = forkpty(&ear->fd, NULL, NULL, &size);
	if (ear->pid < 0)
		die(strerror(errno));
	if (ear->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	fcntl(ear->fd, F_SETFD, FD_CLOEXEC);
}

/* All have been hung up. */
static void ear_end(struct ear *ear)
{
	double deadline = now_ms() + 3000;

	while (waitpid(ear->pid, NULL, WNOHANG) == 0) {
		if (now_ms() > deadline)
			kill(ear->pid, SIGKILL);
		poll(NULL, 0, 2);
	}
}

static struct ear *ears_open(int count, const char *keys, char **argv)
{
	struct ear *ears = calloc((size_t)count, sizeof(*ears));

	for (int i = 0; i < count && !argv; i++) {
		ears[i].conn = connect_as("berta@trato.example");
		PQclear(PQexec(ears[i].conn, "SET search_path = trato, pg_temp"));
		PQclear(PQexec(ears[i].conn, "LISTEN trato_notice"));
	}
	for (int i = 0; i < count && argv; i++)
		ear_start(&ears[i], argv);
	ears_settle(ears, count, NULL, STARTED_MS);
	for (int i = 0; i < count && argv; i++)
		if (write(ears[i].fd, keys, strlen(keys)) != (ssize_t)strlen(keys))
			die("the program is gone");
	ears_settle(ears, count, NULL, TYPED_MS);
	return ears;
}

static void ears_close(struct ear *ears, int count)
{
	for (int i = 0; i < count; i++) {
		if (ears[i].conn)
			PQfinish(ears[i].conn);
		else
			close(ears[i].fd);
	}
	for (int i = 0; i < count; i++)
		if (!ears[i].conn)
			ear_end(&ears[i]);
	free(ears);
}

static void measure_news(int count, char *offers, const char *question, const char *keys,
                         char **argv)
{
	PGconn *rep = connect_as("ana@trato.example");
	struct ear *ears = ears_open(count, keys, argv);
	double *times = NULL, *after = NULL, answered;
	int taken = 0;
	bool counts = false;

	for (char *offer = strtok(offers, " \n"); offer; offer = strtok(NULL, " \n")) {
		times = mem_resize(times, (size_t)taken + (size_t)count, sizeof(*times));
		after = mem_resize(after, (size_t)taken + (size_t)count, sizeof(*after));
		memset(times + taken, 0, (size_t)count * sizeof(*times));
		answered = one_approval(rep, ears, count, question, offer, times + taken);
		for (int i = taken; i < taken + count; i++)
			after[i] = times[i] - answered;
		ears_settle(ears, count, question, SETTLED_MS);
		taken += counts ? count : 0;
		counts = true;
	}
	if (taken == 0)
		die("no offers");
	print_percentiles(times, taken);
	print_percentiles(after, taken);
	putchar('\n');
	free(times);
	free(after);
	ears_close(ears, count);
	PQfinish(rep);
}

/* Terminals that are there and do nothing, until the input ends. */
static void keep(int count, const char *keys, char **argv)
{
	struct ear *ears = ears_open(count, keys, argv);
	struct pollfd *fds = calloc((size_t)count + 1, sizeof(*fds));

	puts("ready");
	fflush(stdout);
	do {
		fds[count] = (struct pollfd){ STDIN_FILENO, POLLIN, 0 };
		ears_poll(ears, count, fds, -1);
		for (int i = 0; i < count; i++)
			if (fds[i].revents)
				ear_hears(&ears[i], NULL);
	} while (!fds[count].revents);
	free(fds);
	ears_close(ears, count);
}

/* Its plan is kept, as Trato's is. */
static void bell(const char *question)
{
	PGconn *conn = connect_as("berta@trato.example");
	struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { PQsocket(conn), POLLIN, 0 } };

	PQclear(PQexec(conn, "SET search_path = trato, pg_temp"));
	PQclear(PQexec(conn, "LISTEN trato_notice"));
	PQclear(PQprepare(conn, "question", question, 0, NULL));
	PQclear(PQexecPrepared(conn, "question", 0, NULL, NULL, NULL, 0));
	puts("ready");
	fflush(stdout);
	while (poll(fds, 2, -1) > 0 && !(fds[0].revents & (POLLHUP | POLLERR))) {
		PGresult *result;

		if (!fds[1].revents || !notified(conn))
			continue;
		result = PQexecPrepared(conn, "question", 0, NULL, NULL, NULL, 0);
		printf("%d\n", PQntuples(result));
		fflush(stdout);
		PQclear(result);
	}
	PQfinish(conn);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "";

	signal(SIGPIPE, SIG_IGN);
	if (!strcmp(verb, "banner") && argc > 5)
		measure_news(atoi(argv[2]), argv[3], NULL, argv[4], argv + 5);
	else if (!strcmp(verb, "bell"))
		bell(argv[2]);
	else if (!strcmp(verb, "listen") && argc > 3)
		measure_news(atoi(argv[2]), argv[3], argv[4], NULL, NULL);
	else if (!strcmp(verb, "keep") && argc > 4)
		keep(atoi(argv[2]), argv[3], argv + 4);
	else
		die("usage: see tests/bench/news.c");
	return 0;
}
