/*
 * Which pieces of a list two people have changed, and who has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <base/merge.h>

static struct arena *arena;

/* "abc" is the list of a, b and c. */
static struct merge_list list_of(const char *letters)
{
	int count = (int)strlen(letters);
	const char **items = arena_alloc(arena, (size_t)(count + 1) * sizeof(*items));

	for (int i = 0; i < count; i++)
		items[i] = arena_copy_n(arena, letters + i, 1);
	return (struct merge_list){ count, items };
}

/* Pieces that are not the same on all sides, as "kind before/theirs/mine". */
static void check(const char *before, const char *theirs, const char *mine, const char *expected)
{
	static const char kinds[] = "=tma!";
	struct merge_list lists[MERGE_SIDES];
	const char *letters[MERGE_SIDES] = { before, theirs, mine };
	struct merge_piece *pieces;
	int at[MERGE_SIDES] = { 0, 0, 0 }, count;
	char got[400] = "";

	arena = arena_new();
	for (int side = 0; side < MERGE_SIDES; side++)
		lists[side] = list_of(letters[side]);
	count = merge_pieces(arena, lists, &pieces);
	for (int i = 0; i < count; i++) {
		for (int side = 0; side < MERGE_SIDES; side++) {
			assert_int_equal(pieces[i].at[side], at[side]);
			at[side] += pieces[i].count[side];
		}
		if (pieces[i].kind == MERGE_SAME)
			continue;
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%c%.*s/%.*s/%.*s",
		         got[0] != '\0' ? " " : "", kinds[pieces[i].kind], pieces[i].count[0],
		         before + pieces[i].at[0], pieces[i].count[1], theirs + pieces[i].at[1],
		         pieces[i].count[2], mine + pieces[i].at[2]);
	}
	/* All of all three lists. */
	for (int side = 0; side < MERGE_SIDES; side++)
		assert_int_equal(at[side], lists[side].count);
	assert_string_equal(got, expected);
	arena_free(&arena);
}

static void test_merge__says_who_has_changed_what(void **state)
{
	(void)state;
	check("", "", "", "");
	check("abc", "abc", "abc", "");
	check("abc", "aXc", "abc", "tb/X/b");
	check("abc", "abc", "aYc", "mb/b/Y");
	check("abc", "aXc", "aXc", "ab/X/X");
	check("abc", "aXc", "aYc", "!b/X/Y");
	check("", "x", "y", "!/x/y");
	check("abc", "ac", "abc", "tb//b");
	check("abc", "ac", "aYc", "!b//Y");
}

static void test_merge__changes_side_by_side_stay_apart(void **state)
{
	(void)state;
	check("abcd", "aXcd", "abYd", "tb/X/b mc/c/Y");
	check("abcd", "Xbcd", "abcY", "ta/X/a md/d/Y");
	check("abc", "abcx", "yabc", "m//y t/x/");
}

static void test_merge__what_was_added_at_one_place_is_asked(void **state)
{
	(void)state;
	check("ab", "abx", "aby", "!/x/y");
	check("ab", "abxy", "abz", "!/xy/z");
	check("ab", "abx", "abx", "a/x/x");
}

/* Somebody mends the last line while another one writes a further one. */
static void test_merge__adding_beside_a_change_is_no_conflict(void **state)
{
	(void)state;
	check("a", "X", "ab", "ta/X/a m//b");
	check("a", "ba", "X", "t/b/ ma/a/X");
	check("ab", "aX", "abcd", "tb/X/b m//cd");
	check("ab", "aX", "aYc", "!b/X/Yc");
}

static void test_merge__equal_numbers_are_split_into_lines(void **state)
{
	(void)state;
	check("ab", "XY", "Zb", "!a/X/Z tb/Y/b");
	check("abc", "XYZ", "abW", "ta/X/a tb/Y/b !c/Z/W");
}

/* Lines that are changed stay the lines that they are, also beside new ones. */
static void test_merge__similar_lines_belong_together(void **state)
{
	const char *const before[] = { "Course 2 days 100", "Books 10 x 5" };
	const char *const theirs[] = { "Course 2 days 110", "Books 10 x 6", "Visit 300" };
	const char *const mine[] = { "Something new", "Course 2 days 120", "Books 10 x 5" };
	const struct merge_list lists[MERGE_SIDES] = { { 2, before }, { 3, theirs }, { 3, mine } };
	struct merge_piece *pieces;

	(void)state;
	arena = arena_new();
	assert_int_equal(merge_pieces(arena, lists, &pieces), 4);
	assert_int_equal(pieces[0].kind, MERGE_BY_ME);
	assert_int_equal(pieces[0].count[MERGE_BEFORE], 0);
	assert_int_equal(pieces[1].kind, MERGE_CONFLICT);
	assert_int_equal(pieces[1].at[MERGE_MINE], 1);
	assert_int_equal(pieces[2].kind, MERGE_BY_THEM);
	assert_int_equal(pieces[2].count[MERGE_BEFORE], 1);
	assert_int_equal(pieces[3].kind, MERGE_BY_THEM);
	assert_int_equal(pieces[3].count[MERGE_BEFORE], 0);
	arena_free(&arena);
}

static void test_merge__long_lists_do_not_wait(void **state)
{
	static char before[5002], theirs[5002];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		before[i] = (char)('a' + i % 26);
		theirs[i] = (char)('A' + i % 26);
	}
	arena = arena_new();
	struct merge_list lists[MERGE_SIDES] = { list_of(before), list_of(theirs),
		                                 list_of(before) };
	struct merge_piece *pieces;

	/* As many lines on all sides: each is one of theirs. */
	assert_int_equal(merge_pieces(arena, lists, &pieces), 5000);
	assert_int_equal(pieces[4999].kind, MERGE_BY_THEM);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge__says_who_has_changed_what),
		cmocka_unit_test(test_merge__changes_side_by_side_stay_apart),
		cmocka_unit_test(test_merge__what_was_added_at_one_place_is_asked),
		cmocka_unit_test(test_merge__adding_beside_a_change_is_no_conflict),
		cmocka_unit_test(test_merge__equal_numbers_are_split_into_lines),
		cmocka_unit_test(test_merge__similar_lines_belong_together),
		cmocka_unit_test(test_merge__long_lists_do_not_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
