/*
 * A part of every day, such as the hours in which nobody wants to hear a bell.
 * "20:00-08:00" goes over midnight; nothing at all ("") is no part of any day.
 */
#ifndef TRATO_BASE_HOURS_H
#define TRATO_BASE_HOURS_H

#include <stdbool.h>

#include <base/err.h>

struct hours {
	int from, to; /* minutes after midnight, `to` is outside; the same: none */
};

/* err: a sentence that says what is allowed. */
bool hours_parse(const char *typed, struct hours *out, struct err *err);
/* "20:00-08:00" or "". */
void hours_format(struct hours hours, char out[12]);
/* minute: after midnight. */
bool hours_contain(struct hours hours, int minute);
/* Of now, in the zone of date_set_zone. */
int hours_minute_now(void);

#endif
