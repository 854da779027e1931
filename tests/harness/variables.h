/*
 * Environment variables that somebody far away might want to send: the lines of
 * tests/harness/variables, NAME=VALUE.
 */
#ifndef TRATO_TESTS_VARIABLES_H
#define TRATO_TESTS_VARIABLES_H

#include <stdbool.h>

/* The nth, from 0; false behind the last. % in it is the folder. Valid until the next call. */
bool variables_read(int nth, const char *folder, const char **name, const char **value);

#endif
