/*
 * A line between programs and their server that can break in two ways: cut, so
 * that both ends learn it, or dead, so that neither does. A process of its own
 * keeps it going. For tests in this folder.
 */
#ifndef TRATO_TESTS_WIRE_H
#define TRATO_TESTS_WIRE_H

/* From a Unix socket in that folder to the server that PGHOST and PGPORT name. */
void wire_start(const char *folder);
/* What is connected now; whoever connects later gets through. */
void wire_cut(void);
void wire_go_dead(void);
void wire_stop(void);

#endif
