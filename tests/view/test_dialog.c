/* Dialogs: buttons, a form inside, and windows that are too small for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/dialog.h>

#include "widgets.h"

static const struct dialog_button buttons[] = { { 1, 'c', "Ask to collaborate" },
	                                        { 2, 'o', "Open without that division" },
	                                        { 3, 'b', "Go back" },
	                                        { 0, 0, NULL } };

static const struct field_def fields[] = {
	{ .name = "reason", .label = "Reason", .kind = FIELD_LINE, .required = true },
	{ .name = "client", .label = "Client", .kind = FIELD_PICK },
	{ .name = NULL },
};

static const char words[] =
    "Planta Norte is held by luis@trato.example since 03/11/2026 (action 1042). The last contact "
    "was 12 days ago.\n\nWhat do you want to do?";

static struct dialog *dialog;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	dialog = dialog_new("Held by somebody else", words, buttons);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	dialog_free(&dialog);
	rows_reset();
	return 0;
}

static void draw(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	for (int row = 0; row < canvas_height(canvas); row++)
		canvas_text(canvas, row, 0, 4, STYLE_NORMAL, "list");
	dialog_draw(dialog, canvas);
}

static struct dialog_event press(key_code code)
{
	return dialog_key(dialog, &(struct key_event){ .code = code });
}

static void test_dialog_draw__buttons(void **state)
{
	(void)state;
	press(KEYS_DOWN);
	assert_picture(24, 80, draw, NULL,
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list    ┌─ Held by somebody else ─────────────────────────────────────┐\n"
	               "list    │ Planta Norte is held by luis@trato.example since 03/11/2026 │\n"
	               "list    │ (action 1042). The last contact was 12 days ago.            │\n"
	               "list    │                                                             │\n"
	               "list    │ What do you want to do?                                     │\n"
	               "list    │                                                             │\n"
	               "list    │   c  Ask to collaborate                                     │\n"
	               "list    │ ▸ o  Open without that division                             │\n"
	               "list    │   b  Go back                                                │\n"
	               "list    └─────────────────────────────────────────────────────────────┘\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list");
	assert_picture(16, 60, draw, NULL,
	               "list\n"
	               "list\n"
	               "l┌─ Held by somebody else ────────────────────────────────┐\n"
	               "l│ Planta Norte is held by luis@trato.example since       │\n"
	               "l│ 03/11/2026 (action 1042). The last contact was 12 days │\n"
	               "l│ ago.                                                   │\n"
	               "l│                                                        │\n"
	               "l│ What do you want to do?                                │\n"
	               "l│                                                        │\n"
	               "l│   c  Ask to collaborate                                │\n"
	               "l│ ▸ o  Open without that division                        │\n"
	               "l│   b  Go back                                           │\n"
	               "l└────────────────────────────────────────────────────────┘\n"
	               "list\n"
	               "list\n"
	               "list");
}

static void test_dialog_draw__in_the_middle_of_a_wall_screen(void **state)
{
	(void)state;
	press(KEYS_DOWN);
	assert_picture(
	    60, 200, draw, NULL,
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list                                                                ┌─ Held by somebody else ─────────────────────────────────────┐\n"
	    "list                                                                │ Planta Norte is held by luis@trato.example since 03/11/2026 │\n"
	    "list                                                                │ (action 1042). The last contact was 12 days ago.            │\n"
	    "list                                                                │                                                             │\n"
	    "list                                                                │ What do you want to do?                                     │\n"
	    "list                                                                │                                                             │\n"
	    "list                                                                │   c  Ask to collaborate                                     │\n"
	    "list                                                                │ ▸ o  Open without that division                             │\n"
	    "list                                                                │   b  Go back                                                │\n"
	    "list                                                                └─────────────────────────────────────────────────────────────┘\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list");
}

static void test_dialog_draw__too_small(void **state)
{
	(void)state;
	press(KEYS_UP);
	assert_picture(8, 30, draw, NULL,
	               "┌─ Held by somebody else ────┐\n"
	               "│ Planta Norte is held by    │\n"
	               "│ luis@trato.example since   │\n"
	               "│ 03/11/2026 (action 1042).  │\n"
	               "│ The last contact was 12   ↓│\n"
	               "│   o  Open without that di… │\n"
	               "│ ▸ b  Go back               │\n"
	               "└────────────────────────────┘");
	press(KEYS_PAGE_DOWN);
	assert_picture(8, 30, draw, NULL,
	               "┌─ Held by somebody else ────┐\n"
	               "│ The last contact was 12   ↑│\n"
	               "│ days ago.                  │\n"
	               "│                            │\n"
	               "│ What do you want to do?    │\n"
	               "│   o  Open without that di… │\n"
	               "│ ▸ b  Go back               │\n"
	               "└────────────────────────────┘");
	assert_picture(5, 20, draw, NULL,
	               "since 03/11/2026\n"
	               "(action 1042). The\n"
	               "last contact was 12\n"
	               "days ago.\n"
	               "▸ b  Go back");
	draw_at_all_sizes(draw, NULL);
}

static void test_dialog_key__buttons(void **state)
{
	(void)state;
	assert_int_equal(press(KEYS_ENTER).id, 1);
	press('j');
	press('l');
	assert_int_equal(press(KEYS_ENTER).id, 3);
	press('k');
	assert_int_equal(press(KEYS_ENTER).id, 2);
	press('h');
	assert_int_equal(press('o').id, 2);
	assert_int_equal(press('z').outcome, DIALOG_HANDLED);
	press(KEYS_UP);
	assert_int_equal(press(KEYS_ENTER).id, 3);
	assert_int_equal(press(KEYS_ESCAPE).outcome, DIALOG_CANCEL);
}

static void test_dialog_key__mouse(void **state)
{
	struct key_event click = {
		.code = KEYS_MOUSE, .row = 14, .column = 20, .button = MOUSE_LEFT
	};

	(void)state;
	assert_picture(24, 80, draw, NULL,
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list    ┌─ Held by somebody else ─────────────────────────────────────┐\n"
	               "list    │ Planta Norte is held by luis@trato.example since 03/11/2026 │\n"
	               "list    │ (action 1042). The last contact was 12 days ago.            │\n"
	               "list    │                                                             │\n"
	               "list    │ What do you want to do?                                     │\n"
	               "list    │                                                             │\n"
	               "list    │ ▸ c  Ask to collaborate                                     │\n"
	               "list    │   o  Open without that division                             │\n"
	               "list    │   b  Go back                                                │\n"
	               "list    └─────────────────────────────────────────────────────────────┘\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list\n"
	               "list");
	assert_int_equal(dialog_key(dialog, &click).id, 2);
	click.row = 2;
	assert_int_equal(dialog_key(dialog, &click).outcome, DIALOG_HANDLED);
}

static void test_dialog_draw__form(void **state)
{
	struct dialog_event event;

	(void)state;
	dialog_free(&dialog);
	dialog = dialog_new_form("Withdraw the offer", "Offer 2026-00042 goes back.", fields);
	assert_picture(
	    24, 80, draw, NULL,
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "l┌─ Withdraw the offer ───────────────────────────────────────────────────────┐\n"
	    "l│ Offer 2026-00042 goes back.                                                │\n"
	    "l│                                                                            │\n"
	    "l│ Reason *                                                                   │\n"
	    "l│ Client                                                                     │\n"
	    "l│                                                                            │\n"
	    "l│                                                                            │\n"
	    "l│                                                                            │\n"
	    "l│                                                                            │\n"
	    "l│                                                                            │\n"
	    "l│                                                                            │\n"
	    "l└────────────────────────────────────────────────────────────────────────────┘\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list\n"
	    "list");
	assert_int_equal(press(KEYS_CTRL | 's').outcome, DIALOG_HANDLED);
	assert_picture(16, 60, draw, NULL,
	               "list\n"
	               "┌─ Withdraw the offer ─────────────────────────────────────┐\n"
	               "│ Offer 2026-00042 goes back.                              │\n"
	               "│                                                          │\n"
	               "│ Reason *                                                 │\n"
	               "│          ! Please fill this in.                          │\n"
	               "│ Client                                                   │\n"
	               "│                                                          │\n"
	               "│                                                          │\n"
	               "│                                                          │\n"
	               "│                                                          │\n"
	               "│                                                          │\n"
	               "│                                                          │\n"
	               "└──────────────────────────────────────────────────────────┘\n"
	               "list\n"
	               "list");
	press('x');
	event = press(KEYS_CTRL | 's');
	assert_int_equal(event.outcome, DIALOG_FORM);
	assert_int_equal(event.form.outcome, FORM_SUBMIT);
	assert_string_equal(form_value(dialog_form(dialog), "reason"), "x");
	assert_int_equal(press(KEYS_ESCAPE).outcome, DIALOG_CANCEL);
	draw_at_all_sizes(draw, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_dialog_draw__buttons),
		TEST(test_dialog_draw__in_the_middle_of_a_wall_screen),
		TEST(test_dialog_draw__too_small),
		TEST(test_dialog_key__buttons),
		TEST(test_dialog_key__mouse),
		TEST(test_dialog_draw__form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
