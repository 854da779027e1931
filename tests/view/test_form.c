/* How a form looks while it is filled in, at the three sizes that count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/form.h>

#include "widgets.h"

static const struct field_choice channels[] = {
	{ "email", "E-mail" }, { "phone", "Phone" }, { "visit", "Visit" }, { NULL, NULL }
};

static const struct field_def columns[] = {
	{ .name = "what",
	  .label = "Description",
	  .kind = FIELD_LINE,
	  .required = true,
	  .width = 12 },
	{ .name = "quantity",
	  .label = "Quantity",
	  .kind = FIELD_DECIMAL,
	  .scale = 3,
	  .initial = "1" },
	{ .name = "price",
	  .label = "Unit price",
	  .kind = FIELD_AMOUNT,
	  .required = true,
	  .width = 10 },
	{ .name = "vat", .label = "VAT %", .kind = FIELD_DECIMAL, .width = 5, .initial = "21" },
	{ .name = "total", .label = "Total", .kind = FIELD_AMOUNT, .width = 10, .read_only = true },
	{ .name = NULL },
};

static const struct field_def fields[] = {
	{ .name = "client",
	  .label = "Client",
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = "a part of its name",
	  .create = "Create client «%s»" },
	{ .name = "divisions", .label = "Divisions", .kind = FIELD_CHECKLIST, .required = true },
	{ .name = "due",
	  .label = "Next step on",
	  .kind = FIELD_DATE,
	  .hint = "25/11, today, +7, mon" },
	{ .name = "channel", .label = "Channel", .kind = FIELD_CHOICE, .choices = channels },
	{ .name = "urgent", .label = "Urgent", .kind = FIELD_FLAG },
	{ .name = "secret", .label = "Password", .kind = FIELD_SECRET },
	{ .name = "lines", .label = "Lines", .kind = FIELD_GRID, .columns = columns, .rows = 3 },
	{ .name = "notes", .label = "Notes", .kind = FIELD_TEXT, .rows = 3 },
	{ .name = NULL },
};

static const char *const clients[] = { "1", "ACME Industrial",   "Madrid",
	                               "2", "ACME Norte, S. A.", "Bilbao" };
static const char *const divisions[] = { "3",
	                                 "Formación",
	                                 "free",
	                                 "f",
	                                 "7",
	                                 "Planta Norte",
	                                 "held by luis@trato.example since 03/11/2026, action 1042",
	                                 "t" };

static struct form *form;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	form = form_new(fields);
	form_set_items(form, "divisions", rows_make("id label note blocked", 2, divisions));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(&form);
	rows_reset();
	return 0;
}

static void draw(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	form_draw(form, canvas);
}

/* A form in a part of the screen, for what must not leave it. */
static void draw_part(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	canvas_fill(canvas, (struct rect){ 0, 0, 1, canvas_width(canvas) }, STYLE_BAR);
	canvas_text(canvas, canvas_height(canvas) - 1, 0, -1, STYLE_KEYS, "below");
	form_draw(form, canvas_part(canvas, (struct rect){ 1, 2, canvas_height(canvas) - 2,
	                                                   canvas_width(canvas) - 4 }));
}

static void fill(void)
{
	form_set_pick(form, "client", "1", "ACME Industrial");
	form_tick(form, "divisions", "3", true);
	form_set(form, "due", "2026-11-25");
	form_set(form, "channel", "visit");
	form_set(form, "urgent", "t");
	form_set(form, "secret", "contraseña");
	form_grid_set(form, "lines", 0, "what", "Curso de formación en prevención de riesgos");
	form_grid_set(form, "lines", 0, "price", "1200.5");
	form_grid_set(form, "lines", 0, "total", "1452.61");
	form_set(form, "notes",
	         "Llamar antes.\n\nCafe\xcc\x81 con el director, que llega siempre tarde y "
	         "se va temprano.");
}

static void test_form_draw__filled(void **state)
{
	(void)state;
	fill();
	assert_picture(
	    24, 80, draw, NULL,
	    "Client *     ACME Industrial\n"
	    "Divisions *\n"
	    "  [x] Formación     free\n"
	    "  [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "Next step on 25/11/2026\n"
	    "Channel      ‹ Visit ›\n"
	    "Urgent       [x]\n"
	    "Password     ••••••••••\n"
	    "Lines\n"
	    "  Description                              Quantity Unit price VAT %      Total\n"
	    "  Curso de formación en prevención de rie…        1   1,200.50    21   1,452.61\n"
	    "\n"
	    "\n"
	    "\n"
	    "Notes        Llamar antes.\n"
	    "\n"
	    "             Café con el director, que llega siempre tarde y se va temprano.");
	assert_picture(
	    60, 200, draw, NULL,
	    "Client *     ACME Industrial\n"
	    "Divisions *\n"
	    "  [x] Formación     free\n"
	    "  [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "Next step on 25/11/2026\n"
	    "Channel      ‹ Visit ›\n"
	    "Urgent       [x]\n"
	    "Password     ••••••••••\n"
	    "Lines\n"
	    "  Description                                                                                                                                                      Quantity Unit price VAT %      Total\n"
	    "  Curso de formación en prevención de riesgos                                                                                                                             1   1,200.50    21   1,452.61\n"
	    "\n"
	    "\n"
	    "\n"
	    "Notes        Llamar antes.\n"
	    "\n"
	    "             Café con el director, que llega siempre tarde y se va temprano.");
	assert_picture(16, 60, draw, NULL,
	               "Client *     ACME Industrial\n"
	               "Divisions *\n"
	               "  [x] Formación     free\n"
	               "  [-] Planta Norte  held by luis@trato.example since 03/11/…\n"
	               "Next step on 25/11/2026\n"
	               "Channel      ‹ Visit ›\n"
	               "Urgent       [x]\n"
	               "Password     ••••••••••\n"
	               "Lines\n"
	               "  Description          Quantity Unit price VAT %      Total\n"
	               "  Curso de formación …        1   1,200.50    21   1,452.61\n"
	               "\n"
	               "\n"
	               "\n"
	               "Notes        Llamar antes.\n"
	               "                                                           ↓");
}

static void test_form_draw__scrolls_to_the_cursor(void **state)
{
	(void)state;
	fill();
	form_go(form, "notes");
	assert_picture(16, 60, draw_part, NULL,
	               "\n"
	               "    [-] Planta Norte  held by luis@trato.example since 03↑\n"
	               "  Next step on 25/11/2026\n"
	               "  Channel      ‹ Visit ›\n"
	               "  Urgent       [x]\n"
	               "  Password     ••••••••••\n"
	               "  Lines\n"
	               "    Description      Quantity Unit price VAT %      Total\n"
	               "    Curso de formac…        1   1,200.50    21   1,452.61\n"
	               "\n"
	               "\n"
	               "\n"
	               "  Notes        Llamar antes.\n"
	               "\n"
	               "               Café con el director, que llega siempre\n"
	               "below");
	form_press(form, KEYS_UP);
	form_press(form, KEYS_UP);
	form_press(form, KEYS_UP);
	form_press(form, KEYS_UP);
	assert_picture(8, 60, draw_part, NULL,
	               "\n"
	               "    [-] Planta Norte  held by luis@trato.example since 03↑\n"
	               "  Next step on 25/11/2026\n"
	               "  Channel      ‹ Visit ›\n"
	               "  Urgent       [x]\n"
	               "  Password     ••••••••••\n"
	               "  Lines                                                  ↓\n"
	               "below");
}

static void test_form_draw__errors(void **state)
{
	(void)state;
	form_fail(form, NULL, "Somebody else has saved this action in the meantime.");
	form_go(form, "due");
	form_type(form, "31/02/2026");
	form_press(form, KEYS_TAB);
	form_fail(form, "secret",
	          "This is not the password. After five attempts the account is "
	          "closed for a quarter of an hour, so take your time.");
	assert_picture(
	    24, 80, draw, NULL,
	    "Client *     a part of its name\n"
	    "Divisions *\n"
	    "  [ ] Formación     free\n"
	    "  [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "Next step on 31/02/2026\n"
	    "             ! There is no such day. Check day, month and year (1900 to 2199).\n"
	    "Channel      ‹  › Space chooses\n"
	    "Urgent       [ ]\n"
	    "Password\n"
	    "             ! This is not the password. After five attempts the account is\n"
	    "               closed for a quarter of an hour, so take your time.\n"
	    "Lines\n"
	    "  Description                              Quantity Unit price VAT %      Total\n"
	    "                                                  1               21\n"
	    "\n"
	    "\n"
	    "\n"
	    "Notes");
	assert_picture(16, 60, draw, NULL,
	               "Client *     a part of its name\n"
	               "Divisions *\n"
	               "  [ ] Formación     free\n"
	               "  [-] Planta Norte  held by luis@trato.example since 03/11/…\n"
	               "Next step on 31/02/2026\n"
	               "             ! There is no such day. Check day, month and\n"
	               "               year (1900 to 2199).\n"
	               "Channel      ‹  › Space chooses\n"
	               "Urgent       [ ]\n"
	               "Password\n"
	               "             ! This is not the password. After five attempts\n"
	               "               the account is closed for a quarter of an\n"
	               "               hour, so take your time.\n"
	               "Lines\n"
	               "  Description          Quantity Unit price VAT %      Total\n"
	               "                              1               21           ↓");
}

static void test_form_draw__candidates(void **state)
{
	struct form_event event = form_type(form, "acm");

	(void)state;
	assert_picture(16, 60, draw, NULL,
	               "Client *     acm\n"
	               "Divisions *  │  Searching…\n"
	               "  [ ] Formación     free\n"
	               "  [-] Planta Norte  held by luis@trato.example since 03/11/…\n"
	               "Next step on\n"
	               "Channel      ‹  › Space chooses\n"
	               "Urgent       [ ]\n"
	               "Password\n"
	               "Lines\n"
	               "  Description          Quantity Unit price VAT %      Total\n"
	               "                              1               21\n"
	               "\n"
	               "\n"
	               "\n"
	               "Notes\n"
	               "                                                           ↓");
	form_offer(form, "client", event.tag, rows_make("id label note", 2, clients));
	form_press(form, KEYS_DOWN);
	assert_picture(16, 60, draw, NULL,
	               "Client *     acm\n"
	               "Divisions *  │  ACME Industrial                      Madrid\n"
	               "  [ ] Formaci│▸ ACME Norte, S. A.                    Bilbao\n"
	               "  [-] Planta │  + Create client «acm»\n"
	               "Next step on\n"
	               "Channel      ‹  › Space chooses\n"
	               "Urgent       [ ]\n"
	               "Password\n"
	               "Lines\n"
	               "  Description          Quantity Unit price VAT %      Total\n"
	               "                              1               21\n"
	               "\n"
	               "\n"
	               "\n"
	               "Notes\n"
	               "                                                           ↓");
	event = form_type(form, "e q");
	form_offer(form, "client", event.tag, rows_make("id label note", 0, clients));
	assert_picture(16, 60, draw, NULL,
	               "Client *     acme q\n"
	               "Divisions *  │▸ + Create client «acme q»\n"
	               "  [ ] Formación     free\n"
	               "  [-] Planta Norte  held by luis@trato.example since 03/11/…\n"
	               "Next step on\n"
	               "Channel      ‹  › Space chooses\n"
	               "Urgent       [ ]\n"
	               "Password\n"
	               "Lines\n"
	               "  Description          Quantity Unit price VAT %      Total\n"
	               "                              1               21\n"
	               "\n"
	               "\n"
	               "\n"
	               "Notes\n"
	               "                                                           ↓");
}

static void test_form_draw__candidates_above_where_there_is_no_room_below(void **state)
{
	static const struct field_def few[] = {
		{ .name = "a", .label = "A", .kind = FIELD_LINE },
		{ .name = "b", .label = "B", .kind = FIELD_LINE },
		{ .name = "contact", .label = "Contact", .kind = FIELD_PICK },
		{ .name = NULL },
	};
	struct form_event event;

	(void)state;
	form_free(&form);
	form = form_new(few);
	form_go(form, "contact");
	event = form_type(form, "a");
	form_offer(form, "contact", event.tag, rows_make("id label note", 2, clients));
	assert_picture(3, 40, draw, NULL,
	               "A       │▸ ACME Industrial       Madrid\n"
	               "B       │  ACME Norte, S. A.     Bilbao\n"
	               "Contact a");
}

static void test_form_draw__grid_with_errors(void **state)
{
	(void)state;
	fill();
	form_go(form, "lines");
	form_press(form, KEYS_DOWN);
	form_type(form, "Viaje");
	form_press(form, KEYS_DOWN);
	form_type(form, "Dieta");
	form_press(form, KEYS_DOWN);
	form_type(form, "Hotel");
	assert_false(form_check(form));
	assert_picture(
	    24, 80, draw, NULL,
	    "Client *     ACME Industrial\n"
	    "Divisions *\n"
	    "  [x] Formación     free\n"
	    "  [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "Next step on 25/11/2026\n"
	    "Channel      ‹ Visit ›\n"
	    "Urgent       [x]\n"
	    "Password     ••••••••••\n"
	    "Lines\n"
	    "  Description                              Quantity Unit price VAT %      Total\n"
	    "  Curso de formación en prevención de rie…        1   1,200.50    21   1,452.61\n"
	    "▸!Viaje                                           1               21\n"
	    " !Dieta                                           1               21\n"
	    " !Hotel                                           1               21\n"
	    "\n"
	    "  ! Please fill this in.\n"
	    "Notes        Llamar antes.\n"
	    "\n"
	    "             Café con el director, que llega siempre tarde y se va temprano.");
}

static void test_form_draw__long_line_is_scrolled(void **state)
{
	static const struct field_def one[] = {
		{ .name = "t", .label = "Title", .kind = FIELD_LINE, .width = 12 }, { .name = NULL }
	};

	(void)state;
	form_free(&form);
	form = form_new(one);
	form_type(form, "abcdefghijk日本語xyz");
	assert_picture(1, 30, draw, NULL, "Title jk日本語xyz");
	form_press(form, KEYS_HOME);
	assert_picture(1, 30, draw, NULL, "Title abcdefghijk");
}

static void test_form_draw__hidden_characters_are_marked(void **state)
{
	(void)state;
	form_go(form, "notes");
	form_set(form, "notes",
	         "a\xe2\x80\xae"
	         "b\tc");
	form_set_pick(form, "client", "1", "A\x1b[2J\nB");
	assert_picture(
	    24, 80, draw, NULL,
	    "Client *     A␛[2J␊B\n"
	    "Divisions *\n"
	    "  [ ] Formación     free\n"
	    "  [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "Next step on\n"
	    "Channel      ‹  › Space chooses\n"
	    "Urgent       [ ]\n"
	    "Password\n"
	    "Lines\n"
	    "  Description                              Quantity Unit price VAT %      Total\n"
	    "                                                  1               21\n"
	    "\n"
	    "\n"
	    "\n"
	    "Notes        a<U+202E>b␉c");
}

static void test_form_draw__any_size(void **state)
{
	struct form_event event;

	(void)state;
	fill();
	event = form_type(form, "x");
	form_offer(form, "client", event.tag, rows_make("id label note", 2, clients));
	draw_at_all_sizes(draw, NULL);
	for (int i = 0; fields[i].name; i++) {
		form_go(form, fields[i].name);
		draw_at_all_sizes(draw_part, NULL);
	}
}

static void test_form_key__mouse(void **state)
{
	struct key_event click = {
		.code = KEYS_MOUSE, .row = 3, .column = 6, .button = MOUSE_LEFT
	};

	(void)state;
	assert_picture(
	    24, 80, draw_part, NULL,
	    "\n"
	    "  Client *     a part of its name\n"
	    "  Divisions *\n"
	    "    [ ] Formación     free\n"
	    "    [-] Planta Norte  held by luis@trato.example since 03/11/2026, action 1042\n"
	    "  Next step on\n"
	    "  Channel      ‹  › Space chooses\n"
	    "  Urgent       [ ]\n"
	    "  Password\n"
	    "  Lines\n"
	    "    Description                          Quantity Unit price VAT %      Total\n"
	    "                                                1               21\n"
	    "\n"
	    "\n"
	    "\n"
	    "  Notes\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "\n"
	    "below");
	assert_int_equal(form_key(form, &click).outcome, FORM_CHANGED);
	assert_string_equal(form_value(form, "divisions"), "{3}");
	click.row = 5;
	click.column = 17;
	assert_int_equal(form_key(form, &click).outcome, FORM_HANDLED);
	assert_string_equal(form_current(form), "due");
	click.row = 23;
	assert_int_equal(form_key(form, &click).outcome, FORM_HANDLED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form_draw__filled),
		TEST(test_form_draw__scrolls_to_the_cursor),
		TEST(test_form_draw__errors),
		TEST(test_form_draw__candidates),
		TEST(test_form_draw__candidates_above_where_there_is_no_room_below),
		TEST(test_form_draw__grid_with_errors),
		TEST(test_form_draw__long_line_is_scrolled),
		TEST(test_form_draw__hidden_characters_are_marked),
		TEST(test_form_draw__any_size),
		TEST(test_form_key__mouse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
