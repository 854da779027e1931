/*
 * Reads tests/harness/hostile.txt; see hostile.h, and the file's first lines
 * for how its texts are written.
 */
#include "hostile.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/text.h>

enum { HOSTILE_MOST = 400 };

static struct hostile texts[HOSTILE_MOST];
static int count;

static _Noreturn void broken(const char *line)
{
	fprintf(stderr, "hostile.txt: what is \"%s\"?\n", line);
	abort();
}

static uint32_t read_hex(const char **at, size_t digits)
{
	char copy[9] = "";
	char *end;
	uint32_t code;

	memcpy(copy, *at, strnlen(*at, digits));
	code = (uint32_t)strtoul(copy, &end, 16);
	if (end != copy + digits)
		broken(*at);
	*at += digits;
	return code;
}

static void add_code(struct buf *out, uint32_t code)
{
	char bytes[4];

	buf_add_n(out, bytes, text_encode(bytes, code));
}

static void read_text(struct buf *out, const char *at, const char *end)
{
	while (at < end) {
		if (at[0] == '{' && at + 1 < end && at[1] >= '0' && at[1] <= '9') {
			char *colon;
			long times = strtol(at + 1, &colon, 10);
			const char *close = memchr(at, '}', (size_t)(end - at));

			if (*colon != ':' || !close)
				broken(at);
			while (times-- > 0)
				read_text(out, colon + 1, close);
			at = close + 1;
		} else if (at[0] != '\\') {
			buf_add_n(out, at++, 1);
		} else if (at[1] == 'x') {
			at += 2;
			buf_add_n(out, &(char){ (char)read_hex(&at, 2) }, 1);
		} else if (at[1] == 'u' || at[1] == 'U') {
			size_t digits = at[1] == 'u' ? 4 : 6;

			at += 2;
			add_code(out, read_hex(&at, digits));
		} else {
			buf_add_n(out, at + 1, 1);
			at += 2;
		}
	}
}

static void read_line(char *line)
{
	char *tab = strchr(line, '\t');
	struct buf text = { 0 };

	if (line[0] == '#' || line[0] == '\0')
		return;
	if (!tab || count == HOSTILE_MOST)
		broken(line);
	*tab = '\0';
	read_text(&text, tab + 1, tab + 1 + strlen(tab + 1));
	texts[count++] = (struct hostile){ strdup(line), text.text };
}

static void release(void)
{
	for (int i = 0; i < count; i++) {
		free((void *)(uintptr_t)texts[i].name);
		free((void *)(uintptr_t)texts[i].text);
	}
}

static void read_file(void)
{
	FILE *file = fopen("tests/harness/hostile.txt", "r");
	char line[4096];

	if (!file) {
		perror("tests/harness/hostile.txt");
		abort();
	}
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		read_line(line);
	}
	fclose(file);
	atexit(release);
}

int hostile_count(void)
{
	if (count == 0)
		read_file();
	return count;
}

const struct hostile *hostile_text(int number)
{
	return number < hostile_count() ? &texts[number] : NULL;
}
