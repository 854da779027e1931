/*
 * The bound of what GMime gets to read; see mail_parts.h. Twenty megabytes of
 * small parts would become gigabytes of objects, and groups within groups of
 * addresses a recursion without end.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "mail_parts.h"

enum { LINES_MAX = 20000, BYTES_MAX = 1 << 20, GROUPS_MAX = 1000 };

struct bound {
	bool in_header; /* this line may be one of a header */
	bool in_type;   /* of Content-Type, or its next line */
	bool nested;    /* behind this header another one begins */
	bool digest;    /* so it is behind every one */
	bool in_addresses;
	size_t colons; /* in these addresses */
	size_t lines, bytes;
};

static bool contains(const char *line, size_t length, const char *word)
{
	size_t size = strlen(word);

	for (size_t i = 0; i + size <= length; i++)
		if (strncasecmp(line + i, word, size) == 0)
			return true;
	return false;
}

static bool is_field(const char *line, size_t length, const char *name)
{
	size_t size = strlen(name);

	return length > size && strncasecmp(line, name, size) == 0;
}

static void look(struct bound *bound, const char *line, size_t length)
{
	static const char *const people[] = { "from", "to", "cc", "bcc", "sender", "reply-to" };

	if (line[0] != ' ' && line[0] != '\t') {
		bound->in_type = is_field(line, length, "content-type");
		bound->in_addresses = false;
		bound->colons = 0;
		for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
			bound->in_addresses |= is_field(line, length, people[i]);
	}
	for (size_t i = 0; bound->in_addresses && i < length; i++)
		bound->colons += line[i] == ':';
	if (!bound->in_type)
		return;
	bound->nested |= contains(line, length, "message");
	bound->digest |= contains(line, length, "digest");
}

/* The bytes of this line that may be given, `rest` with its end. */
static size_t take(struct bound *bound, const char *line, size_t rest)
{
	bool empty = line[0] == '\n' || (rest == 2 && line[0] == '\r');
	bool boundary = rest > 2 && line[0] == '-' && line[1] == '-';

	/* In the midst of a header it is none, so what is known of that stays. */
	if (boundary) {
		bound->in_header = true;
		bound->in_type = bound->in_addresses = false;
		bound->colons = 0;
	}
	if (!bound->in_header)
		return rest;
	if (bound->lines++ == LINES_MAX)
		return 0;
	if (rest > BYTES_MAX - bound->bytes)
		rest = BYTES_MAX - bound->bytes;
	bound->bytes += rest;
	if (empty) {
		bound->in_header = bound->nested || bound->digest;
		bound->nested = false;
	} else if (!boundary) {
		look(bound, line, rest);
	}
	return bound->colons > GROUPS_MAX ? 0 : rest;
}

size_t mail_bound(const char *bytes, size_t length, size_t *header_end)
{
	struct bound bound = { .in_header = true };
	bool behind = false;
	size_t at = 0;

	while (at < length) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t rest = end != NULL ? (size_t)(end - bytes) + 1 - at : length - at;
		size_t taken = take(&bound, bytes + at, rest);

		if (!behind && (bytes[at] == '\n' || (rest == 2 && bytes[at] == '\r'))) {
			behind = true;
			*header_end = at + rest;
		}
		at += taken;
		if (taken < rest)
			break;
	}
	if (!behind)
		*header_end = at;
	return at;
}
