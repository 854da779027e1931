/*
 * The hostile texts in what stands over a screen: what two people have made of
 * one client, what the database refuses and why, and the list of drafts.
 */
#include "fake.h"

#include <unistd.h>

#include "harness/hidden.h"
#include "harness/hostile.h"

#define CLIENT "id|version|name|city|phone|country|notes\n"

static char folder[64];

static int set_up(void **state)
{
	char root[] = "/tmp/trato-drafts.XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(folder, sizeof(folder), "%s/drafts/", root);
	return 0;
}

static int tear_down(void **state)
{
	char command[100];

	if (fake.app != NULL)
		fake_teardown(state);
	/* Where it has not begun, or has ended before. */
	if (folder[0] == '\0')
		return 0;
	snprintf(command, sizeof(command), "rm -rf '%.25s'", folder);
	folder[0] = '\0';
	return system(command);
}

/* On its list of clients, or where a draft is offered. */
static void begin(void)
{
	fake_app_with(folder);
	fake_type("marta@trato.example");
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	assert_true(fake_greet("marta@trato.example", "manager"));
}

static void assert_nothing_is_hidden(const struct hostile *hostile)
{
	static const int sizes[][2] = { { 24, 80 }, { 60, 200 }, { 16, 60 } };

	for (int i = 0; i < 3; i++) {
		const char *flaw;

		fake.height = sizes[i][0];
		fake.width = sizes[i][1];
		flaw = hidden_in(fake_picture(), true);
		if (flaw != NULL)
			fail_msg("%s: %s on\n%s", hostile->name, flaw, fake_picture());
	}
	fake.height = sizes[0][0];
	fake.width = sizes[0][1];
}

/* As a cell of rows that are written by hand; NULL: it cannot be one. To free. */
static char *as_cell(const char *text)
{
	struct buf cell = { 0 };

	if (!text_is_valid(text, strlen(text)) || strpbrk(text, "|\\") != NULL)
		return NULL;
	buf_add(&cell, "");
	for (; *text != '\0'; text++)
		buf_add_n(&cell, *text == '\n' ? "\\n" : text, *text == '\n' ? 2 : 1);
	return cell.text;
}

static void answer_client(int version, const char *cell, const char *author)
{
	struct buf row = { 0 }, who = { 0 };

	buf_printf(&row, CLIENT "5|%d|%s|%s|%s|ES|%s\n", version, cell, cell, cell, cell);
	buf_printf(&who, "name|moment|mine\n%s|2026-11-25 10:12|f\n", author);
	if (version == 7)
		fake_answer("client_read", row.text);
	else
		fake_answer("client_read", row.text, who.text);
	buf_free(&row);
	buf_free(&who);
}

static void paste(const char *text)
{
	app_key(fake.app, &(struct key_event){ .code = KEYS_PASTE, .paste = text });
}

static void conflict(const struct hostile *hostile, const char *cell)
{
	static const int64_t id = 5;

	begin();
	view_replace(app_top(fake.app), &view_clients, NULL);
	view_push(fake.app, &view_client_form, &id);
	answer_client(7, "Bodegas", "");
	paste(hostile->text);
	fake_press("Tab");
	paste(hostile->text);
	assert_nothing_is_hidden(hostile);
	fake_press("Ctrl-s");
	if (fake_waiting("save_client") > 0) {
		fake_refuse("save_client", "TR002", "row_version", "version=8");
		answer_client(8, cell, cell);
		assert_shows("Theirs");
		assert_nothing_is_hidden(hostile);
	}
	fake_teardown(NULL);
}

static void test_conflict__hides_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		char *cell = as_cell(hostile_text(i)->text);

		if (cell != NULL)
			conflict(hostile_text(i), cell);
		free(cell);
	}
}

static void test_refusal__hides_nothing(void **state)
{
	static const char *const ways[][2] = { { "TR001", "hold_division_is_free" },
		                               { "TR001", "nobody_knows_this" },
		                               { "XX000", "" } };

	(void)state;
	begin();
	view_replace(app_top(fake.app), &view_clients, NULL);
	view_push(fake.app, &view_client_form, NULL);
	fake_type("Bodegas");
	for (int i = 0; i < hostile_count(); i++) {
		const struct hostile *hostile = hostile_text(i);
		struct buf detail = { 0 };

		buf_printf(&detail, "division=%s\nholder=%s\nsince=%s\naction=%s", hostile->text,
		           hostile->text, hostile->text, hostile->text);
		for (int way = 0; way < 3; way++) {
			const struct refusal refusal = { ways[way][0], hostile->text, detail.text,
				                         hostile->text, ways[way][1], "", "" };

			fake_press("Ctrl-s");
			fake_finish(fake_next("save_client"), ANSWER_REFUSED, 0, NULL, &refusal,
			            arena_new());
			assert_nothing_is_hidden(hostile);
		}
		buf_free(&detail);
	}
}

static void test_drafts__hide_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		const struct hostile *hostile = hostile_text(i);

		set_up(NULL);
		begin();
		view_replace(app_top(fake.app), &view_clients, NULL);
		view_push(fake.app, &view_client_form, NULL);
		fake_type("Bodegas ");
		paste(hostile->text);
		fake_press("Tab");
		fake_teardown(NULL);
		begin();
		assert_shows("New client · Bodegas");
		assert_nothing_is_hidden(hostile);
		fake_press("Enter");
		assert_nothing_is_hidden(hostile);
		fake_teardown(NULL);
		tear_down(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_conflict__hides_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refusal__hides_nothing, set_up, tear_down),
		cmocka_unit_test_teardown(test_drafts__hide_nothing, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
