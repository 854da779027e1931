/*
 * The plans of statements as persons get them, with those of the functions that they call; for
 * tests/bench/plans only. As the superuser, in transactions that are all rolled back.
 *
 *   plans LARGE SLOW < QUESTIONS     lines of texts between tabs: who asks ("-": the administrator), the
 *                                statement, what this one is, its parameters ("-": NULL)
 *
 * Prints for each how many rows came, pages of the server's memory that were touched, ms of its
 * processor, the same without row-level security, the ratio, and what is wrong: tables of more than
 * LARGE rows that were read from end to end, more than SLOW ms, row-level security for more than half
 * as much again. One that begins with "all" is meant to read everything.
 */
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MAX = 20, TAKES = 3 };

/* What row-level security costs is a figure only where there is something to divide. */
static const double RATIO_BAR = 1.5, WORTH_DIVIDING_MS = 5;

struct question {
	const char *who, *name, *what, *sql;
	const char *values[VALUES_MAX];
	int count;
};

/* What auto_explain says of a statement that took a millisecond, so that the little ones that a
 * function asks for each row do not fill all ears; the large tables that it reads from end to end, each once. */
struct plan {
	long pages;
	char tables[1024];
};

struct taken {
	int rows;
	long pages;
	double ms;
	char tables[1024];
};

static char large[4096];

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "plans: %s\n", what);
	exit(1);
}

static PGresult *run(PGconn *conn, const char *sql)
{
	PGresult *result = PQexec(conn, sql);

	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		die(PQerrorMessage(conn));
	return result;
}

static void add_table(struct plan *plan, const char *name)
{
	char word[128];

	snprintf(word, sizeof(word), " %.*s ", (int)strcspn(name, " \n"), name);
	if (strstr(large, word) && !strstr(plan->tables, word) &&
	    strlen(plan->tables) + strlen(word) < sizeof(plan->tables))
		strcat(plan->tables, word);
}

/* A plan as text. That of the statement itself comes last, and its first node has the pages of all. */
static void see_plan(void *arg, const PGresult *message)
{
	struct plan *plan = arg;
	const char *text = PQresultErrorField(message, PG_DIAG_MESSAGE_PRIMARY);
	const char *at = text ? strstr(text, "plan:\n") : NULL;

	if (!at)
		return;
	plan->pages = 0;
	text = strstr(at, "Buffers: shared");
	if (text) {
		const char *hit = strstr(text, "hit="), *end = strchr(text, '\n');
		const char *read = strstr(text, "read=");

		plan->pages += hit && (!end || hit < end) ? atol(hit + 4) : 0;
		plan->pages += read && (!end || read < end) ? atol(read + 5) : 0;
	}
	while ((at = strstr(at, "Seq Scan on "))) {
		const char *end = strchr(at, '\n');
		const char *never = strstr(at, "never executed");

		at += strlen("Seq Scan on ");
		if (!never || (end && never > end))
			add_table(plan, at);
	}
}

static double processor_ms(PGconn *conn)
{
	char path[64], text[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", PQbackendPID(conn));
	file = fopen(path, "r");
	if (!file || !fgets(text, sizeof(text), file))
		die("the server's processes are not to be seen from here");
	fclose(file);
	return strtod(text, NULL) / 1e6;
}

static const char *read_statement(const char *name)
{
	static char sql[65536];
	char path[512];
	FILE *file;
	size_t length;

	snprintf(path, sizeof(path), "schema/queries/%s.sql", name);
	file = fopen(path, "r");
	if (!file)
		die(path);
	length = fread(sql, 1, sizeof(sql) - 1, file);
	sql[length] = '\0';
	fclose(file);
	return sql;
}

/* From here on all is as that person asks it; freely: as if there were no row-level security. */
static void begin_as(PGconn *conn, const char *who, bool freely)
{
	char command[512];

	PQclear(run(conn, "BEGIN"));
	if (*who == '-')
		return;
	if (freely) {
		snprintf(command, sizeof(command), "ALTER ROLE \"%s\" BYPASSRLS", who);
		PQclear(run(conn, command));
	}
	snprintf(command, sizeof(command), "SET LOCAL SESSION AUTHORIZATION \"%s\"", who);
	PQclear(run(conn, command));
}

/* Asked and undone; how many rows, less than 0 where it was refused. Constraints that wait for the
 * commit are part of it. */
static int ask(PGconn *conn, const struct question *question, double *ms)
{
	double before = processor_ms(conn);
	PGresult *result;
	int rows = -1;

	PQclear(run(conn, "SAVEPOINT again"));
	result = PQexecParams(conn, question->sql, question->count, NULL, question->values, NULL,
	                      NULL, 0);
	if (PQresultStatus(result) == PGRES_TUPLES_OK) {
		rows = PQntuples(result);
		PQclear(run(conn, "SET CONSTRAINTS ALL IMMEDIATE"));
	} else {
		fprintf(stderr, "%s, %s: %s\n", question->name, question->what,
		        PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	}
	PQclear(result);
	*ms = processor_ms(conn) - before;
	PQclear(run(conn, "ROLLBACK TO again"));
	return rows;
}

/* Its plans, and then the time, of which the least counts: it is the work that is asked for, not what
 * disturbed it. */
static void take(PGconn *explains, PGconn *conn, const struct question *question, bool freely,
                 struct taken *taken)
{
	struct plan plan = { 0 };
	double ms;

	*taken = (struct taken){ 0 };
	PQsetNoticeReceiver(explains, see_plan, &plan);
	begin_as(explains, question->who, freely);
	ask(explains, question, &ms);
	PQclear(run(explains, "ROLLBACK"));
	taken->pages = plan.pages;
	memcpy(taken->tables, plan.tables, sizeof(plan.tables));

	begin_as(conn, question->who, freely);
	taken->rows = ask(conn, question, &taken->ms);
	for (int i = 0; i < TAKES && taken->rows >= 0; i++) {
		ask(conn, question, &ms);
		taken->ms = ms < taken->ms ? ms : taken->ms;
	}
	PQclear(run(conn, "ROLLBACK"));
}

/* By the pages, which nothing disturbs, and by the time: both must say so. */
static double ratio(const struct taken *bound, const struct taken *freely)
{
	double pages = (double)bound->pages / (double)(freely->pages + 1),
	       ms = bound->ms / freely->ms;

	if (bound->ms < WORTH_DIVIDING_MS)
		return 1;
	return bound->pages > 0 && pages < ms ? pages : ms;
}

static void print_question(const struct question *question, const struct taken *bound,
                           const struct taken *freely, double slow_ms)
{
	bool all = !strncmp(question->what, "all", 3);

	printf("%-11.*s %-24s %-30s %6d %8ld %8.2f %8.2f %5.2f ", (int)strcspn(question->who, "@"),
	       question->who, question->name, question->what, bound->rows, bound->pages, bound->ms,
	       freely->ms, ratio(bound, freely));
	if (bound->rows < 0)
		printf(" refused");
	if (bound->ms > slow_ms)
		printf(all ? " slow, all" : " slow");
	if (ratio(bound, freely) > RATIO_BAR && bound->rows > 1)
		printf(" row-level-security");
	if (bound->tables[0])
		printf(" %s:%s", all ? "scans, all" : "scans", bound->tables);
	putchar('\n');
	fflush(stdout);
}

/* The tables of more than so many rows, a space around each name. */
static void find_large(PGconn *conn, const char *rows)
{
	PGresult *result =
	    PQexecParams(conn,
	                 "SELECT string_agg(' ' || relname || ' ', '') FROM pg_class "
	                 "WHERE relkind = 'r' AND reltuples > $1::bigint "
	                 "AND relnamespace = 'trato'::regnamespace",
	                 1, NULL, &rows, NULL, NULL, 0);

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		die(PQerrorMessage(conn));
	snprintf(large, sizeof(large), "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
}

static PGconn *connect_to_server(void)
{
	PGconn *conn = PQconnectdb("dbname=trato");

	if (PQstatus(conn) != CONNECTION_OK)
		die(PQerrorMessage(conn));
	PQclear(run(conn, "SET search_path = trato, pg_temp"));
	PQclear(run(conn, "SET jit = off"));
	PQclear(run(conn, "SET statement_timeout = '15s'"));
	return conn;
}

static bool read_question(char *line, struct question *question)
{
	char *rest = line;

	line[strcspn(line, "\n")] = '\0';
	question->who = strsep(&rest, "\t");
	question->name = strsep(&rest, "\t");
	question->what = strsep(&rest, "\t");
	if (!question->what)
		return false;
	question->sql = read_statement(question->name);
	for (question->count = 0; rest && question->count < VALUES_MAX;) {
		const char *text = strsep(&rest, "\t");

		question->values[question->count++] = strcmp(text, "-") ? text : NULL;
	}
	return true;
}

int main(int argc, char **argv)
{
	PGconn *explains = connect_to_server(), *conn = connect_to_server();
	char line[16384];

	if (argc != 3)
		die("usage: see tests/bench/plans.c");
	find_large(conn, argv[1]);
	PQclear(run(explains, "LOAD 'auto_explain'"));
	PQclear(run(explains, "SET auto_explain.log_nested_statements = on"));
	PQclear(run(explains, "SET auto_explain.log_analyze = on"));
	PQclear(run(explains, "SET auto_explain.log_buffers = on"));
	PQclear(run(explains, "SET auto_explain.log_timing = off"));
	PQclear(run(explains, "SET auto_explain.log_level = 'info'"));
	PQclear(run(explains, "SET auto_explain.log_min_duration = 1"));
	while (fgets(line, sizeof(line), stdin)) {
		struct taken bound, freely;
		struct question question;

		if (!read_question(line, &question))
			die("a line without a question");
		take(explains, conn, &question, false, &bound);
		take(explains, conn, &question, true, &freely);
		print_question(&question, &bound, &freely, strtod(argv[2], NULL));
	}
	PQfinish(explains);
	PQfinish(conn);
	return 0;
}
