/*
 * `trato keys`: all commands with the keys that they have, written as trato.conf
 * has them, so that the output is a beginning of one's own. For main only.
 */
#ifndef TRATO_VIEW_KEYS_H
#define TRATO_VIEW_KEYS_H

#include <conf/conf.h>

/* To the standard output; warnings to the standard error. */
bool keys_print(const struct conf *conf, struct err *err);

#endif
