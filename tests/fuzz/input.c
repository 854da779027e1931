/*
 * Bytes for the targets, piece by piece, and the end of a round that went
 * wrong; see fuzz.h.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/hidden.h"

_Noreturn void fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
	abort();
}

void fuzz_check_clean(const char *file, int line, const char *text, bool lines)
{
	const char *flaw = text ? hidden_in(text, lines) : NULL;

	if (!flaw)
		return;
	fprintf(stderr, "«%s» in «%s»\n", flaw, text);
	fuzz_fail(file, line, "what is shown hides nothing");
}

unsigned fuzz_byte(struct fuzz_input *input)
{
	if (input->left == 0)
		return 0;
	input->left--;
	return *input->at++;
}

unsigned fuzz_word(struct fuzz_input *input)
{
	unsigned high = fuzz_byte(input);

	return high << 8 | fuzz_byte(input);
}

char *fuzz_text(struct fuzz_input *input, struct arena *arena)
{
	size_t length = strnlen((const char *)input->at, input->left);
	char *text = arena_copy_n(arena, (const char *)input->at, length);
	size_t used = length + (length < input->left);

	input->at += used;
	input->left -= used;
	return text;
}

const char *fuzz_file(const uint8_t *bytes, size_t length)
{
	static char path[64];
	static int file = -1;

	if (file < 0)
		file = memfd_create("fuzz", MFD_CLOEXEC);
	fuzz_assert(file >= 0 && ftruncate(file, 0) == 0);
	fuzz_assert(pwrite(file, bytes, length, 0) == (ssize_t)length);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz_one(bytes, length);
	return 0;
}
