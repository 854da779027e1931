/*
 * Walks through screens over a slow line (delay.c) and tells of each how many round trips it took
 * and when it stood there; for tests/bench/run only. On its input a line for each screen: its name,
 * the keys that lead there from the one before ("=text" types), and what is to be read on it then,
 * between tabs. The last key is the one that counts.
 *
 *   screens COUNTS COMMAND...        the name, ms and round trips, between tabs; "-" where another
 *                                       screen came. A round trip first, of libpq alone.
 *
 * A preview asks 150 ms after the last key, so it counts neither for the one nor for the other.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "harness/screen.h"

enum { REST_MS = 900, STEP_MS = 2, TRIPS_MAX = 9 };

static const char *counts;
static double trip_ms; /* a bare round trip */

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int trips(void)
{
	struct stat file;

	return stat(counts, &file) == 0 ? (int)file.st_size : 0;
}

static double bare_trip(void)
{
	PGconn *conn = PQconnectdb("dbname=trato");
	double begin, best = 1e9;

	for (int i = 0; i < 3; i++) {
		begin = now_ms();
		PQclear(PQexec(conn, "SELECT 1"));
		if (now_ms() - begin < best)
			best = now_ms() - begin;
	}
	fputs(PQerrorMessage(conn), stderr);
	PQfinish(conn);
	return best;
}

static bool at_once(struct screen *screen, void *ctx)
{
	(void)screen;
	(void)ctx;
	return true;
}

/* What is on the screen, with all that has come by now. */
static const char *text_now(struct screen *screen)
{
	screen_wait(screen, "what has come", at_once, NULL);
	return screen_text(screen);
}

static void rest(struct screen *screen, double ms)
{
	for (double end = now_ms() + ms; now_ms() < end; poll(NULL, 0, STEP_MS))
		text_now(screen);
}

/* Until nothing is under way: delay.c counts what is sent meanwhile to the round trip that is. */
static void rest_until_quiet(struct screen *screen)
{
	int before;

	do {
		before = trips();
		rest(screen, REST_MS);
	} while (trips() != before);
}

static void press(struct screen *screen, const char *word)
{
	if (*word == '=')
		screen_type(screen, word + 1);
	else
		screen_key(screen, word);
}

/* A query that leaves upon an answer leaves within half a round trip of it; a preview comes later. */
static void one_screen(struct screen *screen, const char *name, char *keys, const char *text)
{
	int before = 0, taken = 0;
	double begin = 0, shown = 0;
	char *was;

	for (char *word = strtok(keys, " "); word; word = strtok(NULL, " ")) {
		rest_until_quiet(screen);
		was = strdup(text_now(screen));
		before = trips();
		begin = now_ms();
		press(screen, word);
		taken = 0;
		shown = 0;
		for (int allowed = 1; allowed <= TRIPS_MAX; allowed++) {
			while (now_ms() < begin + (allowed + 0.4) * trip_ms) {
				const char *is = text_now(screen);

				if (strcmp(is, was) != 0) {
					shown = now_ms() - begin;
					free(was);
					was = strdup(is);
				}
				poll(NULL, 0, STEP_MS);
			}
			taken = trips() - before;
			if (taken <= allowed)
				break;
		}
		free(was);
	}
	if (getenv("BENCH_SHOW"))
		fprintf(stderr, "---- %s\n%s\n", name, screen_text(screen));
	if (screen_shows(screen, text))
		printf("%s\t%.1f\t%d\n", name, shown, taken);
	else
		printf("%s\t-\t-\n", name);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	char password[256], configuration[512], line[1024];
	const char *const environment[] = { password, configuration, "LANGUAGE=en", NULL };
	struct screen *screen;

	if (argc < 3)
		return 2;
	counts = argv[1];
	trip_ms = bare_trip();
	printf("one round trip\t%.1f\t1\n", trip_ms);
	snprintf(password, sizeof(password), "PGPASSWORD=%s", getenv("PGPASSWORD"));
	snprintf(configuration, sizeof(configuration), "XDG_CONFIG_HOME=%s",
	         getenv("XDG_CONFIG_HOME"));
	screen = screen_start(24, 80, (const char *const *)argv + 2, environment);
	rest(screen, 20 * trip_ms);
	while (fgets(line, sizeof(line), stdin)) {
		char *name = line, *keys = strchr(line, '\t'),
		     *text = keys ? strchr(keys + 1, '\t') : NULL;

		if (!text)
			continue;
		*keys++ = *text++ = '\0';
		text[strcspn(text, "\n")] = '\0';
		one_screen(screen, name, keys, text);
	}
	screen_close(&screen);
	return 0;
}
