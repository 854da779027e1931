/*
 * A mail as it is logged: what an RFC 5322 message says of itself, as text. The
 * message is read as it comes, broken or hostile; there is none of which
 * nothing would be made. Attachments are named and not kept. Only for src/cli.
 */
#ifndef TRATO_CLI_MAIL_READ_H
#define TRATO_CLI_MAIL_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <base/arena.h>
#include <base/err.h>

enum {
	MAIL_BODY_MAX = 100000, /* characters, as the schema has them */
	MAIL_SUBJECT_MAX = 300,
	MAIL_ATTACHMENTS_MAX = 4000,
	MAIL_ADDRESSES_MAX = 200,
	MAIL_REFERENCES_MAX = 100,
};

struct mail_list {
	int count;
	const char **items;
};

/* All texts are valid UTF-8, never NULL, and live in the arena. */
struct mail {
	const char *id; /* "<...>": its Message-ID, or a digest where it has none that serves */
	const char *sender, *recipients; /* "Eva Gil <eva@acme.es>, ...", "" for none */
	struct mail_list from, to;       /* their addresses */
	struct mail_list references;     /* ids of what it answers, the nearest last */
	const char *date;    /* "2026-11-25 14:05:00+00"; "" for none that is possible */
	const char *subject; /* one line, never empty */
	/* Sender and recipients, the text, and what is to be said of how it was read. */
	const char *body;
	const char *attachments; /* "offer.pdf (245 KB)", one a line; "" for none */
};

/* cut: there were more bytes than these. now says which dates are possible. false: GMime is not
 * installed. */
bool mail_read(struct arena *arena, const char *bytes, size_t length, bool cut, time_t now,
               struct mail *mail, struct err *err);

#endif
