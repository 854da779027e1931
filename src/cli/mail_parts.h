/*
 * The parts of a mail: its text and the names of its attachments. Only for
 * mail_*.c.
 */
#ifndef TRATO_CLI_MAIL_PARTS_H
#define TRATO_CLI_MAIL_PARTS_H

#include <base/arena.h>
#include <base/buf.h>

#include "mail_gmime.h"

struct mail_parts {
	const struct mail_gmime *gmime;
	struct arena *arena;
	struct buf text;
	struct buf attachments; /* one a line */
	int attachment_count;
	const char *unknown_charset; /* the first one, or NULL */
	bool long_text;              /* one of the texts was not read to its end */
	bool deep;                   /* parts within parts within parts were not looked at */
};

/* From the whole message's part on. */
void mail_parts_read(struct mail_parts *parts, GMimeObject *object);
void mail_parts_free(struct mail_parts *parts);

/*
 * How much of the bytes may be given to GMime, which makes objects of every header and part: at
 * most so many lines and bytes that can be headers. *header_end: where the message's own end.
 */
size_t mail_bound(const char *bytes, size_t length, size_t *header_end);

#endif
