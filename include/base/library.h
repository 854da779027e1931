/*
 * Libraries that are loaded when they are needed and not with the program: each takes time of every
 * start and memory of every session, and most sessions need none of them. Who loads one lists its
 * functions once, as X(name) for each, and has a struct of pointers to them and nothing else.
 */
#ifndef TRATO_BASE_LIBRARY_H
#define TRATO_BASE_LIBRARY_H

#include <stdbool.h>

/* A field for the function, of its own type and name. */
#define LIBRARY_FIELD(name) __typeof__ (&(name))(name);

/* Its name, as library_load takes them: { LIST(LIBRARY_NAME) NULL }. */
#define LIBRARY_NAME(name) #name,

/* Opens the library and fills the struct, in the list's order; for dlclose. NULL: it is not there, or lacks
 * one of them; *why is what the system says of it, until the next call. */
void *library_load(const char *file, const char *const *names, void *functions, const char **why);

#endif
