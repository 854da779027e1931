/* Drafts as bytes: what is written comes back, and what is not whole is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <view/widgets.h>

#include <view/draft.h>

static const struct field_def columns[] = {
	{ .name = "what", .label = "What", .kind = FIELD_LINE },
	{ .name = "price", .label = "Price", .kind = FIELD_AMOUNT },
	{ .name = NULL },
};

static const struct field_def fields[] = {
	{ .name = "subject", .label = "Subject", .kind = FIELD_LINE },
	{ .name = "body", .label = "Text", .kind = FIELD_TEXT },
	{ .name = "untouched", .label = "Untouched", .kind = FIELD_LINE },
	{ .name = "client", .label = "Client", .kind = FIELD_PICK },
	{ .name = "divisions", .label = "Divisions", .kind = FIELD_CHECKLIST },
	{ .name = "lines", .label = "Lines", .kind = FIELD_GRID, .columns = columns },
	{ .name = "pass", .label = "Password", .kind = FIELD_SECRET },
	{ .name = NULL },
};

static const char *const divisions[] = { "3", "Formación", "f", "9", "Norte", "f" };

static struct form *form;
static struct arena *arena;
static struct buf bytes;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	arena = arena_new();
	form = form_new(fields);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(&form);
	arena_free(&arena);
	buf_free(&bytes);
	rows_reset();
	return 0;
}

static struct draft *make(void)
{
	struct draft *draft = arena_alloc(arena, sizeof(*draft));
	const struct form_snapshot *before;

	*draft = (struct draft){
		.database = "trato 1764102482.1",
		.person = "ana@trato.example",
		.form = "communication",
		.args = 2,
		.arg = { 1042, -7 },
		.title = "Comunicación",
		.about = "ACME\\n · \xf0\x9f\x93\x9e",
		.request_id = "5f0c2d7e-3f5c-4a0e-9d0c-1f6d2b3a4c5d",
		.saving = true,
		.written = 1764102482,
	};
	form_set_items(form, "divisions", rows_make("id label blocked", 2, divisions));
	form_set(form, "untouched", "as it was");
	before = form_snapshot_take(form, arena);
	form_go(form, "body");
	form_paste(form, "first line\nback\\slash \\n\nend 0123456789abcdef\n");
	form_set(form, "subject", "Call");
	form_set_pick(form, "client", "8", "ACME «Norte»");
	form_tick(form, "divisions", "9", true);
	form_grid_set(form, "lines", 0, "what", "Course");
	form_grid_set(form, "lines", 1, "price", "12.50");
	form_set(form, "pass", "s3cret-word");
	draft_take(draft, arena, form_snapshot_take(form, arena), before);
	return draft;
}

static void test_draft_write__what_was_typed_comes_back(void **state)
{
	struct form_snapshot *now, *before;
	const struct draft *draft;
	struct form *other = form_new(fields);

	(void)state;
	draft_write(make(), &bytes);
	draft = draft_read(arena, bytes.text, bytes.length);
	assert_non_null(draft);
	assert_string_equal(draft->person, "ana@trato.example");
	assert_int_equal(draft->args, 2);
	assert_int_equal(draft->arg[1], -7);
	assert_true(draft->saving);
	assert_string_equal(draft->about, "ACME\\n · \xf0\x9f\x93\x9e");
	now = draft_snapshot(draft, &draft->now, arena, fields);
	before = draft_snapshot(draft, &draft->before, arena, fields);
	assert_string_equal(now->current, "body");
	assert_null(form_snapshot_part(now, "untouched"));
	assert_string_equal(form_snapshot_text(before, "client"), "");
	assert_int_equal(form_snapshot_part(before, "divisions")->lines, 0);
	form_set(other, "untouched", "as it was");
	form_set_items(other, "divisions", rows_make("id label blocked", 2, divisions));
	assert_true(form_snapshot_put(other, now, NULL));
	assert_true(form_snapshot_same(form_snapshot_take(form, arena),
	                               form_snapshot_take(other, arena), NULL));
	form_free(&other);
}

static void test_draft_write__no_secret(void **state)
{
	(void)state;
	draft_write(make(), &bytes);
	assert_null(strstr(bytes.text, "s3cret"));
	assert_null(strstr(bytes.text, "pass"));
}

/* What was typed before the row came hides it: what it was is not known then. */
static void test_draft_take__typed_before_it_was_loaded(void **state)
{
	struct draft draft = { 0 };
	const struct form_snapshot *now;

	(void)state;
	form_type(form, "Call");
	now = form_snapshot_take(form, arena);
	draft_take(&draft, arena, now, now);
	assert_int_equal(draft.now.count, 1);
	assert_int_equal(draft.before.count, 0);
}

static void test_draft_read__no_part_of_it_is_one(void **state)
{
	(void)state;
	draft_write(make(), &bytes);
	for (size_t length = 0; length < bytes.length; length++) {
		char *part = mem_copy_n(bytes.text, length); /* so that ASan sees what is beyond */

		assert_null(draft_read(arena, part, length));
		free(part);
	}
	assert_non_null(draft_read(arena, bytes.text, bytes.length));
}

static void test_draft_read__no_flipped_bit_goes_unseen(void **state)
{
	(void)state;
	draft_write(make(), &bytes);
	for (size_t bit = 0; bit < 8 * bytes.length; bit++) {
		bytes.text[bit / 8] ^= (char)(1 << bit % 8);
		assert_null(draft_read(arena, bytes.text, bytes.length));
		bytes.text[bit / 8] ^= (char)(1 << bit % 8);
		if (bit % 512 == 0)
			arena_reset(arena);
	}
	arena_reset(arena);
	assert_non_null(draft_read(arena, bytes.text, bytes.length));
}

/* Somebody writes files with the right checksum. */
static void seal(void)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (size_t i = 0; i < bytes.length; i++)
		sum = (sum ^ (unsigned char)bytes.text[i]) * 0x100000001b3u;
	buf_printf(&bytes, "end %016llx\n", (unsigned long long)sum);
}

static void test_draft_read__odd_contents_with_a_right_checksum(void **state)
{
	static const char *const lines[] = { "", "x", "trato-draft 2\n", "trato-draft 1\n",
		                             "trato-draft 1\ndatabase\n", "\n\n\n" };
	char *whole;
	size_t length;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_clear(&bytes);
		buf_add(&bytes, lines[i]);
		seal();
		assert_null(draft_read(arena, bytes.text, bytes.length));
	}
	draft_write(make(), &bytes);
	length = bytes.length - strlen("end 0123456789abcdef\n");
	whole = mem_copy_n(bytes.text, length);
	/* Each line left out, doubled, or with another number. */
	for (char *line = whole; *line != '\0'; line = strchr(line, '\n') + 1) {
		size_t size = (size_t)(strchr(line, '\n') + 1 - line), before = (size_t)(line - whole);

		for (int change = 0; change < 4; change++) {
			buf_clear(&bytes);
			buf_add_n(&bytes, whole, before);
			if (change == 1)
				buf_add_n(&bytes, line, size);
			if (change == 1)
				buf_add_n(&bytes, line, size);
			if (change == 2)
				buf_printf(&bytes, "%.*s 99999999\n", (int)strcspn(line, " "), line);
			if (change == 3)
				buf_printf(&bytes, "%.*s -1\n", (int)strcspn(line, " "), line);
			buf_add(&bytes, line + size);
			seal();
			/* Some of these are drafts; none of them may do any harm. */
			struct draft *draft = draft_read(arena, bytes.text, bytes.length);
			if (draft != NULL) {
				form_snapshot_put(form, draft_snapshot(draft, &draft->now, arena, fields),
				                  NULL);
				form_snapshot_go(form, draft_snapshot(draft, &draft->now, arena, fields));
			}
		}
	}
	free(whole);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_draft_write__what_was_typed_comes_back),
		TEST(test_draft_write__no_secret),
		TEST(test_draft_take__typed_before_it_was_loaded),
		TEST(test_draft_read__no_part_of_it_is_one),
		TEST(test_draft_read__no_flipped_bit_goes_unseen),
		TEST(test_draft_read__odd_contents_with_a_right_checksum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
