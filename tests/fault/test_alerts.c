/*
 * Approvals by the hundred, while the terminals of back office lose their server
 * again and again: the server ends their connections, the line is cut or goes
 * dead without a word, the server itself is started anew. At the end every
 * terminal, wherever its person was meanwhile, has announced each notice once
 * and shows exactly those of the table. TRATO_ALERT_APPROVALS of them (60).
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include <terminal/people.h>

#include "wire.h"

/* AT_START reads its banner half-way; AT_END looks at the end of the list, IN_FORM is writing. */
enum office { AT_START, AT_END, IN_FORM, ELSEWHERE, OFFICES };

enum {
	NUMBER_SIZE = 11, /* "2026-00107" */
	ROWS = 50,
	COLUMNS = 150,
	/* What happens at each so many approvals, and behind which of them. */
	SLOW_EVERY = 10,
	SLOW_BEGINS = 3,
	SLOW_ENDS = 8,
	KILL_EVERY = 12,
	CUT_EVERY = 30,
	RESTART_EVERY = 250,
	RESTART_AT = 45, /* while a slow one is under way */
	DEAD_AT = 110,
};

static const char note[] = "Which cost centre, please?";
static char root[] = "/tmp/trato-alerts.XXXXXX";
static struct screen *offices[OFFICES];
static struct wire *wire;
static PGconn *rep, *slow, *admin;
static int approvals, approved, slow_number, kills, restarts;

/* ---- Approving */

static PGconn *connect_as(const char *email)
{
	PGconn *connection = PQconnectdb("dbname=trato options='-c search_path=trato,pg_temp "
	                                 "-c lock_timeout=10s'");
	char sql[128];

	if (PQstatus(connection) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(connection));
	if (email != NULL) {
		snprintf(sql, sizeof(sql), "SET SESSION AUTHORIZATION '%s@trato.example'", email);
		PQclear(PQexec(connection, sql));
	}
	return connection;
}

/* NULL where the connection is lost; any other fault fails. */
static PGresult *ask(PGconn *connection, const char *sql, int count, const char *const values[])
{
	PGresult *result = PQexecParams(connection, sql, count, NULL, values, NULL, NULL, 0);

	if (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
		return result;
	if (PQstatus(connection) == CONNECTION_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(connection));
	PQclear(result);
	return NULL;
}

static bool tell(PGconn *connection, const char *sql)
{
	PGresult *result = ask(connection, sql, 0, NULL);

	PQclear(result);
	return result != NULL;
}

static bool approve_once(PGconn *connection, int number)
{
	char request[40], title[32];
	PGresult *result;
	bool done;

	snprintf(request, sizeof(request), "00000000-0000-4000-8000-%012d", number);
	snprintf(title, sizeof(title), "Approval %d", number);
	result = ask(connection,
	             "SELECT approve_offer($1::uuid, id, version, today(), 'Rosa')"
	             " FROM offer WHERE title = $2",
	             2, (const char *const[]){ request, title });
	done = result != NULL && PQntuples(result) == 1;
	PQclear(result);
	return done;
}

/* Under the same request until it is answered. */
static void approve(int number)
{
	while (!approve_once(rep, number)) {
		PQfinish(rep);
		rep = connect_as("ana");
	}
}

/* Its notice is older than those of the others when it comes. */
static void begin_slow(int number)
{
	if (!tell(slow, "BEGIN")) {
		PQfinish(slow);
		slow = connect_as("ana");
		assert_true(tell(slow, "BEGIN"));
	}
	assert_true(approve_once(slow, number));
	slow_number = number;
}

static void end_slow(void)
{
	if (!tell(slow, "COMMIT"))
		approve(slow_number);
}

/* ---- Trouble */

static bool at_once(struct screen *screen, void *ctx)
{
	(void)screen;
	(void)ctx;
	return true;
}

/* Terminals that nobody reads would stop. */
static void keep_going(void)
{
	screen_wait(offices[AT_START], "nothing", at_once, NULL);
}

/* Of one person, all that the server knows of. */
static void kill_listeners(void)
{
	bool berta = kills++ % 2 == 0;
	const char *who = berta ? "berta@trato.example" : "bruno@trato.example";
	PGresult *result;

	screen_wait_text(offices[berta ? AT_START : IN_FORM], "● online");
	result =
	    ask(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1",
	        1, &who);
	assert_non_null(result);
	assert_true(PQntuples(result) > 0);
	PQclear(result);
}

static void restart(void)
{
	people_server("stop");
	people_server("start");
	PQfinish(admin);
	admin = connect_as(NULL);
	restarts++;
}

static void trouble(int number)
{
	if (number % KILL_EVERY == KILL_EVERY / 2)
		kill_listeners();
	if (number % CUT_EVERY == CUT_EVERY - 1)
		wire_order(wire, WIRE_CUT);
	if (number % RESTART_EVERY == DEAD_AT)
		wire_order(wire, WIRE_GO_DEAD);
	if (number % RESTART_EVERY == RESTART_AT)
		restart();
}

static void approve_until(int last)
{
	while (approved < last) {
		int number = ++approved;

		if (number % SLOW_EVERY == SLOW_BEGINS)
			begin_slow(number);
		else
			approve(number);
		if (number % SLOW_EVERY == SLOW_ENDS)
			end_slow();
		trouble(number);
		keep_going();
	}
}

/* ---- What the terminals show */

static void wait_for_banner(enum office office, int count)
{
	char text[64];

	snprintf(text, sizeof(text), "] %d new invoicing notices", count);
	screen_wait_text(offices[office], text);
}

/* The offers of all notices, in the order of the list. */
struct walk {
	char (*numbers)[NUMBER_SIZE];
	int count, next;
	int top; /* the first row on the screen, or -1 */
	int left; /* that of the page which is left */
};

static struct walk read_table(void)
{
	PGresult *result = ask(admin,
	                       "SELECT offer_number FROM notice_overview"
	                       " ORDER BY notice_turn(state), waits_since, id",
	                       0, NULL);
	struct walk walk = { .count = result != NULL ? PQntuples(result) : 0 };

	walk.numbers = calloc((size_t)walk.count + 1, sizeof(*walk.numbers));
	for (int i = 0; i < walk.count; i++)
		snprintf(walk.numbers[i], NUMBER_SIZE, "%s", PQgetvalue(result, i, 0));
	PQclear(result);
	return walk;
}

static const char *find_number(const char *line)
{
	for (; *line != '\0'; line++)
		if (strspn(line, "0123456789") == 4 && line[4] == '-' &&
		    strspn(line + 5, "0123456789") == 5)
			return line;
	return NULL;
}

static int find_row(const struct walk *walk, const char *number)
{
	for (int i = 0; i < walk->count; i++)
		if (strncmp(walk->numbers[i], number, NUMBER_SIZE - 1) == 0)
			return i;
	return -1;
}

/* Rows of the table without a gap, which join what was read before. */
static bool page_goes_on(struct screen *screen, void *ctx)
{
	struct walk *walk = ctx;
	int at = -1;

	walk->top = -1;
	for (int i = 0; i < ROWS; i++) {
		const char *number = find_number(screen_line(screen, i));
		int row = number != NULL ? find_row(walk, number) : -1;

		if (number == NULL)
			continue;
		if (at < 0)
			walk->top = row;
		if (row < 0 || (at < 0 && row > walk->next) || (at >= 0 && row != at))
			return false;
		at = row + 1;
	}
	if (at <= walk->next)
		return false;
	walk->next = at;
	return true;
}

static bool page_turns(struct screen *screen, void *ctx)
{
	struct walk *walk = ctx;

	return screen_is_whole(screen) && (page_goes_on(screen, walk) || walk->top != walk->left);
}

static void compare_pages(struct screen *screen, struct walk walk)
{
	screen_press(screen, "I");
	screen_press(screen, "Home");
	screen_wait(screen, "the first notices of the table", page_goes_on, &walk);
	/* Keys wait for rows that are on their way, so that more than a page may have gone by then. */
	while (walk.next < walk.count) {
		walk.left = walk.top;
		screen_press(screen, walk.top > walk.next ? "PageUp" : "PageDown");
		screen_wait(screen, "another page of the table", page_turns, &walk);
	}
}

/* ---- Before */

static void make_offers(void)
{
	char sql[2048];

	snprintf(
	    sql, sizeof(sql),
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Bodegas del Duero', NULL,"
	    " NULL, NULL, 'Aranda', NULL, NULL, 'ES', NULL, NULL, NULL);"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL, id, named, NULL, NULL, true)"
	    " FROM trato.client, unnest('{Cellar,Shop}'::text[]) AS named;"
	    "SELECT trato.open_action(gen_random_uuid(), client_id, division.name, ARRAY[id])"
	    " FROM trato.division;"
	    /* The slow ones in an action of their own: an action's approvals wait for each other. */
	    "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL, action_id, 'Approval ' || n,"
	    " ARRAY[division.id], '[{\"description\": \"Crew\", \"unit_price\": 100}]',"
	    " p_valid_until => trato.today() + 30) FROM generate_series(1, %d) AS n"
	    " JOIN trato.division ON (division.name = 'Shop') = (n %% %d = %d)"
	    " JOIN trato.hold ON division_id = division.id;"
	    "SELECT trato.present_offer(gen_random_uuid(), id, version) FROM trato.offer;",
	    approvals, SLOW_EVERY, SLOW_BEGINS);
	people_sql(sql);
}

static struct screen *log_in(enum office office)
{
	char host[64], folder[64], user[64];
	const char *const env[] = { host, folder, "LANGUAGE=en", NULL };
	const char *const argv[] = { screen_program(), "-u", user, NULL };
	bool small = office == AT_START;
	struct screen *screen;

	snprintf(user, sizeof(user), "%s@trato.example",
	         office == AT_START || office == AT_END ? "berta" : "bruno");
	snprintf(host, sizeof(host), "PGHOST=%s", root);
	snprintf(folder, sizeof(folder), "XDG_STATE_HOME=%s/%d", root, (int)office);
	screen = screen_start(small ? 24 : ROWS, small ? 80 : COLUMNS, argv, env);
	screen_wait_text(screen, "Password");
	screen_type(screen, PEOPLE_PASSWORD "\r");
	screen_wait_text(screen, "● online");
	return screen;
}

static void take_places(void)
{
	for (int i = 0; i < OFFICES; i++)
		offices[i] = log_in(i);
	screen_press(offices[ELSEWHERE], "C");
	screen_wait_text(offices[ELSEWHERE], "Bodegas del Duero");
	approve_until(1);
	for (int i = 0; i < OFFICES; i++)
		screen_wait_text(offices[i], "] 1 new invoicing notice:");
	/* Only who has taken a notice sends it back, and it is no news any more. */
	screen_wait_text(offices[IN_FORM], "pending");
	screen_press(offices[IN_FORM], "t");
	screen_wait_text(offices[IN_FORM], "me, ");
	screen_press(offices[IN_FORM], "d");
	screen_wait_text(offices[IN_FORM], "What the sales rep has to do");
	screen_press(offices[IN_FORM], "Tab");
	screen_type(offices[IN_FORM], note);
	for (int i = 0; i < OFFICES; i++)
		screen_wait_gone(offices[i], "new invoicing notice");
}

static int set_up(void **state)
{
	const char *wanted = getenv("TRATO_ALERT_APPROVALS");

	approvals = wanted != NULL ? atoi(wanted) : 60;
	assert_int_equal(approvals % (2 * SLOW_EVERY), 0);
	assert_non_null(mkdtemp(root));
	people_set_up(state);
	make_offers();
	wire = wire_start(root, NULL);
	rep = connect_as("ana");
	slow = connect_as("ana");
	admin = connect_as(NULL);
	return 0;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	wire_stop(&wire);
	PQfinish(rep);
	PQfinish(slow);
	PQfinish(admin);
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

/* ---- What must be true */

static void test_alerts__none_is_missed_and_none_doubled(void **state)
{
	int half = approvals / 2;
	struct walk walk;

	(void)state;
	take_places();
	approve_until(half);
	for (int i = 0; i < OFFICES; i++)
		wait_for_banner(i, half - 1);
	screen_press(offices[AT_START], "!");
	screen_wait_gone(offices[AT_START], "new invoicing notice");
	screen_press(offices[AT_END], "End");
	approve_until(approvals);
	printf("# %d approvals, %d kills, %d restarts\n", approvals, kills, restarts);

	wait_for_banner(AT_START, approvals - half);
	for (int i = AT_END; i < OFFICES; i++)
		wait_for_banner(i, approvals - 1);
	screen_wait_text(offices[IN_FORM], note);
	screen_press(offices[IN_FORM], "Esc");
	screen_press(offices[IN_FORM], "d");
	screen_wait_gone(offices[IN_FORM], note);
	screen_resize(offices[AT_START], ROWS, COLUMNS);
	walk = read_table();
	assert_int_equal(walk.count, approvals);
	for (int i = 0; i < OFFICES; i++) {
		screen_wait_text(offices[i], "● online");
		assert_true(screen_bells(offices[i]) > 0);
		compare_pages(offices[i], walk);
	}
	free(walk.numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_alerts__none_is_missed_and_none_doubled,
		                          screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
