/*
 * A team at work, for tests/bench/many only: sessions that do what people do all day, see
 * <harness/team.h>, in one process.
 *
 *   many SECONDS SPEED REFRESH [CONNINFO] < PEOPLE    lines: an e-mail, and "rep", "office" or
 *                                              "dashboard"; SPEED: how many times as fast as people;
 *                                              REFRESH: the setting, seconds; CONNINFO: the server of
 *                                              the dashboards
 *
 * What people do comes at random, so often a day as it does. What the program does by itself keeps its
 * own time: it looks at an open list at its pace, and for news every sixty seconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harness/team.h>

enum { NEWS_MS = 60000, CONNECTS_MS = 25, PEOPLE_MAX = 2000 };

static struct person people[PEOPLE_MAX];
static int people_count, there, missing;
static int refresh_ms; /* the setting `refresh` */
/* Between the answer to a look and the next one. */
static long long pauses, paused_ms, longest_pause;

/* ---- time */

static void on_deed(void *ctx)
{
	struct person *person = ctx;

	loop_after(team.loop, team_some(2 * person_pause(person)), on_deed, person);
	if (team.at_work && person->there)
		person_does(person);
}

static void on_refresh(void *ctx)
{
	struct person *person = ctx;

	if (team.at_work && person->there && !person->waits[KIND_MOVING])
		person_looks(person);
	else
		loop_after(team.loop, refresh_ms, on_refresh, person);
}

static void on_looked(struct person *person, long long took)
{
	int pause = pace_next(&person->pace, took);

	loop_after(team.loop, pause, on_refresh, person);
	pauses++;
	paused_ms += pause;
	if (pause > longest_pause)
		longest_pause = pause;
}

static void on_news(void *ctx)
{
	struct person *person = ctx;

	loop_after(team.loop, NEWS_MS, on_news, person);
	if (team.at_work && person->there)
		person_asks_for_news(person);
}

/* ---- the connections */

static void on_state(void *ctx, enum db_state state, enum db_fault fault, const char *text)
{
	struct person *person = ctx;

	if (state == DB_DOWN && fault != DB_FAULT_NONE) {
		fprintf(stderr, "many: %s: %s\n", person->email, text);
		missing++;
		person->there = false;
	}
}

static bool on_greeting(void *ctx, struct answer *answer, struct err *err)
{
	return session_read(&((struct person *)ctx)->session, answer, err);
}

static void on_ready(void *ctx)
{
	struct person *person = ctx;

	person->there = true;
	there++;
	person_comes(person);
}

/* Approvals are rare: the last one is meant, and not what became of its notice later. */
static void on_notified(void *ctx, const char *channel, const char *payload)
{
	struct person *person = ctx;
	long long id = atoll(payload);

	if (person->role != AN_OFFICE || strcmp(channel, "trato_notice") != 0 ||
	    id <= person->heard)
		return;
	person->heard = id;
	if (team.approval_at > 0)
		person_hears(person);
}

static void person_start(void *ctx)
{
	struct person *person = ctx;

	db_connect(person->db, person->email, "demo");
	/* Everybody at his own time. */
	person->pace = pace_new(refresh_ms);
	loop_after(team.loop, pace_first(&person->pace), on_refresh, person);
	loop_after(team.loop, team_some(NEWS_MS), on_news, person);
	if (person->role != A_DASHBOARD)
		loop_after(team.loop, team_some(10000), on_deed, person);
}

/* A line for each: who logs in, and as what. Dashboards of another server cannot listen there. */
static void people_come(FILE *list, const char *dashboards)
{
	static const char *const channels[] = { "trato_notice", "trato_request", NULL };
	struct person *person;
	char role[16];

	while (people_count < PEOPLE_MAX &&
	       fscanf(list, "%63s %15s", people[people_count].email, role) == 2) {
		struct db_config config = { .conninfo = "dbname=trato",
			                    .reconnect = true,
			                    .greeting = session_greeting(),
			                    .channels = channels };
		struct db_events events = { NULL, on_state, on_greeting, on_ready, on_notified };

		person = &people[people_count];
		person->number = people_count;
		person->role = role[0] == 'r' ? A_REP : role[0] == 'o' ? AN_OFFICE : A_DASHBOARD;
		if (person->role == A_DASHBOARD) {
			config.channels = NULL;
			config.read_only = true;
			config.conninfo = dashboards ? dashboards : config.conninfo;
		}
		events.ctx = person;
		person->db = db_new(team.loop, &config, &events);
		loop_after(team.loop, people_count++ * CONNECTS_MS, person_start, person);
	}
}

/* ---- the end */

static void on_end(void *ctx)
{
	(void)ctx;
	loop_stop(team.loop);
}

static void on_begin(void *ctx)
{
	puts("begin");
	fflush(stdout);
	team.at_work = true;
	loop_after(team.loop, *(const int *)ctx * 1000, on_end, NULL);
}

int main(int argc, char **argv)
{
	int seconds;

	if (argc < 4) {
		fputs("usage: see tests/bench/many.c\n", stderr);
		return 2;
	}
	seconds = atoi(argv[1]);
	team.speed = strtod(argv[2], NULL);
	refresh_ms = atoi(argv[3]) * 1000;
	team.loop = loop_new();
	team.looked = on_looked;
	people_come(stdin, argv[4]);
	loop_after(team.loop, people_count * CONNECTS_MS + 5000, on_begin, &seconds);
	loop_run(team.loop);
	/* The connections stay a moment, to be looked at. */
	puts("end");
	fflush(stdout);
	team.at_work = false;
	loop_after(team.loop, 3000, on_end, NULL);
	loop_run(team.loop);
	tally_print(team.seen, team_kinds, KIND_COUNT, seconds);
	printf("an open list looks again after %.1f s in the mean, %.1f s at most\n",
	       pauses > 0 ? (double)paused_ms / (double)pauses / 1000 : 0.0,
	       (double)longest_pause / 1000);
	printf("%d of %d sessions, connections lost %d times\n", there, people_count, missing);
	for (int i = 0; i < people_count; i++)
		db_free(&people[i].db);
	loop_free(&team.loop);
	return 0;
}
