/*
 * What people, terminals and servers get wrong: each gets its sentence, nothing
 * that was typed is lost, nothing is saved twice, and nothing crashes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "people.h"

/* Where the fields of these forms begin. */
enum { CLIENT = 11, OFFER = 15, COMMUNICATION = 16 };

/* ---- helpers ---- */

static struct screen *new_client(void)
{
	struct screen *s = people_log_in("ana", 24, 80, "en");

	screen_press(s, "C");
	screen_wait_text(s, "n new client");
	screen_press(s, "n");
	screen_wait_text(s, "Legal name");
	return s;
}

struct shown {
	const char *label, *end; /* the last letters of what the field is to have */
};

/* Clients that are there already are told as one types, at once or a little later. */
static bool nothing_is_wrong(struct screen *s)
{
	const char *at = screen_text(s);

	while ((at = strstr(at, "! ")) != NULL)
		if (strncmp(at += 2, "It may be here already", 22) != 0)
			return false;
	return true;
}

/* What was wrong is gone with the new text, and the rows below it are where they belong. */
static bool field_shows(struct screen *s, void *ctx)
{
	const struct shown *shown = ctx;
	size_t length = strlen(shown->label);

	for (int row = 0; row < 24; row++)
		if (strncmp(screen_line(s, row), shown->label, length) == 0)
			return strstr(screen_line(s, row) + length, shown->end) != NULL &&
			       nothing_is_wrong(s);
	return false;
}

/*
 * The field of that label gets this in place of what it has. With a click, so that nothing depends
 * on where the cursor is; `column`: where the form's fields begin.
 */
static void set_field(struct screen *s, int column, const char *label, const char *text)
{
	struct shown shown = { label, text + (strlen(text) > 3 ? strlen(text) - 3 : 0) };
	int row, unused;

	screen_find(s, label, &row, &unused);
	screen_click(s, row, column, 1);
	screen_key(s, "End");
	screen_key(s, "Ctrl-u");
	screen_type(s, text);
	screen_wait(s, label, field_shows, &shown);
}

static void save_and_wait(struct screen *s, const char *sentence)
{
	screen_key(s, "Ctrl-s");
	screen_wait_text(s, sentence);
}

/* Runs a shell's command on a terminal: its exit code, and what stands on the screen. */
static void expect_exit(const char *command, int code, const char *sentence)
{
	char line[4096];
	const char *const argv[] = { "sh", "-c", line, NULL };
	const char *const env[] = { "LANGUAGE=en", "PGPASSWORD=" PEOPLE_PASSWORD, NULL };
	struct screen *s;

	snprintf(line, sizeof(line), "trato=%s; %s", screen_program(), command);
	s = screen_start(60, 200, argv, env);
	assert_int_equal(screen_wait_exit(s), code);
	if (!screen_shows(s, sentence))
		fail_msg("%s\nshows not «%s» but\n%s", command, sentence, screen_text(s));
	screen_close(&s);
}

/* ---- fields ---- */

static void test_client__empty_too_long_and_wrong_tax_ids(void **state)
{
	static const char *const wrong[] = {
		"12345678A", "X1234567A", "Z0000000A", "B12345678", "A5881850A",
		"K1234567",  "00000000",  "ES",        "1",
	};
	struct screen *s = new_client();

	(void)state;
	save_and_wait(s, "Please fill this in.");
	people_fill(s, "Bodegas del Duero");
	screen_wait_gone(s, "Please fill this in.");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		set_field(s, CLIENT, "Tax id", wrong[i]);
		screen_wait_gone(s, "not a valid Spanish tax id");
		save_and_wait(s, "not a valid Spanish tax id");
		assert_true(screen_shows(s, wrong[i]));
		assert_true(screen_shows(s, "Bodegas del Duero"));
	}
	set_field(s, CLIENT, "Tax id", "12345678Z");
	set_field(s, CLIENT, "Postcode", "1234567890123456");
	save_and_wait(s, "16 characters, and at most 15");
	set_field(s, CLIENT, "Postcode", "09400");
	set_field(s, CLIENT, "Country", "1");
	save_and_wait(s, "A country is two letters");
	set_field(s, CLIENT, "Country", "");
	save_and_wait(s, "Please fill this in.");
	set_field(s, CLIENT, "Country", "ES");
	save_and_wait(s, "The client is saved.");
	people_expect("SELECT count(*) FROM trato.client", "1");

	screen_press(s, "Esc");
	screen_wait_text(s, "n new client");
	screen_press(s, "n");
	screen_wait_text(s, "Legal name");
	people_fill(s, "Another");
	set_field(s, CLIENT, "Tax id", "12345678z");
	save_and_wait(s, "Bodegas del Duero has this tax id already.");
	set_field(s, CLIENT, "Tax id", "");
	set_field(s, CLIENT, "Name", "   ");
	save_and_wait(s, "Please fill this in.");
}

/* Foreign characters are shown as marks and go into the database as they are or not at all. */
static void test_client__hostile_text(void **state)
{
	static const char invalid[] = "\xff\xfe\xc3(\xed\xa0\x80\xf5\x80\x80\x80";
	struct screen *s = new_client();

	(void)state;
	screen_send(s, invalid, (int)sizeof(invalid) - 1);
	screen_type(s, "Ca");
	screen_paste(s, "sa \xe2\x80\xae"
	                "mala\x1b[2J\x07\r\nde\tpegar\xe2\x80\x8b\xc2\x9b");
	screen_type(s, " fin");
	screen_wait_text(s, " fin");
	assert_true(screen_shows(s, "Legal name"));
	screen_press(s, "End");
	save_and_wait(s, "The client is saved.");
	screen_wait_text(s, " fin");
	people_expect("SELECT count(*) FROM trato.client WHERE name ~ 'fin'", "1");
	people_expect("SELECT name ~ E'[[:cntrl:]]' FROM trato.client WHERE name ~ 'fin'", "f");
	/* The screen is whole: nothing of it was obeyed. */
	assert_true(screen_shows(s, " Trato  "));
	assert_int_equal(screen_bells(s), 0);
}

/* ---- an offer ---- */

/* An action of ana's, and its screen. */
static struct screen *open_action(const char *client)
{
	char statements[1024];
	struct screen *s;

	snprintf(statements, sizeof(statements),
	         "INSERT INTO trato.client (name) VALUES ('%s');"
	         "INSERT INTO trato.division (client_id, name)"
	         " SELECT id, 'Oficinas' FROM trato.client WHERE name = '%s';"
	         "SET SESSION AUTHORIZATION 'ana@trato.example';"
	         "SELECT trato.open_action(gen_random_uuid(), c.id, 'Work', array_agg(d.id))"
	         " FROM trato.client c JOIN trato.division d ON d.client_id = c.id"
	         " WHERE c.name = '%s' GROUP BY c.id;",
	         client, client, client);
	people_sql(statements);
	s = people_log_in("ana", 24, 80, "en");
	screen_wait_text(s, "s step");
	screen_press(s, "/");
	screen_type(s, client);
	screen_press(s, "Enter");
	screen_wait_text(s, "▸");
	screen_key(s, "Enter");
	snprintf(statements, sizeof(statements), "%s · Work", client);
	screen_wait_text(s, statements);
	return s;
}

static void test_offer__amounts_that_cannot_be(void **state)
{
	static const struct {
		const char *cell, *sentence;
	} quantities[] = {
		{ "-1", "This quantity is not possible." },
		{ "0", "This quantity is not possible." },
		{ "many", "Type a number" },
		{ "1,2,3", "Type a number" },
		{ "1.23456", "Type" },
		{ "99999999999", "too large" },
		{ "99999999999999999999999999", "too large" },
	}, prices[] = {
		{ "-5", "This price is not possible." },
		{ "1e9", "Type a number" },
		{ "999999999999", "too large" },
	}, vats[] = {
		{ "-21", "This VAT is not possible." },
		{ "101", "This VAT is not possible." },
	};
	struct screen *s = open_action("Huerta Nueva");

	(void)state;
	screen_press(s, "o");
	screen_wait_text(s, "Huerta Nueva · action");
	people_fill(s, NULL);
	people_fill(s, "Seeds");
	for (size_t i = 0; i < sizeof(quantities) / sizeof(quantities[0]); i++) {
		screen_press(s, "Ctrl-u");
		screen_wait_gone(s, quantities[i].sentence);
		screen_type(s, quantities[i].cell);
		if (i == 0)
			screen_type(s, "\t1\033[Z");
		save_and_wait(s, quantities[i].sentence);
	}
	screen_press(s, "Ctrl-u");
	people_fill(s, "1");
	for (size_t i = 0; i < sizeof(prices) / sizeof(prices[0]); i++) {
		screen_press(s, "Ctrl-u");
		screen_wait_gone(s, prices[i].sentence);
		screen_type(s, prices[i].cell);
		save_and_wait(s, prices[i].sentence);
	}
	screen_press(s, "Ctrl-u");
	people_fill(s, "10");
	screen_type(s, "100,5");
	save_and_wait(s, "A discount lies between 0 and 100 %.");
	screen_press(s, "Ctrl-u");
	screen_press(s, "Tab");
	for (size_t i = 0; i < sizeof(vats) / sizeof(vats[0]); i++) {
		screen_press(s, "Ctrl-u");
		screen_wait_gone(s, vats[i].sentence);
		screen_type(s, vats[i].cell);
		save_and_wait(s, vats[i].sentence);
	}
	screen_press(s, "Ctrl-u");
	screen_type(s, "10");
	people_expect("SELECT count(*) FROM trato.offer", "0");
	save_and_wait(s, "The draft is saved.");
	people_expect("SELECT total_cents FROM trato.offer", "1100");
}

static void test_offer__dates_that_cannot_be(void **state)
{
	struct screen *s = open_action("Huerta Vieja");

	(void)state;
	screen_press(s, "o");
	screen_wait_text(s, "Huerta Vieja · action");
	set_field(s, OFFER, "Valid until", "31/02/2027");
	save_and_wait(s, "There is no such day.");
	set_field(s, OFFER, "Valid until", "tomorrowish");
	save_and_wait(s, "Type a date such as");
	set_field(s, OFFER, "Valid until", "01/01/2020");
	save_and_wait(s, "This date is past.");
	set_field(s, OFFER, "Valid until", "+30");
	set_field(s, OFFER, "Probability", "150");
	save_and_wait(s, "A probability lies between");
	set_field(s, OFFER, "Probability", "-1");
	save_and_wait(s, "A probability lies between");
	set_field(s, OFFER, "Probability", "half");
	save_and_wait(s, "Type a whole number");
	set_field(s, OFFER, "Probability", "50");
	set_field(s, OFFER, "Currency", "EURO");
	save_and_wait(s, "at most 3");
	set_field(s, OFFER, "Currency", "E1");
	save_and_wait(s, "A currency is three letters");
	set_field(s, OFFER, "Currency", "EUR");
	save_and_wait(s, "The draft is saved.");
	/* Nothing that could be presented: it says what is missing. */
	screen_wait_text(s, "p present");
	screen_press(s, "p");
	screen_wait_text(s, "Present this offer?");
	screen_press(s, "Enter");
	screen_wait_text(s, "Enter at least one line with an amount.");
}

static void test_communication__what_cannot_be(void **state)
{
	struct screen *s = open_action("Talleres Pons");

	(void)state;
	screen_press(s, "c");
	screen_wait_text(s, "Talleres Pons · action");
	save_and_wait(s, "Please fill this in.");
	set_field(s, COMMUNICATION, "Subject", "Call");
	set_field(s, COMMUNICATION, "Day", "+2");
	save_and_wait(s, "cannot lie in the future");
	set_field(s, COMMUNICATION, "Day", "30/02/2026");
	save_and_wait(s, "There is no such day.");
	set_field(s, COMMUNICATION, "Day", "today");
	set_field(s, COMMUNICATION, "Hour", "25:00");
	save_and_wait(s, "Type a time of day");
	set_field(s, COMMUNICATION, "Hour", "00:00");
	set_field(s, COMMUNICATION, "Contact", "nobody of this name");
	screen_press(s, "Tab");
	save_and_wait(s, "Please choose one from the list");
	set_field(s, COMMUNICATION, "Contact", "");
	set_field(s, COMMUNICATION, "Duration", "-5");
	save_and_wait(s, "A duration lies between");
	set_field(s, COMMUNICATION, "Duration", "");
	set_field(s, COMMUNICATION, "Its day", "+3");
	save_and_wait(s, "Say what is to be done on that day.");
	set_field(s, COMMUNICATION, "Next step", "Call again");
	save_and_wait(s, "The communication is logged.");
	people_expect("SELECT count(*) FROM trato.communication", "1");
}

/* ---- windows ---- */

static void test_form__window_down_to_nothing_and_back(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 15, 60 },   { 5, 20 },
		                        { 1, 1 },   { 1, 200 },   { 200, 1 },
		                        { 2, 3 },   { 200, 300 }, { 60, 200 } };
	struct screen *s = new_client();

	(void)state;
	people_fill(s, "Cerámicas Levante");
	people_fill(s, "Cerámicas Levante, S. L.");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		unsigned long before = screen_frame(s);

		screen_resize(s, sizes[i][0], sizes[i][1]);
		screen_wait_frame(s, before);
	}
	screen_resize(s, 5, 20);
	screen_wait_text(s, "The window is too");
	screen_type(s, "lost on purpose: what is not seen is not typed");
	screen_key(s, "Ctrl-s");
	screen_resize(s, 24, 80);
	screen_wait_text(s, "Cerámicas Levante, S. L.");
	assert_false(screen_shows(s, "lost"));
	save_and_wait(s, "The client is saved.");
	people_expect("SELECT legal_name FROM trato.client WHERE name ~ 'Levante'",
	              "Cerámicas Levante, S. L.");
}

/* ---- the server goes ---- */

static void test_form__server_goes_while_it_is_filled_in(void **state)
{
	struct screen *s = new_client();

	(void)state;
	people_fill(s, "Aceros Norte");
	people_server("stop");
	screen_wait_text(s, "offline since");
	people_fill(s, "Aceros del Norte, S. A.");
	screen_wait_text(s, "Aceros del Norte, S. A.");
	screen_key(s, "Ctrl-s");
	screen_wait_text(s, "Not sent yet: you saved at");
	screen_key(s, "Ctrl-s");
	/* Who leaves now is told. */
	screen_press(s, "Esc");
	screen_wait_text(s, "It is being saved");
	screen_press(s, "Esc");
	screen_wait_gone(s, "It is being saved");
	assert_true(screen_shows(s, "Aceros del Norte, S. A."));
	people_server("start");
	screen_wait_text(s, "The client is saved.");
	screen_wait_text(s, "online");
	people_expect("SELECT count(*) FROM trato.client WHERE legal_name ~ 'Aceros del Norte'",
	              "1");
}

static void test_login__server_comes_later(void **state)
{
	struct screen *s;

	(void)state;
	people_server("stop");
	s = people_start(24, 80, "en");
	screen_wait_text(s, "Password");
	screen_type(s, "ana@trato.example\t" PEOPLE_PASSWORD "\r");
	screen_wait_text(s, "cannot be reached");
	assert_true(screen_shows(s, "ana@trato.example"));
	people_server("start");
	screen_key(s, "Enter");
	screen_wait_text(s, "q quit");
}

/* ---- start ---- */

static void test_start__wrong_usage(void **state)
{
	(void)state;
	expect_exit("$trato --nonsense", 2, "trato --help");
	expect_exit("$trato -c", 2, "trato --help");
	expect_exit("$trato dance", 2, "There is no such command");
	expect_exit("$trato user dance", 2, "trato user add");
	expect_exit("$trato list holds now", 2, "Usage: trato list holds");
	expect_exit("$trato list holds --role rep", 2, "Usage: trato list holds");
	expect_exit("$trato user role ana@trato.example", 2, "Usage: trato user role");
	expect_exit("$trato -c /nowhere/trato.conf", 2, "/nowhere/trato.conf cannot be read");
	expect_exit("$trato </dev/null", 2, "need a terminal");
	expect_exit("$trato | cat; exit ${PIPESTATUS:-0}", 0, "need a terminal");
	expect_exit("TERM= $trato", 2, "TERM");
	expect_exit("TERM=no-such-terminal $trato", 2, "no-such-terminal");
	expect_exit("TERM=dumb $trato", 2, "cannot show full screens");
	expect_exit("TERM=../../etc/passwd $trato", 2, "TERM");
	expect_exit("$trato -d 'nonsense=1' list holds", 2, "nonsense");
	expect_exit("$trato -d 'dbname=none host=/nowhere' list holds", 3, "cannot be reached");
	expect_exit("$trato -u ana@trato.example user disable luis@trato.example", 4, "may not");
	expect_exit("$trato -u ana@trato.example list holds", 0, "");
}

static void test_start__broken_configuration(void **state)
{
	static const struct {
		const char *text, *line, *sentence;
	} table[] = {
		{ "bell = true;\\ncolor = false;\\n", "line 2", "there is no option \"color\"" },
		{ "\\n\\nrefresh = 0;", "line 3", "from 2 to 300" },
		{ "theme = \"pink\";", "line 1", "\"dark\", \"light\" or \"contrast\"" },
		{ "bell = ;", "line 1", "cannot be read" },
		{ "mouse = 1;", "line 1", "true or false" },
		{ "keys = {\\n global: { dance = \"x\"; };\\n};", "2", "dance" },
		{ "keys = { global: { help = \"Hyper-x\"; }; };", "1", "Hyper-x" },
		{ "keys = { ballroom: { help = \"x\"; }; };", "1", "ballroom" },
		{ "log_file = \"/nowhere/log\";", "/nowhere/log", "cannot be opened" },
		{ "log_file = \"/dev/full\";", "/dev/full", "ordinary file" },
	};
	char directory[] = "/tmp/trato-day.XXXXXX", command[1024];

	(void)state;
	assert_non_null(mkdtemp(directory));
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		snprintf(command, sizeof(command), "printf '%s' > %s/c; $trato -c %s/c",
		         table[i].text, directory, directory);
		expect_exit(command, 2, table[i].sentence);
		expect_exit(command, 2, table[i].line);
	}
	/* A directory, a device, something huge on one line. */
	snprintf(command, sizeof(command), "$trato -c %s", directory);
	expect_exit(command, 2, directory);
	expect_exit("$trato -c /dev/zero", 2, "/dev/zero");
	snprintf(command, sizeof(command),
	         "head -c 100000 /dev/zero | tr '\\0' x > %s/c; $trato -c %s/c", directory,
	         directory);
	expect_exit(command, 2, "line 1");
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, screen_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_client__empty_too_long_and_wrong_tax_ids),
		TEST(test_client__hostile_text),
		TEST(test_offer__amounts_that_cannot_be),
		TEST(test_offer__dates_that_cannot_be),
		TEST(test_communication__what_cannot_be),
		TEST(test_form__window_down_to_nothing_and_back),
		TEST(test_form__server_goes_while_it_is_filled_in),
		TEST(test_login__server_comes_later),
		TEST(test_start__wrong_usage),
		TEST(test_start__broken_configuration),
	};

	return cmocka_run_group_tests(tests, people_set_up, NULL);
}
