/*
 * Commands that need no screen. main() hands on what stands behind the options.
 */
#ifndef TRATO_CLI_CLI_H
#define TRATO_CLI_CLI_H

#include <base/buf.h>
#include <base/traits.h>
#include <conf/conf.h>

struct cli_context {
	const struct conf *conf;
	const char *conninfo;
	const char *user; /* -u, or NULL */
	bool restricted;  /* nothing of the system is within reach: no other program */
	/* For doctor, which reads the configuration itself: conf is NULL then, and conninfo -d or
	 * NULL. */
	const char *file; /* -c, or NULL */
	void (*look)(struct traits *traits); /* what only the screens know: the terminal, */
	bool (*keys)(const struct conf *conf, struct buf *warnings, struct err *err); /* the keys */
};

/* Runs the command argv[0]; returns the program's exit code. */
int cli_run(const struct cli_context *context, int argc, char **argv);

#endif
