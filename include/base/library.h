/*
 * Libraries that are loaded when they are needed and not with the program: each takes time of every
 * start and memory of every session, and most sessions need none of them. Who loads one lists its
 * functions once, as X(name) for each, and has a struct of pointers to them.
 */
#ifndef TRATO_BASE_LIBRARY_H
#define TRATO_BASE_LIBRARY_H

#include <stdbool.h>

/* A field for the function, of its own type and name. */
#define LIBRARY_FIELD(name) __typeof__ (&(name))(name);

/* The open library's function of this name; function points to the pointer that gets its address.
 * false: it has none. */
bool library_find(void *library, const char *name, void *function);

#endif
