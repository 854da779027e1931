/*
 * A whole working day, played by five people on terminals of their own against
 * one server: two reps who want the same divisions, two of back office, a
 * supervisor; from the first login to the last invoice. What the screens said
 * is compared with the tables at the end.
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

static struct screen *ana, *luis, *berta, *bruno, *carmen;

static int set_up(void **state)
{
	people_set_up(state);
	people_sql(
	    "WITH c AS (INSERT INTO trato.client (name, tax_id, city)"
	    " VALUES ('Bodegas del Duero', 'B09885468', 'Aranda de Duero') RETURNING id)"
	    " INSERT INTO trato.division (client_id, name)"
	    " SELECT c.id, d FROM c, unnest('{Formación,Planta Norte,Tienda,Viñedos}'::text[]) d;"
	    "INSERT INTO trato.contact (client_id, name, job_title)"
	    " SELECT id, 'Rosa Sanz', 'Compras' FROM trato.client;");
	return 0;
}

/* ---- actions ---- */

static void begin_action(struct screen *s, const char *client, const char *title)
{
	screen_wait_text(s, "n new action");
	screen_press(s, "n");
	screen_wait_text(s, "Choose the client first.");
	people_pick(s, client, "▸ Bodegas del Duero");
	screen_wait_gone(s, "Choose the client first.");
	people_fill(s, title);
}

/* Client and division are made on the way. */
static void ana_opens_an_action_for_a_new_client(void)
{
	screen_wait_text(ana, "n new action");
	screen_press(ana, "n");
	screen_wait_text(ana, "Choose the client first.");
	people_pick(ana, "Cerámicas Levante", "New client «Cerámicas Levante»");
	screen_wait_text(ana, "Legal name");
	people_fill(ana, NULL);
	people_fill(ana, "Cerámicas Levante, S. L.");
	people_fill(ana, "A58818501");
	people_fill(ana, "Camino Viejo, 4");
	people_fill(ana, "46001");
	people_fill(ana, "Valencia");
	screen_press(ana, "Ctrl-s");
	screen_wait_text(ana, "This client has no division yet.");
	people_fill(ana, "Training 2027");
	screen_press(ana, "F4");
	screen_wait_text(ana, "a site or a business area");
	screen_type(ana, "Planta Sur");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "[x] Planta Sur");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "its divisions are yours");
	screen_wait_text(ana, "Cerámicas Levante · Training 2027");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "Planta Sur");
}

static void ana_holds_a_division_of_an_old_client(void)
{
	begin_action(ana, "duero", "Harvest crew");
	screen_wait_text(ana, "Planta Norte");
	screen_press(ana, "Down");
	screen_wait_text(ana, "▸ [ ] Planta Norte");
	screen_press(ana, "Space");
	screen_wait_text(ana, "[x] Planta Norte");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Bodegas del Duero · Harvest crew");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "n new action");
}

/* The list shows it, the box explains it, and asking reaches the holder. */
static void luis_asks_to_collaborate(void)
{
	begin_action(luis, "duero", "Fences");
	screen_wait_text(luis, "held by Ana Ruiz since");
	screen_wait_text(luis, "[-] Planta Norte");
	screen_press(luis, "Down");
	screen_press(luis, "Space");
	screen_wait_text(luis, "Somebody holds this division");
	screen_wait_text(luis, "Ana Ruiz");
	screen_press(luis, "a");
	screen_wait_text(luis, "Why you would like");
	screen_type(luis, "I know their purchasing manager.");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Asked.");
	screen_wait_text(luis, "Fences");

	screen_wait_bells(ana, 1);
	screen_wait_text(ana, "1 request to collaborate");
	screen_press(ana, "!");
	screen_wait_text(ana, "Luis Mora");
	screen_press(ana, "a");
	screen_wait_text(ana, "Accepted");
	screen_press(ana, "A");
	screen_wait_text(ana, "n new action");
}

/* Both have the form open with the same division ticked; one is first. */
static void both_want_the_same_division(void)
{
	/* luis: Formación and, further down, Tienda */
	screen_press(luis, "Up");
	screen_press(luis, "Space");
	screen_wait_text(luis, "[x] Formación");
	screen_press(luis, "Down");
	screen_press(luis, "Down");
	screen_press(luis, "Space");
	screen_wait_text(luis, "[x] Tienda");

	begin_action(ana, "duero", "Courses");
	screen_wait_text(ana, "Formación");
	screen_press(ana, "Space");
	screen_wait_text(ana, "[x] Formación");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Bodegas del Duero · Courses");

	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Somebody holds this division");
	screen_wait_text(luis, "Ana Ruiz");
	screen_press(luis, "b");
	screen_wait_gone(luis, "Somebody holds this division");
	assert_true(screen_shows(luis, "Fences"));
	assert_true(screen_shows(luis, "Bodegas del Duero"));
	assert_true(screen_shows(luis, "[-] Formación"));
	assert_true(screen_shows(luis, "[x] Tienda"));
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Bodegas del Duero · Fences");
	screen_press(luis, "Esc");
	screen_wait_text(luis, "n new action");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "n new action");
}

/* ---- the offer ---- */

static void ana_opens_her_first_action(void)
{
	screen_press(ana, "/");
	screen_type(ana, "levante");
	screen_wait_gone(ana, "Bodegas del Duero");
	screen_wait_text(ana, "Cerámicas Leva");
	screen_press(ana, "Enter");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Cerámicas Levante · Training 2027");
}

static void ana_logs_a_call(void)
{
	screen_press(ana, "c");
	screen_wait_text(ana, "We contacted the client");
	screen_wait_text(ana, "Training 2027");
	for (int field = 0; field < 5; field++)
		people_fill(ana, NULL);
	people_fill(ana, "Courses for 30 people");
	people_fill(ana, "María asks for two dates.");
	people_fill(ana, "12");
	people_fill(ana, "Send the offer");
	screen_type(ana, "+3");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The communication is logged.");
	screen_wait_text(ana, "Courses for 30 people");
	screen_wait_text(ana, "Send the offer");
}

static void ana_drafts_an_offer(void)
{
	screen_press(ana, "o");
	screen_wait_text(ana, "· action 1001 · Training 2027");
	screen_press(ana, "Ctrl-u");
	people_fill(ana, "Courses for 30 people");
	people_fill(ana, "Course, two days");
	screen_press(ana, "Ctrl-u");
	people_fill(ana, "10");
	people_fill(ana, "1.250,00");
	people_fill(ana, "10");
	people_fill(ana, NULL);
	screen_wait_text(ana, "11,250.00");
	people_fill(ana, "Books");
	screen_press(ana, "Ctrl-u");
	people_fill(ana, "3");
	people_fill(ana, "99.95");
	people_fill(ana, NULL);
	screen_press(ana, "Ctrl-u");
	people_fill(ana, "10");
	/* 299.85 at 10 %: 29.985 is rounded for the line. */
	screen_wait_text(ana, "11,549.85");
	screen_wait_text(ana, "29.99");
	screen_wait_text(ana, "2,362.50");
	screen_wait_text(ana, "13,942.34");
	screen_press(ana, "Tab");
	screen_wait_text(ana, "▸ [x] Planta Sur");
	people_fill(ana, NULL);
	screen_press(ana, "Ctrl-u");
	people_fill(ana, "+30");
	people_fill(ana, "30 days");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The draft is saved.");
	screen_wait_text(ana, "New draft · Courses for 30 people");
	screen_wait_text(ana, "13,942.34");
	screen_wait_text(ana, "11,549.85");
}

static void ana_presents_it(void)
{
	screen_press(ana, "p");
	screen_wait_text(ana, "Present this offer?");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "Presented. Its number is");
	screen_wait_text(ana, "-00001");
	screen_wait_text(ana, "a approve");
}

/* Until then berta reads the help; no bell has rung. */
static void ana_approves_it(void)
{
	int bells = screen_bells(berta);
	unsigned long frame;

	screen_press(ana, "a");
	screen_wait_text(ana, "Back office is told at once.");
	people_fill(ana, NULL);
	people_fill(ana, NULL);
	people_fill(ana, "María Ferrer");
	screen_type(ana, "PO-7781");
	frame = screen_frame(berta);
	screen_key(ana, "Ctrl-s");
	screen_wait_text(berta, "1 new invoicing notice: Cerámicas Levante");
	/* Nothing is composed for the doorbell, which is no news yet; the clock may have had a frame. */
	assert_in_range(screen_frame(berta), frame + 1, frame + 2);
	screen_wait_bells(berta, bells + 1);
	assert_string_equal(screen_title(berta), "Trato: 1 new invoicing notice");
	assert_string_equal(screen_notified(berta), "Trato: 1 new invoicing notice");
	assert_true(screen_shows(berta, "Keys and commands"));
	screen_wait_text(ana, "Close the action as won?");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "approved");
	screen_wait_text(ana, "María Ferrer");
}

/* ---- back office ---- */

static void bruno_finds_what_he_missed(void)
{
	bruno = people_log_in("bruno", 24, 80, "en");
	screen_wait_text(bruno, "Cerámicas Levante");
	screen_wait_text(bruno, "13,942.34");
	screen_wait_bells(bruno, 1);
}

static void berta_takes_the_notice(void)
{
	screen_press(berta, "F8");
	screen_wait_gone(berta, "Keys and commands");
	screen_wait_text(berta, "t take");
	screen_press(berta, "t");
	screen_wait_text(berta, "It is yours now");
	screen_wait_text(berta, "i record invoice");
	screen_wait_text(bruno, "Berta Gil");
	screen_wait_text(ana, "Taken by Berta Gil");

	/* The key that bruno cannot use any more says why. */
	screen_press(bruno, "t");
	screen_wait_text(bruno, "Berta Gil has taken this notice");
}

static void record_invoice(const char *left, const char *number, const char *net, const char *vat)
{
	screen_press(berta, "i");
	screen_wait_text(berta, "Record an invoice");
	screen_wait_text(berta, left);
	screen_type(berta, number);
	if (net != NULL) {
		people_fill(berta, NULL);
		people_fill(berta, NULL);
		screen_press(berta, "Ctrl-u");
		people_fill(berta, net);
		screen_press(berta, "Ctrl-u");
		screen_type(berta, vat);
	}
	screen_key(berta, "Ctrl-s");
}

static void berta_records_a_part_and_the_rest(void)
{
	screen_press(berta, "Enter");
	screen_wait_text(berta, "Camino Viejo, 4");
	screen_wait_text(berta, "A58818501");
	record_invoice("Left     13,942.34", "A-100", "5000", "1050");
	screen_wait_text(berta, "The invoice is recorded.");
	screen_wait_text(ana, "6,050.00");

	/* The same number again, and more than is left, are refused. */
	record_invoice("Left     7,892.34", "A-100", "1", "0");
	screen_wait_text(berta, "Recorded already");
	screen_press(berta, "Ctrl-u");
	screen_type(berta, "A-101");
	people_fill(berta, NULL);
	people_fill(berta, NULL);
	screen_press(berta, "Ctrl-u");
	screen_type(berta, "7900");
	screen_key(berta, "Ctrl-s");
	screen_wait_text(berta, "more than what is left to invoice: 7,892.34");
	screen_press(berta, "Ctrl-u");
	people_fill(berta, "6549,85");
	screen_press(berta, "Ctrl-u");
	screen_type(berta, "1342,49");
	screen_key(berta, "Ctrl-s");
	screen_wait_text(berta, "The invoice is recorded.");
	screen_wait_text(berta, "invoiced");
	screen_wait_text(ana, "Invoiced: 13,942.34 € of 13,942.34 €");
}

/* ---- the end ---- */

static void ana_closes_the_action_as_won(void)
{
	screen_press(ana, "Esc");
	screen_wait_text(ana, "Cerámicas Levante · Training 2027");
	screen_press(ana, "x");
	screen_wait_text(ana, "Its divisions become free");
	screen_wait_text(ana, "Won: an offer is approved");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The action is closed");
	screen_wait_text(ana, "won");
}

static void luis_finds_the_division_free(void)
{
	screen_press(luis, "n");
	screen_wait_text(luis, "Choose the client first.");
	people_pick(luis, "levante", "▸ Cerámicas Levante");
	people_fill(luis, "After sales");
	screen_wait_text(luis, "[ ] Planta Sur  free");
	screen_press(luis, "Space");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Cerámicas Levante · After sales");
}

static void the_tables_agree(void)
{
	people_expect("SELECT count(*), min(state), min(total_cents), min(invoiced_cents)"
	              " FROM trato.notice",
	              "1|invoiced|1394234|1394234");
	people_expect("SELECT string_agg(number || ' ' || total_cents, ', ' ORDER BY id)"
	              " FROM trato.invoice",
	              "A-100 605000, A-101 789234");
	people_expect("SELECT string_agg(title || ' ' || state, ', ' ORDER BY number)"
	              " FROM trato.action",
	              "Training 2027 won, Harvest crew open, Courses open, Fences open,"
	              " After sales open");
	people_expect("SELECT string_agg(a.title || ': ' || d.name, ', ' ORDER BY a.number)"
	              " FROM trato.hold h JOIN trato.action a ON a.id = h.action_id"
	              " JOIN trato.division d ON d.id = h.division_id WHERE released_at IS NULL",
	              "Harvest crew: Planta Norte, Courses: Formación, Fences: Tienda,"
	              " After sales: Planta Sur");
	people_expect("SELECT string_agg(p.name || CASE WHEN m.is_owner THEN ' owns' ELSE '' END,"
	              " ', ' ORDER BY p.name)"
	              " FROM trato.action_member m JOIN trato.person p ON p.id = m.person_id"
	              " JOIN trato.action a ON a.id = m.action_id WHERE a.title = 'Harvest crew'",
	              "Ana Ruiz owns, Luis Mora");
	people_expect("SELECT string_agg(DISTINCT login::text, ', ') FROM trato.audit"
	              " WHERE table_name IN ('offer', 'offer_line')",
	              "ana@trato.example");
	people_expect("SELECT string_agg(DISTINCT login::text, ', ') FROM trato.audit"
	              " WHERE table_name = 'notice' AND operation = 'update'",
	              "berta@trato.example");
	people_expect("SELECT string_agg(DISTINCT login::text, ', ') FROM trato.audit"
	              " WHERE table_name = 'invoice'",
	              "berta@trato.example");
	people_expect("SELECT count(*) FROM trato.communication", "1");
}

static void test_day__from_login_to_invoice(void **state)
{
	(void)state;
	ana = people_log_in("ana", 24, 80, "en");
	luis = people_log_in("luis", 24, 80, "en");
	berta = people_log_in("berta", 24, 80, "en");
	ana_opens_an_action_for_a_new_client();
	ana_holds_a_division_of_an_old_client();
	luis_asks_to_collaborate();
	both_want_the_same_division();

	screen_press(berta, "?");
	screen_wait_text(berta, "Keys and commands");
	carmen = people_log_in("carmen", 60, 200, "en");
	ana_opens_her_first_action();
	ana_logs_a_call();
	ana_drafts_an_offer();
	ana_presents_it();
	screen_wait_text(carmen, "13,942");
	ana_approves_it();
	screen_wait_text(carmen, "approved");
	bruno_finds_what_he_missed();
	berta_takes_the_notice();
	berta_records_a_part_and_the_rest();
	screen_wait_text(carmen, "No notice waits.");
	ana_closes_the_action_as_won();
	luis_finds_the_division_free();
	the_tables_agree();
}

/* ---- the same in Spanish, shorter, on wide screens ---- */

static void luis_ofrece(void)
{
	screen_wait_text(luis, "n nueva acción");
	screen_press(luis, "n");
	screen_wait_text(luis, "Elige antes el cliente.");
	people_pick(luis, "duero", "▸ Bodegas del Duero");
	people_fill(luis, "Vendimia");
	screen_wait_text(luis, "Viñedos");
	screen_press(luis, "End");
	screen_press(luis, "Space");
	screen_wait_text(luis, "[x] Viñedos");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Bodegas del Duero · Vendimia");
	screen_press(luis, "o");
	screen_wait_text(luis, "· Vendimia");
	screen_wait_text(luis, "[x] Viñedos");
	people_fill(luis, NULL);
	people_fill(luis, "Cuadrilla");
	people_fill(luis, NULL);
	people_fill(luis, "1.234,5");
	screen_wait_text(luis, "1.493,75 €");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Borrador nuevo · Vendimia");
	screen_press(luis, "p");
	screen_wait_text(luis, "¿Presentar esta oferta?");
	screen_press(luis, "Enter");
	screen_wait_text(luis, "-00002");
	screen_wait_text(luis, "a aprobar");
}

static void berta_factura(void)
{
	screen_wait_text(berta, "1 aviso de facturación nuevo: Bodegas del Duero 1.493,75 €");
	screen_wait_bells(berta, 1);
	screen_press(berta, "F8");
	screen_wait_gone(berta, "1 aviso de facturación nuevo");
	screen_wait_text(berta, "t tomar");
	screen_press(berta, "t");
	screen_wait_text(berta, "i registrar factura");
	screen_press(berta, "i");
	screen_wait_text(berta, "Registrar una factura");
	screen_wait_text(berta, "Pendiente 1.493,75");
	screen_type(berta, "A-102");
	screen_key(berta, "Ctrl-s");
	screen_wait_text(berta, "La factura está registrada.");
}

static void test_day__in_spanish_on_wide_screens(void **state)
{
	(void)state;
	luis = people_log_in("luis", 60, 200, "es");
	berta = people_log_in("berta", 60, 200, "es");
	carmen = people_log_in("carmen", 60, 200, "es");
	screen_wait_text(carmen, "No espera ningún aviso.");
	luis_ofrece();
	screen_press(luis, "a");
	screen_wait_text(luis, "Aprobar la oferta");
	people_fill(luis, NULL);
	people_fill(luis, NULL);
	people_fill(luis, "Rosa Sanz");
	screen_key(luis, "Ctrl-s");
	berta_factura();
	screen_wait_text(luis, "Facturado: 1.493,75 € de 1.493,75 €.");
	screen_press(luis, "Enter");
	screen_wait_text(luis, "Ganada: hay una oferta aprobada");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "La acción está cerrada");
	people_expect("SELECT count(*) FILTER (WHERE state = 'invoiced') FROM trato.notice", "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_day__from_login_to_invoice, screen_teardown),
		cmocka_unit_test_teardown(test_day__in_spanish_on_wide_screens, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
