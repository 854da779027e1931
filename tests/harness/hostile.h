/*
 * The hostile texts of tests/harness/hostile.txt: what people or programs could
 * put into a field to mislead who reads it, or the program that shows it.
 */
#ifndef TRATO_TESTS_HOSTILE_H
#define TRATO_TESTS_HOSTILE_H

#include <stddef.h>

struct hostile {
	const char *name; /* what it is, in a word or two */
	const char *text; /* may be no UTF-8 */
};

int hostile_count(void);
/* From 0 on; lives until the end. The file is read once; a failure ends the program. */
const struct hostile *hostile_text(int number);

#endif
