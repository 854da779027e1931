/*
 * A rep's work with offers at a terminal: lines out of a spreadsheet, a revision
 * and what it changed, a copy while the server goes away, an offer that has
 * expired; in a small window and in a large one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "people.h"

#define AS_ANA "SET SESSION AUTHORIZATION 'ana@trato.example';"
#define LINES                                             \
	"Curso de dirección\t2\t1.234,56 €\t5\t21 %\n" \
	"Manual\t25\t12,5\t\t4 %\n"                       \
	"Desplazamiento\t4\t0,19\t\t10 %\n"

static int set_up(void **state)
{
	people_set_up(state);
	people_sql(
	    "WITH c AS (INSERT INTO trato.client (name, country)"
	    " VALUES ('Bodegas del Duero', 'ES'), ('Cerámicas Levante', 'ES') RETURNING id)"
	    " INSERT INTO trato.division (client_id, name) SELECT id, 'Planta ' || id FROM c;");
	people_sql(AS_ANA
	           "SELECT trato.open_action(gen_random_uuid(), client_id, 'Acción ' || client_id,"
	           " ARRAY[id]) FROM trato.division");
	return 0;
}

/* Ana at the action of the first client, in a new offer's form. */
static struct screen *draft(int rows, int columns)
{
	struct screen *ana = people_log_in("ana", rows, columns, "es");

	screen_wait_text(ana, "Bodegas");
	screen_press(ana, "/");
	screen_type(ana, "duero");
	screen_wait_gone(ana, "Cerámicas");
	screen_press(ana, "Enter");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Cronología");
	screen_press(ana, "o");
	screen_wait_text(ana, "[x] Planta");
	return ana;
}

static void present(struct screen *ana, const char *number)
{
	screen_press(ana, "p");
	screen_wait_text(ana, "¿Presentar esta oferta?");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Presentada. Su número es");
	screen_wait_text(ana, number);
}

static void offer_of_pasted_lines(struct screen *ana)
{
	screen_press(ana, "Tab");
	screen_wait_text(ana, "^n insertar");
	screen_paste(ana, LINES);
	screen_wait_text(ana, "Total 3.164,09 €");
	screen_press(ana, "Ctrl-t");
	screen_wait_text(ana, "Total 3.164,93 €");
	screen_press(ana, "Alt-z");
	screen_wait_text(ana, "Total 3.164,09 €");
	screen_press(ana, "Alt-Up");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "El borrador está guardado.");
	screen_wait_text(ana, "3.164,09 €");
	present(ana, "-0000");
}

/* The course becomes dearer, the manual goes, a room comes. */
static void revision(struct screen *ana)
{
	screen_press(ana, "v");
	screen_wait_text(ana, "¿Revisar esta oferta?");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Borrador de oferta");
	screen_wait_text(ana, "Total 3.164,09 €");
	screen_press(ana, "Tab");
	screen_press(ana, "Tab");
	screen_type(ana, "3");
	screen_wait_text(ana, "Total 4.58");
	for (int i = 0; i < 2; i++)
		screen_press(ana, "Down");
	screen_press(ana, "Ctrl-d");
	screen_press(ana, "Ctrl-n");
	screen_type(ana, "Sala");
	screen_press(ana, "Tab");
	screen_press(ana, "Tab");
	screen_type(ana, "300");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "El borrador está guardado.");
	present(ana, "/2");
}

static void differences(struct screen *ana)
{
	screen_press(ana, "d");
	screen_wait_text(ana, "sustituida");
	screen_wait_text(ana, "2 × 1.234,56");
	screen_wait_text(ana, "3 × 1.234,56");
	screen_wait_text(ana, "nueva");
	screen_press(ana, "End");
	screen_wait_text(ana, "quitada");
	screen_wait_text(ana, "≠ +");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "Revisiones");
}

static void offers_of_a_rep(int rows, int columns)
{
	struct screen *ana = draft(rows, columns);

	offer_of_pasted_lines(ana);
	revision(ana);
	differences(ana);
	screen_close(&ana);
}

static void test_offers__in_a_small_window(void **state)
{
	(void)state;
	offers_of_a_rep(24, 80);
	people_expect("SELECT string_agg(description, ', ' ORDER BY position) FROM trato.offer_line"
	              " WHERE offer_id = (SELECT max(id) FROM trato.offer)",
	              "Curso de dirección, Sala, Desplazamiento");
	people_expect("SELECT string_agg(state, ' ' ORDER BY id) FROM trato.offer",
	              "superseded presented");
}

static void test_offers__in_a_large_window(void **state)
{
	(void)state;
	offers_of_a_rep(60, 200);
}

/* The server goes as the copy is asked for; when it is back the copy is there, once. */
static void test_offers__copy_while_the_server_is_gone(void **state)
{
	struct screen *ana = draft(24, 80);

	(void)state;
	screen_press(ana, "Tab");
	screen_paste(ana, "Una línea\t1\t10\n");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "El borrador está guardado.");
	people_sql(
	    "UPDATE trato.offer SET title = 'Copiada' WHERE id = (SELECT max(id) FROM trato.offer)");
	screen_press(ana, "c");
	screen_wait_text(ana, "[x] Planta");
	screen_type(ana, "levante");
	screen_wait_text(ana, "Cerámicas Levante");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "[x] Planta");
	people_server("stop");
	screen_wait_text(ana, "sin conexión desde");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "Aún sin enviar");
	screen_press(ana, "Ctrl-s");
	people_server("start");
	screen_wait_text(ana, "Borrador de oferta");
	screen_wait_text(ana, "Cerámicas Levante");
	screen_close(&ana);
	people_expect("SELECT count(*) || ' ' || (SELECT count(*) FROM trato.offer_line AS l"
	              " JOIN trato.offer AS o ON o.id = l.offer_id WHERE o.title = 'Copiada')"
	              " FROM trato.offer WHERE title = 'Copiada'",
	              "2 2");
}

/* It is told where it is listed, cannot be approved, and is extended by a key. */
static void test_offers__expired_one(void **state)
{
	struct screen *ana;

	(void)state;
	people_sql(
	    "SET session_replication_role = replica;"
	    "UPDATE trato.offer SET valid_until = trato.today() - 1 WHERE state = 'presented'");
	ana = people_log_in("ana", 24, 80, "es");
	screen_wait_text(ana, "cad.");
	screen_press(ana, "/");
	screen_type(ana, "duero");
	screen_wait_gone(ana, "Cerámicas");
	screen_press(ana, "Enter");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Cronología");
	screen_press(ana, "Tab");
	screen_wait_text(ana, "caducada");
	while (!strstr(screen_text(ana), "▸ 20"))
		screen_press(ana, "Down");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Ha caducado.");
	screen_press(ana, "a");
	screen_wait_text(ana, "no se puede aprobar");
	screen_press(ana, "t");
	screen_wait_text(ana, "Válida hasta *");
	screen_type(ana, "+10");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "prorrogada");
	screen_wait_gone(ana, "caducada");
	screen_close(&ana);
}

#define TEST(name) cmocka_unit_test_teardown(name, screen_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_offers__in_a_small_window),
		TEST(test_offers__in_a_large_window),
		TEST(test_offers__copy_while_the_server_is_gone),
		TEST(test_offers__expired_one),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
