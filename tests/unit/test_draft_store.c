/* Drafts as files: whole or not at all, one's own, and offered only when their program has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/arena.h>
#include <base/i18n.h>

#include <view/draft.h>
#include <view/draft_store.h>

static char folder[64], path[160];
static struct arena *arena;
static struct draft_store *store, *later;
static char name[DRAFT_NAME_SIZE];

static int set_up(void **state)
{
	char root[] = "/tmp/trato-drafts.XXXXXX";

	(void)state;
	i18n_init("en");
	arena = arena_new();
	assert_non_null(mkdtemp(root));
	snprintf(folder, sizeof(folder), "%s/state/drafts/", root);
	store = draft_store_new(folder);
	draft_store_name(store, name);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	draft_store_free(&store);
	draft_store_free(&later);
	arena_free(&arena);
	snprintf(path, sizeof(path), "rm -rf '%.25s'", folder);
	return system(path);
}

static const char *in_folder(const char *file, const char *end)
{
	snprintf(path, sizeof(path), "%s%s%s", folder, file, end);
	return path;
}

static bool put(const char *text)
{
	struct err err;

	return draft_store_write(store, name, text, strlen(text), &err);
}

static const char *get(struct draft_store *from, const char *which)
{
	size_t length = 0;
	const char *bytes = draft_store_read(from, which, arena, &length);

	return bytes != NULL ? arena_copy_n(arena, bytes, length) : NULL;
}

static mode_t mode_of(const char *file)
{
	struct stat what;

	assert_int_equal(lstat(file, &what), 0);
	return what.st_mode & 07777;
}

static void test_draft_store_write__for_nobody_elses_eyes(void **state)
{
	(void)state;
	umask(0);
	assert_int_not_equal(access(folder, F_OK), 0);
	assert_true(put("one"));
	assert_true(put("two"));
	assert_string_equal(get(store, name), "two");
	assert_int_equal(mode_of(folder), 0700);
	assert_int_equal(mode_of(in_folder(name, ".draft")), 0600);
	assert_int_not_equal(access(in_folder(name, ".new"), F_OK), 0);
	chmod(folder, 0777);
	later = draft_store_new(folder);
	assert_string_equal(get(later, name), "two");
	assert_int_equal(mode_of(folder), 0700);
	draft_store_remove(store, name);
	assert_null(get(store, name));
}

static void test_draft_store_find__only_of_programs_that_have_ended(void **state)
{
	const char *const *names;
	char own[DRAFT_NAME_SIZE];

	(void)state;
	later = draft_store_new(folder);
	assert_int_equal(draft_store_find(later, arena, &names), 0);
	put("one");
	assert_int_equal(draft_store_find(store, arena, &names), 0);
	assert_int_equal(draft_store_find(later, arena, &names), 0);
	draft_store_free(&store);
	assert_int_equal(draft_store_find(later, arena, &names), 1);
	assert_string_equal(names[0], name);
	assert_true(draft_store_claim(later, name, own));
	assert_string_equal(get(later, own), "one");
	assert_false(draft_store_claim(later, name, own));
	assert_int_equal(draft_store_find(later, arena, &names), 0);
}

/* A killed program leaves its lock, which nobody holds, and perhaps what it was writing. */
static void test_draft_store_find__after_a_kill(void **state)
{
	static const char token[] = "0123456789abcdef";
	const char *const *names;
	const char *const left[] = { "-1.draft", "-2.new", ".lock" };

	(void)state;
	put("mine");
	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++)
		fclose(fopen(in_folder(token, left[i]), "w"));
	assert_int_equal(draft_store_find(store, arena, &names), 1);
	assert_string_equal(names[0], "0123456789abcdef-1");
	assert_int_not_equal(access(in_folder(token, ".lock"), F_OK), 0);
	draft_store_find(store, arena, &names);
	assert_int_not_equal(access(in_folder(token, "-2.new"), F_OK), 0);
	assert_string_equal(get(store, name), "mine");
}

static void test_draft_store_read__what_is_no_file_of_ours(void **state)
{
	const char *const *names;

	(void)state;
	put("one");
	assert_int_equal(symlink("/etc/passwd", in_folder("0123456789abcdef-1", ".draft")), 0);
	assert_null(get(store, "0123456789abcdef-1"));
	assert_int_equal(mkfifo(in_folder("0123456789abcdef-2", ".draft"), 0600), 0);
	assert_null(get(store, "0123456789abcdef-2"));
	assert_int_equal(mkdir(in_folder("0123456789abcdef-3", ".draft"), 0700), 0);
	assert_null(get(store, "0123456789abcdef-3"));
	fclose(fopen(in_folder("0123456789abcdef-4", ".draft"), "w"));
	assert_int_equal(truncate(path, DRAFT_SIZE_MAX + 1), 0);
	assert_null(get(store, "0123456789abcdef-4"));
	fclose(fopen(in_folder("notes", ".draft"), "w"));
	fclose(fopen(in_folder("../../etc", ".draft"), "w"));
	assert_int_equal(draft_store_find(store, arena, &names), 4);
}

static void test_draft_store_write__says_why_not(void **state)
{
	struct err err = { 0 };
	char *long_one = arena_alloc(arena, DRAFT_SIZE_MAX + 2);

	(void)state;
	memset(long_one, 'x', DRAFT_SIZE_MAX + 1);
	assert_false(draft_store_write(store, name, long_one, DRAFT_SIZE_MAX + 1, &err));
	assert_non_null(strstr(err.text, "too long"));
	draft_store_free(&store);
	store = draft_store_new("/dev/null/trato/drafts/");
	assert_false(draft_store_write(store, name, "x", 1, &err));
	assert_non_null(strstr(err.text, "Not a directory (/dev/null/trato/drafts/)"));
}

static void test_draft_store_write__not_without_end(void **state)
{
	struct err err = { 0 };
	char file[DRAFT_NAME_SIZE];

	(void)state;
	put("one");
	for (int i = 1; i < DRAFTS_MAX; i++) {
		snprintf(file, sizeof(file), "0123456789abcdef-%d", i);
		fclose(fopen(in_folder(file, ".draft"), "w"));
	}
	assert_true(put("the one that is there can go on"));
	draft_store_name(store, file);
	assert_false(draft_store_write(store, file, "x", 1, &err));
	assert_non_null(strstr(err.text, "200"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_draft_store_write__for_nobody_elses_eyes),
		TEST(test_draft_store_find__only_of_programs_that_have_ended),
		TEST(test_draft_store_find__after_a_kill),
		TEST(test_draft_store_read__what_is_no_file_of_ours),
		TEST(test_draft_store_write__says_why_not),
		TEST(test_draft_store_write__not_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
