/*
 * Asks the server one question again and again, each time with other parameters, as the person that
 * PGUSER and PGPASSWORD name; for tests/bench only.
 *
 *   ask FILE.sql < PARAMETERS      lines of texts between tabs, "-" for NULL
 *
 * Prints how often; p50 and p99 in ms of the answers, then of the server's processor alone, which
 * other work on the machine does not touch; the parameters that took the most of it, and how much.
 * Each line is asked twice and the second time counts: it is the work that is measured, not the disk.
 */
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUESTIONS_MAX = 20000, PARAMETERS_MAX = 12 };

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "ask: %s\n", what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static const char *read_question(const char *path)
{
	static char sql[65536];
	FILE *file = fopen(path, "r");

	if (!file || fread(sql, 1, sizeof(sql) - 1, file) == 0)
		die("no question");
	fclose(file);
	return sql;
}

/* What the server's process for this connection has computed so far; 0 where that is not told. */
static double processor_ms(PGconn *conn)
{
	char path[64], text[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", PQbackendPID(conn));
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	return strtod(text, NULL) / 1e6;
}

static double ask(PGconn *conn, const char *sql, const char *line)
{
	const char *parameters[PARAMETERS_MAX];
	char *copy = strdup(line), *rest = copy;
	int count = 0;
	double begin;
	PGresult *rows;

	while (rest && count < PARAMETERS_MAX) {
		const char *text = strsep(&rest, "\t");

		parameters[count++] = strcmp(text, "-") ? text : NULL;
	}
	begin = now_ms();
	rows = PQexecParams(conn, sql, count, NULL, parameters, NULL, NULL, 0);
	begin = now_ms() - begin;
	if (PQresultStatus(rows) != PGRES_TUPLES_OK)
		die(PQerrorMessage(conn));
	PQclear(rows);
	free(copy);
	return begin;
}

static double percentile(double *values, int count, int percent)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[(count * percent + 99) / 100 - 1];
}

int main(int argc, char **argv)
{
	static double times[QUESTIONS_MAX], works[QUESTIONS_MAX];
	char line[4096], hardest[4096] = "";
	const char *sql = read_question(argc > 1 ? argv[1] : "");
	PGconn *conn = PQconnectdb("dbname=trato");
	double most = -1;
	int count = 0;

	if (PQstatus(conn) != CONNECTION_OK)
		die(PQerrorMessage(conn));
	while (count < QUESTIONS_MAX && fgets(line, sizeof(line), stdin)) {
		double before;

		line[strcspn(line, "\n")] = '\0';
		ask(conn, sql, line);
		before = processor_ms(conn);
		times[count] = ask(conn, sql, line);
		works[count] = processor_ms(conn) - before;
		if (works[count] > most) {
			most = works[count];
			memcpy(hardest, line, sizeof(line));
		}
		count++;
	}
	if (count == 0)
		die("nothing to ask with");
	PQfinish(conn);
	printf("%d %.3f %.3f ", count, percentile(times, count, 50), percentile(times, count, 99));
	printf("%.3f %.3f %.3f %s\n", percentile(works, count, 50), percentile(works, count, 99), most,
	       hardest);
	return 0;
}
