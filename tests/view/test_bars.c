/* The lines around every screen, and what gives way when they are narrow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/bars.h>

#include "widgets.h"

static const struct bars_key keys[] = {
	{ "↵", "open", 0 },   { "n", "new", 2 },  { "c", "communication", 3 }, { "/", "search", 1 },
	{ "f", "filter", 4 }, { "?", "help", 0 }, { "q", "leave", 1 },
};

static struct bars_top top = { "Trato", "Actions · mine, open", "ana@trato.example", BARS_ONLINE,
	                       "online" };

static void draw_top(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	bars_draw_top(canvas, 0, &top);
}

static void draw_keys(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	bars_draw_keys(canvas, 0, keys, (int)(sizeof(keys) / sizeof(keys[0])));
}

static void draw_messages(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	bars_draw_banner(canvas, 0, "New notice: offer 2026-00042, ACME\x1b[2J, 45.200,00 €");
	bars_draw_message(canvas, 1, BARS_INFO, "Sending…");
	bars_draw_message(canvas, 2, BARS_GOOD, "Saved.");
	bars_draw_message(canvas, 3, BARS_WARNING, "This action is quiet.");
	bars_draw_message(canvas, 4, BARS_ERROR, "The connection is lost.");
	bars_draw_message(canvas, 5, BARS_ERROR, NULL);
}

static void test_bars_draw_top__who_gives_way_first(void **state)
{
	(void)state;
	assert_picture(
	    1, 80, draw_top, NULL,
	    " Trato  Actions · mine, open                        ana@trato.example  ● online");
	assert_picture(1, 59, draw_top, NULL,
	               " Trato  Actions · mine, open   ana@trato.example  ● online");
	assert_picture(1, 58, draw_top, NULL,
	               " Trato  Actions · mine, open  ana@trato.example  ● online");
	assert_picture(1, 57, draw_top, NULL,
	               " Trato  Actions · mine, open                    ● online");
	assert_picture(1, 24, draw_top, NULL, " Trato  Acti…  ● online");
	assert_picture(1, 8, draw_top, NULL, " Tr…  ●");
}

static void test_bars_draw_top__states_have_signs(void **state)
{
	(void)state;
	top.state = BARS_OFFLINE;
	top.words = "offline 12 s";
	assert_picture(
	    1, 80, draw_top, NULL,
	    " Trato  Actions · mine, open                  ana@trato.example  ✗ offline 12 s");
	top.state = BARS_CONNECTING;
	top.words = NULL;
	top.where = NULL;
	top.who = NULL;
	assert_picture(
	    1, 80, draw_top, NULL,
	    " Trato                                                                        ○");
	top = (struct bars_top){ "Trato", "Actions · mine, open", "ana@trato.example", BARS_ONLINE,
		                 "online" };
}

static void test_bars_draw_keys__least_important_goes_first(void **state)
{
	(void)state;
	assert_picture(1, 80, draw_keys, NULL,
	               " ↵ open  n new  c communication  / search  f filter  ? help  q leave");
	assert_picture(1, 69, draw_keys, NULL,
	               " ↵ open  n new  c communication  / search  f filter  ? help  q leave");
	assert_picture(1, 68, draw_keys, NULL,
	               " ↵ open  n new  c communication  / search  f filter  ? help  q leave");
	assert_picture(1, 67, draw_keys, NULL,
	               " ↵ open  n new  c communication  / search  ? help  q leave");
	assert_picture(1, 30, draw_keys, NULL, " ↵ open  / search  ? help");
	assert_picture(1, 15, draw_keys, NULL, " ↵ open  ? help");
	assert_picture(1, 5, draw_keys, NULL, "");
}

static void test_bars_draw_message__signs(void **state)
{
	(void)state;
	assert_picture(6, 60, draw_messages, NULL,
	               " ▶ New notice: offer 2026-00042, ACME␛[2J, 45.200,00 €\n"
	               "   Sending…\n"
	               " ✓ Saved.\n"
	               " ! This action is quiet.\n"
	               " ✗ The connection is lost.");
}

static void test_bars_draw__any_size(void **state)
{
	(void)state;
	draw_at_all_sizes(draw_top, NULL);
	draw_at_all_sizes(draw_keys, NULL);
	draw_at_all_sizes(draw_messages, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bars_draw_top__who_gives_way_first),
		cmocka_unit_test(test_bars_draw_top__states_have_signs),
		cmocka_unit_test(test_bars_draw_keys__least_important_goes_first),
		cmocka_unit_test(test_bars_draw_message__signs),
		cmocka_unit_test(test_bars_draw__any_size),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
