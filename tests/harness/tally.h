/*
 * How long requests took, by what they were for: p50, p99 and the longest, and how many were refused
 * or lost. For programs of tests/bench that send many.
 */
#ifndef TRATO_TESTS_TALLY_H
#define TRATO_TESTS_TALLY_H

#include <base/answer.h>

/* All zero at the beginning. */
struct tally {
	double *ms;
	int count, refused, lost;
};

void tally_add(struct tally *tally, enum answer_status status, double ms);
/* A line for each that has something, and how many a second they were together. Sorts and frees. */
void tally_print(struct tally *tallies, const char *const *names, int count, double seconds);

#endif
