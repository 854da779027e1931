/*
 * Arenas and memory: alignment, zeroes, large pieces, and reuse after a reset.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <base/arena.h>
#include <base/mem.h>

static struct arena *arena;

static bool all_zero(const unsigned char *bytes, size_t size)
{
	while (size > 0)
		if (bytes[--size])
			return false;
	return true;
}

static void test_arena_alloc__aligned_zeroed_apart(void **state)
{
	unsigned char *before = arena_alloc(arena, 0);
	size_t before_size = 0;

	(void)state;
	for (size_t size = 0; size < 9000; size += 1 + size / 3) {
		unsigned char *piece;

		arena_copy(arena, "x"); /* puts the next one off its alignment */
		piece = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
		assert_true(all_zero(piece, size));
		memset(piece, 0xAA, size);
		for (size_t i = 0; i < before_size; i++)
			assert_int_equal(before[i], 0xAA);
		before = piece;
		before_size = size;
	}
}

static void test_arena_alloc__larger_than_a_block(void **state)
{
	unsigned char *large = arena_alloc(arena, 3 << 20);
	char *small = arena_copy(arena, "small");

	(void)state;
	assert_true(all_zero(large, 3 << 20));
	memset(large, 1, 3 << 20);
	assert_string_equal(small, "small");
}

static void test_arena_reset__zeroed_again(void **state)
{
	(void)state;
	arena_reset(arena);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			unsigned char *piece = arena_alloc(arena, 100);

			assert_true(all_zero(piece, 100));
			memset(piece, 0xFF, 100);
		}
		arena_reset(arena);
	}
}

static void test_arena_printf__any_length(void **state)
{
	char long_text[9001];

	(void)state;
	memset(long_text, 'y', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	assert_string_equal(arena_printf(arena, "%s-%d", "a", 7), "a-7");
	assert_string_equal(arena_printf(arena, "%s", long_text), long_text);
	assert_string_equal(arena_printf(arena, "%s", ""), "");
	assert_string_equal(arena_copy_n(arena, "abc", 2), "ab");
	assert_string_equal(arena_copy_n(arena, "", 0), "");
}

static void test_arena_free__twice(void **state)
{
	struct arena *other = arena_new();

	(void)state;
	arena_alloc(other, 10);
	arena_free(&other);
	assert_null(other);
	arena_free(&other);
}

static void test_mem__zeroed_and_copied(void **state)
{
	unsigned char *array = mem_array(10, 10);
	char *copy = mem_copy_n("abc\0def", 7);
	char secret[8] = "secret";

	(void)state;
	assert_true(all_zero(array, 100));
	assert_memory_equal(copy, "abc\0def", 8);
	mem_erase(secret, sizeof secret);
	assert_true(all_zero((unsigned char *)secret, sizeof secret));
	free(array);
	free(copy);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_arena_alloc__aligned_zeroed_apart),
		TEST(test_arena_alloc__larger_than_a_block),
		TEST(test_arena_reset__zeroed_again),
		TEST(test_arena_printf__any_length),
		TEST(test_arena_free__twice),
		TEST(test_mem__zeroed_and_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
