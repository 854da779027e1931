/*
 * What trato doctor finds, line by line. Only for doctor*.c.
 */
#ifndef TRATO_CLI_DOCTOR_H
#define TRATO_CLI_DOCTOR_H

#include "cli_private.h"

enum doctor_state { DOCTOR_OK, DOCTOR_WARNING, DOCTOR_FAULT };

enum doctor_check {
	CHECK_CONFIGURATION,
	CHECK_TERMINAL,
	CHECK_LOCALE,
	CHECK_CONNECTION,
	CHECK_TLS,
	CHECK_SCHEMA,
	CHECK_CLOCK,
	CHECK_RIGHTS,
};

struct doctor_line {
	enum doctor_check check;
	enum doctor_state state;
	const char *found, *advice; /* "" for none */
};

struct doctor {
	const struct cli_context *context;
	struct arena *arena; /* of all texts */
	struct doctor_line *lines;
	int count, faults;
	struct conf *conf; /* the defaults where it cannot be read */
};

/* found: a sentence or less; advice: what to do, as a sentence. Both live as long as the arena. */
void doctor_tell(struct doctor *doctor, enum doctor_check check, enum doctor_state state,
                 const char *found, const char *advice);

/* ---- doctor_here.c: this computer. The first reads doctor->conf. */
void doctor_configuration(struct doctor *doctor);
void doctor_terminal(struct doctor *doctor);
void doctor_locale(struct doctor *doctor);

/* ---- doctor_server.c: connection and TLS; with a login also doctor_inside. */
void doctor_server(struct doctor *doctor);

/* ---- doctor_inside.c: schema, clock and rights */
void doctor_inside(struct doctor *doctor, struct script *script);

#endif
