/*
 * Communications with a client: the requests that their screens send.
 * Parameters are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_COMMUNICATION_H
#define TRATO_MODEL_COMMUNICATION_H

#include <stdbool.h>

#include <db/batch.h>

/* What a new one begins with: one row about the action, its next step, today and the hour. */
struct batch *communication_begin(const char *action);
/* Candidates for a choice by typing among the client's contacts: columns id, label, note. */
struct batch *communication_contacts(const char *client, const char *typed);
/* The last version of a communication first, then the earlier ones. */
struct batch *communication_read(const char *id);

/* Which communications are looked for; what is NULL restricts nothing. */
struct communication_filter {
	const char *words;                    /* as typed */
	const char *client, *contact, *author; /* ids */
	const char *channel;
	const char *from, *to; /* days, both included */
};

/* A page of them, the newest first; behind or before (at, key), the latter NULL for the ends. */
struct batch *communication_page(bool forward, const struct communication_filter *filter,
                                 const char *at, const char *key, const char *limit);
/* Candidates for a choice by typing: people who may have logged something. */
struct batch *communication_authors(const char *typed);

struct communication_data {
	const char *channel, *direction, *contact, *date, *clock, *subject, *body, *minutes,
	    *tracking, *message_id;
};

/* The next step that follows from it. */
struct communication_step {
	const char *version; /* of the action that it is based on */
	const char *text, *date;
};

/* step NULL leaves the next step as it is. */
struct batch *communication_log(const char *request_id, const char *action,
                                const struct communication_data *data,
                                const struct communication_step *step);
/* Another version of that communication; the old one stays readable. */
struct batch *communication_correct(const char *request_id, const char *id,
                                    const struct communication_data *data);

#endif
