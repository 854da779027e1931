/*
 * What the people of team.h do at their terminals.
 */
#include "team.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <base/loop.h>
#include <harness/pair.h>
#include <terminal/people.h>

enum { ROWS = 40, COLUMNS = 120, ECHO_MS = 200 };

struct echo team_echo;

/* ---- What they work on */

__attribute__((format(printf, 2, 3))) static void run(const char *server, const char *format, ...)
{
	char sql[3000];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(sql, sizeof(sql), format, arguments);
	va_end(arguments);
	pair_run(server, sql);
}

static void make_person(const struct member *member, const char *server)
{
	const char *role = member->thing == INVOICE ? "backoffice" : "rep";

	run(server,
	    "INSERT INTO trato.person (email, name, roles, must_change_password)"
	    " VALUES ('member%d@trato.example', 'Member %d', '{%s}', false);"
	    "CREATE ROLE \"member%d@trato.example\" LOGIN PASSWORD '" PEOPLE_PASSWORD "'"
	    " IN ROLE trato_%s",
	    member->number, member->number, role, member->number, role);
}

/* Who opens the action: a sales rep his own, for back office Ana. */
static const char *owner_of(const struct member *member)
{
	static char email[48];

	if (member->thing == INVOICE)
		return "ana@trato.example";
	snprintf(email, sizeof(email), "member%d@trato.example", member->number);
	return email;
}

static void make_action(const struct member *member, const char *server)
{
	int n = member->number;

	run(server,
	    "SET SESSION AUTHORIZATION '%s';"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Bodega %d', NULL, NULL,"
	    " NULL, 'Aranda', NULL, NULL, 'ES', NULL, NULL, NULL);"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL, id, 'Cellar %d', NULL, NULL,"
	    " true) FROM trato.client WHERE name = 'Bodega %d';"
	    "SELECT trato.open_action(gen_random_uuid(), client_id, 'Harvest %d', ARRAY[id])"
	    " FROM trato.division WHERE name = 'Cellar %d'",
	    owner_of(member), n, n, n, n, n);
}

static void make_offer(const struct member *member, const char *title, const char *server)
{
	run(server,
	    "SET SESSION AUTHORIZATION '%s';"
	    "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL, action.id, '%s',"
	    " ARRAY(SELECT id FROM trato.division WHERE name = 'Cellar %d'),"
	    " '[{\"description\": \"Crew\", \"unit_price\": 1000000}]',"
	    " p_valid_until => trato.today() + 30)"
	    " FROM trato.action WHERE title = 'Harvest %d';"
	    "SELECT trato.present_offer(gen_random_uuid(), id, version) FROM trato.offer"
	    " WHERE title = '%s'",
	    owner_of(member), title, member->number, member->number, title);
}

/* Far more than will be invoiced. */
static void make_notice(const struct member *member, const char *server)
{
	char title[32];

	snprintf(title, sizeof(title), "Notice %d", member->number);
	make_offer(member, title, server);
	run(server,
	    "SET SESSION AUTHORIZATION 'ana@trato.example';"
	    "SELECT trato.approve_offer(gen_random_uuid(), id, version, trato.today(), 'Rosa')"
	    " FROM trato.offer WHERE title = '%s';"
	    "RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION 'member%d@trato.example';"
	    "SELECT trato.take_notice(gen_random_uuid(), notice.id)"
	    " FROM trato.notice JOIN trato.offer ON offer.id = offer_id WHERE title = '%s'",
	    title, member->number, title);
}

void team_found(struct member members[], int count, const char *root, const char *server)
{
	for (int i = 0; i < count; i++) {
		struct member *member = &members[i];

		*member = (struct member){ .number = i, .thing = (enum thing)(i % THINGS) };
		snprintf(member->folder, sizeof(member->folder), "%s/%d", root, i);
		assert_int_equal(mkdir(member->folder, 0700), 0);
		make_person(member, server);
		make_action(member, server);
		if (member->thing == INVOICE)
			make_notice(member, server);
		member->wire = wire_start(member->folder, server);
	}
}

void team_leave(struct member members[], int count)
{
	for (int i = count - 1; i >= 0; i--)
		wire_stop(&members[i].wire);
}

void member_prepare(struct member *member, const char *server)
{
	if (member->thing == APPROVAL)
		make_offer(member, member->label, server);
}

/* ---- At the terminal */

void member_press(struct member *member, const char *key)
{
	long long before = loop_now(), took;

	screen_press(member->screen, key);
	took = loop_now() - before;
	team_echo.keys++;
	team_echo.late += took > ECHO_MS;
	if (took > team_echo.slowest_ms)
		team_echo.slowest_ms = took;
}

static void type(struct member *member, const char *text)
{
	char key[2] = { 0 };

	for (; *text != '\0'; text++) {
		key[0] = *text;
		member_press(member, *text == ' ' ? "Space" : key);
	}
}

static void tab(struct member *member, int times)
{
	while (times-- > 0)
		member_press(member, "Tab");
}

void member_touch_keys(struct member *member)
{
	member_press(member, "5");
	member_press(member, "Backspace");
}

void member_log_in(struct member *member)
{
	char host[80], folder[90], user[48];
	const char *const env[] = { host, folder, "LANGUAGE=en", NULL };
	const char *const argv[] = { screen_program(), "-u", user, NULL };

	snprintf(user, sizeof(user), "member%d@trato.example", member->number);
	snprintf(host, sizeof(host), "PGHOST=%s", member->folder);
	snprintf(folder, sizeof(folder), "XDG_STATE_HOME=%s", member->folder);
	member->screen = screen_start(ROWS, COLUMNS, argv, env);
	screen_wait_text(member->screen, "Password");
	screen_type(member->screen, PEOPLE_PASSWORD "\r");
	screen_wait_text(member->screen, "● online");
}

static bool is_at_row(struct screen *screen, void *shows)
{
	for (int i = 0; i < ROWS; i++) {
		const char *line = screen_line(screen, i);

		if (strncmp(line, "▸", strlen("▸")) == 0 && strstr(line, shows) != NULL)
			return true;
	}
	return false;
}

/* From a list, when its cursor has come to that row. */
static void open_row(struct member *member, char *shows, const char *then)
{
	screen_wait(member->screen, "the row", is_at_row, shows);
	member_press(member, "Enter");
	screen_wait_text(member->screen, then);
}

static void find_notice(struct member *member)
{
	char client[24];

	snprintf(client, sizeof(client), "Bodega %d", member->number);
	member_press(member, "/");
	type(member, client);
	member_press(member, "Enter");
	open_row(member, client, "i record invoice");
}

void member_take_place(struct member *member, bool from_home)
{
	char action[24];

	snprintf(action, sizeof(action), "Harvest %d", member->number);
	switch (member->thing) {
	case APPROVAL:
		if (!from_home)
			member_press(member, "Esc");
		member_press(member, from_home ? "Q" : "Ctrl-r");
		open_row(member, member->label, "a approve");
		break;
	case INVOICE:
		if (from_home)
			find_notice(member);
		break;
	default:
		if (from_home)
			open_row(member, action, "c communication");
		else if (member->thing == OFFER)
			member_press(member, "Esc");
		screen_wait_text(member->screen, action);
		screen_wait_text(member->screen, "c communication");
	}
}

void member_fill_form(struct member *member, bool online)
{
	static const struct {
		const char *key, *shows, *loaded;
		int before;        /* fields that are left as they are */
		const char *after; /* keys, and what is typed */
	} forms[THINGS] = {
		[COMMUNICATION] = { "c", "Duration", "Harvest", 5, "They pay late." },
		[OFFER] = { "o", "Payment terms", "[x] Cellar", 0, NULL },
		[APPROVAL] = { "a", "Accepted by", "Accepted by", 2, "PO" },
		[INVOICE] = { "i", "Record an invoice", "Left     1,2", 0, NULL },
	};

	member_press(member, forms[member->thing].key);
	screen_wait_text(member->screen, forms[member->thing].shows);
	if (online)
		screen_wait_text(member->screen, forms[member->thing].loaded);
	tab(member, forms[member->thing].before);
	member_press(member, "Ctrl-u");
	type(member, member->label);
	tab(member, 1);
	if (forms[member->thing].after != NULL)
		type(member, forms[member->thing].after);
	if (member->thing == OFFER) {
		type(member, "Crew");
		tab(member, 2);
		type(member, "100");
	}
	if (member->thing == INVOICE) {
		tab(member, 1);
		member_press(member, "Ctrl-u");
		type(member, "10");
		tab(member, 1);
		member_press(member, "Ctrl-u");
		type(member, "2");
	}
	member->in_form = true;
}

void member_save(struct member *member)
{
	member_press(member, "Ctrl-s");
	member->in_form = false;
}

/* ---- What the screen says of it */

const char *member_acknowledgement(const struct member *member)
{
	static const char *const texts[THINGS] = {
		[COMMUNICATION] = "The communication is logged.",
		[OFFER] = "The draft is saved.",
		[APPROVAL] = "Approved. Back office has been told.",
		[INVOICE] = "The invoice is recorded.",
	};

	return texts[member->thing];
}

static const char loaded_late[] = "Look at it, then save it again.";

static bool is_saved_or_late(struct screen *screen, void *ctx)
{
	const struct member *member = ctx;

	return screen_shows(screen, member_acknowledgement(member)) ||
	       screen_shows(screen, loaded_late);
}

/* An action that nothing else is open in could be closed now. */
static void decline_closing(struct member *member)
{
	screen_wait_text(member->screen, "Close the action as won?");
	member_press(member, "Esc");
	screen_wait_gone(member->screen, "Close the action as won?");
}

static void wait_saved(struct member *member)
{
	screen_wait(member->screen, "what is saved to be told", is_saved_or_late, member);
	if (screen_shows(member->screen, loaded_late)) {
		member_press(member, "Ctrl-s");
		screen_wait_text(member->screen, member_acknowledgement(member));
	}
}

void member_wait_saved(struct member *member)
{
	wait_saved(member);
	if (member->thing == APPROVAL)
		decline_closing(member);
}

static bool is_told_or_kept(struct screen *screen, void *ctx)
{
	(void)ctx;
	return screen_shows(screen, "whose answer was lost, is saved") ||
	       screen_shows(screen, "Typed and not saved");
}

void member_come_back(struct member *member)
{
	member_log_in(member);
	screen_wait(member->screen, "what became of the save", is_told_or_kept, NULL);
	if (!screen_shows(member->screen, "Typed and not saved"))
		return;
	member_press(member, "Enter");
	screen_wait_text(member->screen, member->label);
	member_save(member);
	wait_saved(member);
	/* Whatever it led to, the next one begins at home. */
	while (!screen_shows(member->screen, "q quit"))
		member_press(member, "Esc");
}

/* ---- What the database has */

long member_count(const struct member *member, const char *server)
{
	static const char *const named[THINGS] = {
		[COMMUNICATION] = "communication WHERE subject",
		[OFFER] = "offer WHERE title",
		/* Each with its notice. */
		[APPROVAL] = "offer LEFT JOIN trato.notice ON notice.offer_id = offer.id"
			     " WHERE offer.state = 'approved' AND title = accepted_by AND title",
		[INVOICE] = "invoice WHERE number",
	};
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM trato.%s = '%s'", named[member->thing],
	         member->label);
	return pair_count(server, sql);
}

long thing_count(enum thing thing, const char *server)
{
	static const char *const queries[THINGS] = {
		[COMMUNICATION] = "SELECT count(*) FROM trato.communication",
		[OFFER] = "SELECT count(*) FROM trato.offer WHERE state = 'draft'",
		[APPROVAL] =
		    "SELECT count(*) FROM trato.notice JOIN trato.offer ON offer.id = offer_id"
		    " WHERE title NOT LIKE 'Notice %'",
		[INVOICE] = "SELECT count(*) FROM trato.invoice",
	};

	return pair_count(server, queries[thing]);
}
