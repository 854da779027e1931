/*
 * A database whose people have typed the hostile texts, all of them, wherever
 * the schema lets them.
 */
#ifndef TRATO_TESTS_HOSTILE_FILL_H
#define TRATO_TESTS_HOSTILE_FILL_H

/* After the demo's data are there, as the superuser. Fails the test where a column of text gets none
 * and does not stand among those that cannot. */
void hostile_fill(void);

#endif
