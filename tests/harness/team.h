/*
 * A team at work, through the program's own connections and statements: what people do all day, what
 * the program does for them, and what follows from the answers. When it happens is the business of
 * tests/bench/many.c.
 */
#ifndef TRATO_TESTS_TEAM_H
#define TRATO_TESTS_TEAM_H

#include <stdbool.h>

#include <base/loop.h>
#include <base/pace.h>
#include <db/db.h>
#include <harness/tally.h>
#include <model/session.h>

enum team_kind {
#define KIND(name, text) KIND_##name,
#include <harness/team.def>
#undef KIND
	KIND_COUNT
};

extern const char *const team_kinds[KIND_COUNT];

enum team_role { A_REP, AN_OFFICE, A_DASHBOARD };

enum { KNOWN_MAX = 60 };

struct person {
	struct db *db;
	struct session session;
	enum team_role role;
	int number; /* among the team */
	char email[64];
	bool there;
	struct pace pace; /* of the looks at the list that is open */
	int waits[KIND_COUNT];
	/* Rows of the list that is open, and what is on the screen above it. */
	char known[KNOWN_MAX][24], clients[KNOWN_MAX][24];
	int knows;
	char action[24], client[24], offer[24], notice[24], mark[128];
	enum team_kind write;
	int letters;
	long long heard;
};

/* Set at the beginning by whoever has the team. */
struct team {
	struct loop *loop;
	double speed;                                             /* times as fast as people */
	bool at_work;                                             /* else nothing is counted */
	void (*looked)(struct person *person, long long took_ms); /* a look was answered */
	struct tally seen[KIND_COUNT];
	long long approval_at; /* loop_now of the last one */
};

extern struct team team;

/* A number from 0 on. */
int team_some(int below);

/* Somebody has come in: his home. */
void person_comes(struct person *person);
/* Does one thing, by chance as often as people do; after how many ms, in the mean, the next. */
void person_does(struct person *person);
int person_pause(const struct person *person);
/* What the program does by itself: looks at what is open; asks for news; hears of an approval. */
void person_looks(struct person *person);
void person_asks_for_news(struct person *person);
void person_hears(struct person *person);

#endif
