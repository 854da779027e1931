/* How a list looks at the three sizes that count, with cursor, marks and nothing in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include <base/date.h>
#include <base/i18n.h>
#include <ui/table.h>

#include "widgets.h"

static void with_currency(struct table_cell *cell)
{
	cell->text = *cell->text ? arena_printf(cell->arena, "%s €", cell->text) : "—";
}

static const struct table_column columns[] = {
	{ "number", "No.", ALIGN_RIGHT, 4, 6, TABLE_WHOLE, 0, NULL },
	{ "client", "Client", ALIGN_LEFT, 14, 30, 2, 0, NULL },
	{ "divisions", "Divisions", ALIGN_LEFT, 10, 24, 1, 2, NULL },
	{ "amount", "Offers", ALIGN_RIGHT, 10, 14, 0, 1, with_currency },
	{ "next", "Next step", ALIGN_LEFT, 12, 20, 1, 1, NULL },
	{ "last", "Contact", ALIGN_LEFT, 9, 12, 0, 3, NULL },
	{ NULL, NULL, ALIGN_LEFT, 0, 0, 0, 0, NULL },
};

static const char *const actions[] = {
	"a",
	"1042",
	"ACME Industrial",
	"Formación +1",
	"45.200,00",
	"Llamar ¡ayer!",
	"3 d",
	"b",
	"1039",
	"Bodegas del Duero, S. A.",
	"Planta Norte",
	"8.150,00",
	"Visita 27/11",
	"now",
	"c",
	"1011",
	"Cerámicas\xe2\x80\xae 日本\n",
	"Vigilancia",
	"-",
	"-",
	"quiet 41 d",
};

static struct table *table;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	table = table_new(columns);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	table_free(&table);
	rows_reset();
	return 0;
}

static void draw(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	table_draw(table, canvas, true);
}

static void fill(void)
{
	table_set(table, rows_make("key number client divisions amount next last", 3, actions));
}

static void test_table_draw__sizes(void **state)
{
	(void)state;
	fill();
	table_mark(table);
	table_move(table, TABLE_DOWN);
	assert_picture(16, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               " * 1042 ACME Industrial Formación … 45.200,00 € Llamar ¡aye…\n"
	               "▸  1039 Bodegas del Du… Planta Nor…  8.150,00 € Visita 27/11\n"
	               "   1011 Cerámicas<U+20… Vigilancia            —");
	assert_picture(
	    24, 80, draw, NULL,
	    "    No. Client              Divisions           Offers Next step       Contact\n"
	    " * 1042 ACME Industrial     Formación +1   45.200,00 € Llamar ¡ayer!   3 d\n"
	    "▸  1039 Bodegas del Duero,… Planta Norte    8.150,00 € Visita 27/11    now\n"
	    "   1011 Cerámicas<U+202E> … Vigilancia               —                 quiet 41…");
	assert_picture(
	    60, 200, draw, NULL,
	    "     No. Client                                                                     Divisions                                              Offers Next step                                 Contact\n"
	    " *  1042 ACME Industrial                                                            Formación +1                                      45.200,00 € Llamar ¡ayer!                             3 d\n"
	    "▸   1039 Bodegas del Duero, S. A.                                                   Planta Norte                                       8.150,00 € Visita 27/11                              now\n"
	    "    1011 Cerámicas<U+202E> 日本␊                                                    Vigilancia                                                  —                                           quiet 41 d");
}

/* Of "104…" and "104…" nobody knows which is which. */
static void test_table_draw__numbers_are_whole(void **state)
{
	static const char *const many[] = {
		"a", "1042", "ACME Industrial", "Formación", "-", "-", "3 d",
		"b", "1042042", "Bodegas", "Planta Norte", "-", "-", "now",
	};

	(void)state;
	table_set(table, rows_make("key number client divisions amount next last", 2, many));
	assert_picture(16, 60, draw, NULL,
	               "      No. Client          Divisions      Offers Next step\n"
	               "▸    1042 ACME Industrial Formación           —\n"
	               "  1042042 Bodegas         Planta No…          —");
}

static void test_table_draw__nothing_in_it(void **state)
{
	(void)state;
	assert_picture(16, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               "  Loading…");
	table_set(table, rows_make("key", 0, NULL));
	assert_picture(16, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               "  There is nothing here.");
	table_set_empty(table, "You have no open actions. Press n to open one; whoever looks for a "
	                       "closed one finds it with f.");
	assert_picture(16, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               "  You have no open actions. Press n to open one; whoever\n"
	               "  looks for a closed one finds it with f.");
}

static void test_table_draw__cursor_stays_in_sight(void **state)
{
	(void)state;
	fill();
	table_move(table, TABLE_LAST);
	assert_picture(3, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               "   1039 Bodegas del Du… Planta Nor…  8.150,00 € Visita 27/11\n"
	               "▸  1011 Cerámicas<U+20… Vigilancia            —");
	assert_picture(2, 60, draw, NULL,
	               "    No. Client          Divisions        Offers Next step\n"
	               "▸  1011 Cerámicas<U+20… Vigilancia            —");
}

static time_t own_time;

/* In place of the C library's. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
time_t time(time_t *at)
{
	if (at)
		*at = own_time;
	return own_time;
}

static void with_language_and_day(struct table_cell *cell)
{
	cell->text = arena_printf(cell->arena, "%s %s %d", cell->text, i18n_language(),
	                          date_today().day);
}

static void draw_at_rest(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	table_draw(table, canvas, false);
}

/* Over what was drawn before, all of them at the same size; see kept.h. */
static void test_table_draw__what_has_changed_is_drawn_anew(void **state)
{
	static const struct table_column own[] = {
		{ "client", "Client", ALIGN_LEFT, 30, 30, 0, 0, with_language_and_day },
		{ NULL, NULL, ALIGN_LEFT, 0, 0, 0, 0, NULL },
	};
	static const char *const two[] = { "a", "ACME", "b", "Bodegas" };
	static const char *const other[] = { "a", "Cerámicas", "b", "Duero" };

	(void)state;
	table_free(&table);
	table = table_new(own);
	own_time = 1764158400; /* 2025-11-26 */
	table_set(table, rows_make("key client", 2, two));
	assert_picture(4, 40, draw, NULL, "  Client\n▸ ACME en 26\n  Bodegas en 26");
	table_move(table, TABLE_DOWN);
	assert_picture(4, 40, draw, NULL, "  Client\n  ACME en 26\n▸ Bodegas en 26");
	assert_picture(4, 40, draw_at_rest, NULL, "  Client\n  ACME en 26\n▸ Bodegas en 26");
	table_mark(table);
	assert_picture(4, 40, draw, NULL, "  Client\n  ACME en 26\n▸*Bodegas en 26");
	table_move(table, TABLE_UP);
	assert_picture(4, 40, draw, NULL, "  Client\n▸ ACME en 26\n *Bodegas en 26");
	table_unmark_all(table);
	assert_picture(4, 40, draw, NULL, "  Client\n▸ ACME en 26\n  Bodegas en 26");
	own_time += 86400;
	assert_picture(4, 40, draw, NULL, "  Client\n▸ ACME en 27\n  Bodegas en 27");
	i18n_init("es");
	assert_picture(4, 40, draw, NULL, "  Client\n▸ ACME es 27\n  Bodegas es 27");
	table_set(table, rows_make("key client", 2, other));
	assert_picture(4, 40, draw, NULL, "  Client\n▸ Cerámicas es 27\n  Duero es 27");
}

static void test_table_draw__any_size(void **state)
{
	(void)state;
	draw_at_all_sizes(draw, NULL);
	fill();
	table_mark(table);
	draw_at_all_sizes(draw, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_table_draw__sizes),
		TEST(test_table_draw__numbers_are_whole),
		TEST(test_table_draw__nothing_in_it),
		TEST(test_table_draw__cursor_stays_in_sight),
		TEST(test_table_draw__what_has_changed_is_drawn_anew),
		TEST(test_table_draw__any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
