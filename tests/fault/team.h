/*
 * The people of test_faults.c: each with a terminal and a line of his own, an
 * action or a notice that nobody else works on, and one kind of thing to save
 * there, again and again. For tests in this folder.
 */
#ifndef TRATO_TESTS_TEAM_H
#define TRATO_TESTS_TEAM_H

#include <harness/screen.h>

#include "wire.h"

enum thing { COMMUNICATION, OFFER, APPROVAL, INVOICE, THINGS };

struct member {
	int number;
	enum thing thing; /* what he saves */
	char folder[64];  /* of the line and of what the program keeps */
	struct wire *wire;
	struct screen *screen;
	char label[32];         /* of what he is saving now */
	bool in_place, in_form; /* where the next one begins; in its form */
};

/* How long keys took to show. */
struct echo {
	long keys, late; /* later than 200 ms */
	long long slowest_ms;
};
extern struct echo team_echo;

/* In a database with the people of people_set_up; root: a folder for all of them. */
void team_found(struct member members[], int count, const char *root, const char *server);
void team_leave(struct member members[], int count);

/* What he needs for the next one, by SQL on that server. */
void member_prepare(struct member *member, const char *server);
void member_log_in(struct member *member);
/* From the home screen, or from where the last one was saved, to where the next one begins. */
void member_take_place(struct member *member, bool from_home);
/* online: waits for what the form loads. */
void member_fill_form(struct member *member, bool online);
void member_save(struct member *member);
/* A key and the one that takes it back. */
void member_touch_keys(struct member *member);
void member_press(struct member *member, const char *key);

/* What the screen says when it is saved. */
const char *member_acknowledgement(const struct member *member);
/* Waits for it; a form that was loaded only now is saved once more. */
void member_wait_saved(struct member *member);
/* After he left without knowing: what he is told, or goes on with, until it is saved. */
void member_come_back(struct member *member);

/* How often what he is saving is in the database. */
long member_count(const struct member *member, const char *server);
/* How many of its kind there are. */
long thing_count(enum thing thing, const char *server);

#endif
