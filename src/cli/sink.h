/*
 * Where the output of a command goes: standard output, or a file that is there
 * whole or not at all. Only for src/cli.
 */
#ifndef TRATO_CLI_SINK_H
#define TRATO_CLI_SINK_H

#include <stdbool.h>
#include <stdio.h>

#include <base/err.h>

struct sink {
	FILE *file;
	char *path;      /* NULL: standard output */
	char *temporary; /* NULL: written directly, since it is no ordinary file */
};

/* path NULL or "-": standard output. Files are readable by their owner only. */
bool sink_open(struct sink *sink, const char *path, struct err *err);
/* Whether the output is read by a person, so that it has to be cleaned. */
bool sink_is_terminal(const struct sink *sink);
/* Ends it. keep false: the file stays as it was before. Returns keep and no failure. */
bool sink_close(struct sink *sink, bool keep, struct err *err);

#endif
