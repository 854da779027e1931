/*
 * What the targets of this folder share. Each is a program test_NAME.c with
 * fuzz_one(), which takes any bytes. `make fuzz` builds it with clang's
 * libFuzzer, which makes up bytes; `make check` builds it with the ordinary
 * compiler, and replay.c gives it those of corpus/NAME.
 */
#ifndef TRATO_TESTS_FUZZ_H
#define TRATO_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <base/arena.h>

/* Whatever is wrong ends the program: by fuzz_assert, or by a sanitizer. */
void fuzz_one(const uint8_t *bytes, size_t length);
/* By name, since libFuzzer calls it so. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define fuzz_assert(condition)                                     \
	do {                                                       \
		if (!(condition)) {                                \
			fuzz_fail(__FILE__, __LINE__, #condition); \
			abort(); /* cppcheck knows this one */     \
		}                                                  \
	} while (0)
_Noreturn void fuzz_fail(const char *file, int line, const char *condition);
/* Valid UTF-8 in which nothing is hidden from who reads it; NULL is fine. */
#define fuzz_assert_clean(text, lines) fuzz_check_clean(__FILE__, __LINE__, text, lines)
void fuzz_check_clean(const char *file, int line, const char *text, bool lines);

/* The input, piece by piece; 0 and "" behind its end. */
struct fuzz_input {
	const uint8_t *at;
	size_t left;
};
unsigned fuzz_byte(struct fuzz_input *input);
unsigned fuzz_word(struct fuzz_input *input);
/* Up to the next byte 0, or the end; without that byte. */
char *fuzz_text(struct fuzz_input *input, struct arena *arena);

/* The bytes as a file: its path, valid until the next call. */
const char *fuzz_file(const uint8_t *bytes, size_t length);

#endif
