/*
 * `trato keys`: all commands with the keys that they have, written as trato.conf
 * has them, so that the output is a beginning of one's own. For main only.
 */
#ifndef TRATO_VIEW_KEYS_H
#define TRATO_VIEW_KEYS_H

#include <base/buf.h>
#include <conf/conf.h>

/* To the standard output; warnings to the standard error. */
bool keys_print(const struct conf *conf, struct err *err);
/* What it would warn of, a line each, and what makes them impossible (err), without printing. */
bool keys_check(const struct conf *conf, struct buf *warnings, struct err *err);

#endif
