/*
 * How often a program looks by itself whether a server has anything new. Many look at the same one:
 * where it is slow each of them leaves it alone for longer, so that it has time for what people do; and
 * those that began together do not go on in step. Times in ms; no clock in here.
 */
#ifndef TRATO_BASE_PACE_H
#define TRATO_BASE_PACE_H

struct pace {
	int every; /* between an answer and the next question, while the server is fast */
	int share; /* where among the others this one stands: 0 to 999 */
};

/* With a share at random. */
struct pace pace_new(int every);
/* From the start to the first question: `every` to twice as long. */
int pace_first(const struct pace *pace);
/* From the answer to a question, which took so long, to the next one: `every`; or pace_rest and up to
 * a quarter more, where that is longer. */
int pace_next(const struct pace *pace, long long took);
/* What a server that took so long is left for other work: twenty times that, 48 s at most. */
int pace_rest(long long took);

#endif
