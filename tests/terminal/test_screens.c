/*
 * Every screen, every form and every box of the program, opened by keys as a
 * person opens them, on the demo's data, at 80x24 and at 200x60: what matters
 * stands there, nothing is cut off, and what a larger window had leaves no
 * trace. A new title in src/view/ fails this test until it is walked to.
 */
#include <ctype.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/hidden.h"
#include "harness/hostile_fill.h"
#include "harness/screen.h"

enum { NARROW_ROWS = 24, NARROW = 80, WIDE_ROWS = 60, WIDE = 200, TITLES = 100 };

/* What a step does: the keys pressed one after the other, and what stands there then. */
struct step {
	const char *keys;  /* names separated by blanks; "~text": waits for it, "!text" for
	                    * its end;
	                    * "=text": down to the row with it ("_" stands for a blank) */
	const char *title; /* as in its declaration; NULL: one without, or on the way only */
	const char *narrow, *wide; /* texts separated by "|" */
};

/* Played by tests of their own: two people, or a server that is away, belong to them. */
static const char *const elsewhere[] = {
	"Log in",                      /* test_login.c */
	"Ask to collaborate",          /* test_conflict.c */
	"Changed by somebody else too", /* test_together.c */
	"New password",                /* test_login.c */
	"Reopen the action",           /* view/test_action_forms.c */
	"Mail", "Mail to assign", "Assign the mail", "Set the mail aside", /* view/test_tray.c */
	"Drafts",                      /* fault/test_drafts.c */
};

/* test_hostile.sh walks through the same screens, full of what hostile people have typed. */
static bool hostile;

static char visited[TITLES][64];
static int visited_count;

static int set_up(void **state)
{
	(void)state;
	setenv("PGUSER", "postgres", 1);
	assert_int_equal(system("schema/demo/load.sh >/dev/null 2>&1"), 0);
	hostile = getenv("TRATO_HOSTILE") != NULL;
	if (hostile)
		hostile_fill();
	return 0;
}

static struct screen *log_in(const char *name)
{
	char user[64];
	const char *const argv[] = { screen_program(), "-u", user, NULL };
	static const char *const env[] = { "PGPASSWORD=demo", "LANGUAGE=en", "XDG_STATE_HOME=/dev/null",
		                           "XDG_CONFIG_HOME=/nowhere", NULL };
	struct screen *screen;

	snprintf(user, sizeof(user), "%s@trato.example", name);
	screen = screen_start(NARROW_ROWS, NARROW, argv, env);
	screen_wait_text(screen, "q quit");
	return screen;
}

/* ---- looking ---- */

/* Ages and clocks go on while the test looks. */
static char *masked(const char *text)
{
	char *copy = strdup(text), *now;

	while ((now = strstr(copy, "just now")) != NULL)
		for (const char *masked = "0 min   "; *masked != '\0'; masked++)
			*now++ = *masked;
	for (char *at = copy; *at != '\0'; at++)
		if (isdigit((unsigned char)*at))
			*at = '0';
	return copy;
}

static bool is_as_before(struct screen *screen, const char *before)
{
	char *now = masked(screen_text(screen));
	bool same = strcmp(now, before) == 0;

	free(now);
	return same;
}

struct window {
	int rows, columns;
	unsigned long after; /* the frame before it was as large as that */
};

/* A whole frame fills the window: its top line ends at the edge, its last line has the keys. */
static bool fills_window(struct screen *screen, void *ctx)
{
	const struct window *window = ctx;
	int row, column;

	if (screen_frame(screen) <= window->after ||
	    strstr(screen_line(screen, 0), "online") == NULL ||
	    strstr(screen_line(screen, window->rows - 1), "help") == NULL)
		return false;
	screen_find(screen, "online", &row, &column);
	return row == 0 && column + (int)strlen("online") >= window->columns - 1;
}

static void expect_all(struct screen *screen, const char *texts)
{
	char copy[400], *save = NULL;

	snprintf(copy, sizeof(copy), "%s", texts);
	for (char *text = strtok_r(copy, "|", &save); text != NULL; text = strtok_r(NULL, "|", &save))
		screen_wait_text(screen, text);
}

static int count_of(const char *text, const char *sign)
{
	int count = 0;

	while ((text = strstr(text, sign)) != NULL) {
		text += strlen(sign);
		count++;
	}
	return count;
}

/* A box has all its corners, so it is in the window as a whole. */
static void expect_whole_boxes(struct screen *screen)
{
	char *text = strdup(screen_text(screen));

	assert_int_equal(count_of(text, "┌"), count_of(text, "┐"));
	assert_int_equal(count_of(text, "└"), count_of(text, "┘"));
	free(text);
}

static void resize(struct screen *screen, int rows, int columns)
{
	struct window window = { rows, columns, screen_frame(screen) };

	screen_resize(screen, rows, columns);
	screen_wait(screen, "a frame as large as the window", fills_window, &window);
}

/* A larger window left nothing behind. */
static bool comes_back_the_same(struct screen *screen)
{
	char *before = masked(screen_text(screen));
	bool same;

	resize(screen, WIDE_ROWS, WIDE);
	resize(screen, NARROW_ROWS, NARROW);
	same = is_as_before(screen, before);
	free(before);
	return same;
}

/* What stands there may push aside what is waited for elsewhere. */
static void look_at_hostile_text(struct screen *screen, const struct step *step)
{
	char first[100];

	snprintf(first, sizeof(first), "%.*s", (int)strcspn(step->narrow, "|"), step->narrow);
	expect_all(screen, first);
	expect_whole_boxes(screen);
	assert_null(hidden_in(screen_text(screen), true));
	resize(screen, WIDE_ROWS, WIDE);
	assert_null(hidden_in(screen_text(screen), true));
	resize(screen, NARROW_ROWS, NARROW);
}

static void look(struct screen *screen, const struct step *step)
{
	int rounds = 0;

	if (hostile) {
		look_at_hostile_text(screen, step);
		return;
	}
	expect_all(screen, step->narrow);
	expect_whole_boxes(screen);
	resize(screen, WIDE_ROWS, WIDE);
	expect_all(screen, step->wide);
	expect_whole_boxes(screen);
	resize(screen, NARROW_ROWS, NARROW);
	/* What is read for it may come meanwhile, once. */
	while (!comes_back_the_same(screen))
		if (++rounds == 20)
			fail_msg("what the larger window showed is left behind:\n%s",
			         screen_text(screen));
}

/* ---- walking ---- */

static const char *cursor_line(struct screen *screen)
{
	for (int row = 0; row < NARROW_ROWS; row++)
		if (strstr(screen_line(screen, row), "▸") != NULL)
			return screen_line(screen, row);
	return "";
}

static void go_to_row(struct screen *screen, const char *text)
{
	screen_wait_text(screen, "▸");
	for (int i = 0; i < 40 && strstr(cursor_line(screen), text) == NULL; i++)
		screen_press(screen, "Down");
	if (strstr(cursor_line(screen), text) == NULL)
		fail_msg("no row with «%s» on\n%s", text, screen_text(screen));
}

static void press(struct screen *screen, const char *key)
{
	char text[64];

	snprintf(text, sizeof(text), "%s", key + 1);
	for (char *at = text; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	if (key[0] == '~')
		screen_wait_text(screen, text);
	else if (key[0] == '!' && key[1] != '\0')
		screen_wait_gone(screen, text);
	else if (key[0] == '=')
		go_to_row(screen, text);
	else
		screen_press(screen, key);
}

static void walk(const char *name, const struct step *steps)
{
	struct screen *screen = log_in(name);

	print_message("%s\n", name);
	for (const struct step *step = steps; step->keys != NULL; step++) {
		char keys[200], *save = NULL;

		snprintf(keys, sizeof(keys), "%s", step->keys);
		for (char *key = strtok_r(keys, " ", &save); key != NULL;
		     key = strtok_r(NULL, " ", &save))
			press(screen, key);
		if (step->narrow == NULL)
			continue;
		if (step->title != NULL)
			snprintf(visited[visited_count++], sizeof(visited[0]), "%s", step->title);
		look(screen, step);
	}
	screen_close(&screen);
}

static void test_screens__of_a_rep(void **state)
{
	static const struct step steps[] = {
		{ "Home", "Actions", "notice returned to you|Actions · mine, open|Client|Next step|c communication", "Title" },
		{ "f", NULL, "Show|mine, closed", "where I collaborate" },
		{ "s", "Save the filter", "┌─ Save the filter", "" },
		{ "Esc o", NULL, "Sort by", "" },
		{ "Esc n", "New action", "New action|Choose the client first.|Title", "" },
		{ "Esc c", "Communication", "· action 1|Channel *|Duration|Next step|Subject *", "" },
		{ "Esc s", "Next step", "┌─ Next step|On ", "" },
		/* marked ones */
		{ "Esc x Down x s", "Next step", "┌─ Next step", "" },
		{ "Esc m", "Another sales rep", "┌─ Another sales rep", "" },
		{ "Esc t", "Hand over", "┌─ Hand over", "" },
		{ "Esc - N", "Agenda", "Agenda|overdue|Client", "Phone" },
		{ "d", "Step done", "Step done|· action 1|Channel *|Next step", "" },
		{ "Esc C", "Clients", "Clients|Name|City", "Phone" },
		{ "n", "Client", "New client|Name *|Tax id", "" },
		{ "Esc ~▸ Enter", "Client", "Actions (|Divisions (|Contacts (", "Actions|Divisions|Contacts|Held by|Job title" },
		{ "e", "Client", "Legal name|Postcode", "" },
		{ "Esc p", "Contact", "Job title|E-mail", "" },
		{ "Esc d", "Division", "Area|Notes", "" },
		{ "Esc Esc A ~mine,_open", NULL, NULL, NULL },
		/* an action and all that is done in it */
		{ "~▸_10 =pres. Enter", "Action", "Divisions:|Owner:|Next step:| Time line ", "Valid until|People" },
		{ "e", "Action", "┌─ Action|Expected close|Notes", "" },
		{ "Esc d", "Hold more divisions", "┌─ Hold more divisions|What is ticked", "" },
		{ "Esc D", "Give a division back", "┌─ Give a division back|It becomes free", "" },
		{ "Esc m", "Another sales rep", "┌─ Another sales rep|Sales rep *", "" },
		{ "l u i s", NULL, "luis@trato.example", "" },
		{ "Enter Ctrl-s", NULL, "Ana Ruiz, with Luis Pérez", "" },
		{ "M", "Remove a collaborator", "┌─ Remove a collaborator|Luis Pérez", "" },
		{ "Esc t", "Hand the action over", "┌─ Hand the action over", "" },
		{ "Esc x", "Close the action", "┌─ Close the action", "" },
		{ "Esc o", "New offer", "New offer|Description|Valid until", "" },
		{ "Esc Tab =presented Enter", "Offer", "Offer · |Description|Total|a approve", "" },
		{ "a", "Approve the offer", "┌─ Approve the offer|Accepted by *", "" },
		{ "Esc r", "The client has said no", "┌─ The client has said no|Reason *", "" },
		{ "Esc w", "Withdraw the offer", "┌─ Withdraw the offer|Reason *", "" },
		{ "Esc t", "A later validity date", "┌─ A later validity date", "" },
		{ "Esc c", "Copy the offer", "┌─ Copy the offer", "" },
		{ "Esc v", NULL, "┌─ Revise this offer?", "" },
		{ "Enter", "Draft of an offer", "Draft of an offer|Description", "" },
		{ "Esc d", "What changed", "What changed", "" },
		{ "Esc S", "Communications", "Communications|Channel|Subject|F narrow", "Text" },
		{ "F", "Only some communications", "┌─ Only some communications|Logged by|From", "" },
		{ "Esc ~▸ Enter", "Communication", "Communication|When|Logged", "" },
		{ "e", "Correct a communication", "Correct a communication|· action 1|Direction *|Subject *", "" },
		{ "Esc Esc R", "Collaboration requests", "Collaboration requests|Who|State", "Divisions" },
		{ "=from d", "Decline the request", "┌─ Decline the request", "" },
		{ "Esc x d", "Decline the requests", "┌─ Decline the requests", "" },
		{ "Esc - I", "Invoicing notices", "Invoicing notices|Client|State", "" },
		{ "=returned Enter", "Invoicing notice", "Invoicing notice|Tax id", "" },
		{ "n", "Answer the returned notice", "┌─ Answer the returned notice", "" },
		{ "Esc ?", "Keys and commands", "Keys and commands", "" },
		{ "Esc :", NULL, "┌─ Commands|a few letters", "" },
		{ "Esc M", "Me", "Me|Language", "" },
		{ NULL, NULL, NULL, NULL },
	};

	(void)state;
	walk("ana", steps);
}

static void test_screens__of_back_office(void **state)
{
	static const struct step steps[] = {
		{ "Home", "Invoicing notices", "new invoicing notice|Invoicing notices|Client|State|t take", "Sales rep" },
		{ "=pending t", NULL, "It is yours now|me, now|1 new", "" },
		{ "Enter", "Invoicing notice", "Tax id|i record invoice|d return", "" },
		{ "i", "Record an invoice", "┌─ Record an invoice|Number *|Left     4", "" },
		{ "Esc d", "Return the notice", "┌─ Return the notice|Reason *", "" },
		{ "Esc y", NULL, "┌─ Copy to the clipboard", "" },
		{ "Esc Esc =partly Enter ~Tax_id c", "Correct the invoice", "┌─ Correct the invoice|Number *|At most", "" },
		{ "Esc Esc V", "Dashboard", "Dashboard · the last twelve months|Approved this month|page 1", "Approved, by month|Approved, by area" },
		{ NULL, NULL, NULL, NULL },
	};

	(void)state;
	walk("berta", steps);
}

static void test_screens__of_a_supervisor(void **state)
{
	static const struct step steps[] = {
		{ "Home", "Dashboard", "Dashboard · the last twelve months|Approved this month|page 1", "Approved, by month|Approved, by area" },
		{ "Q", "Offers", "Offers · presented, unanswered|Client|Valid until", "Sales rep|Title" },
		{ "H", "Divisions held", "Divisions held|Held by|Client", "Since" },
		{ "W", "Actions that wait", "Actions that wait · next step overdue|Client", "Owner" },
		{ "V f", "What the dashboard shows", "┌─ What the dashboard shows|Period *|Sales rep", "" },
		{ "Esc", NULL, NULL, NULL },
		{ "A", "Actions", "Actions · all that are open|Client", "Owner|State" },
		{ "S", "Communications", "Communications|Logged by", "Text" },
		{ NULL, NULL, NULL, NULL },
	};

	(void)state;
	walk("carmen", steps);
}

static void test_screens__of_a_manager(void **state)
{
	static const struct step steps[] = {
		{ "C ~▸ Enter ~Actions_( m", "Merge another client into this one", "┌─ Merge another client into|The other client *", "" },
		{ "Esc x", NULL, "┌─ Archive this client?|Go back", "" },
		{ "Esc I =pending Enter ~Tax_id Enter ~u_revoke u", "Revoke the approval", "┌─ Revoke the approval|Reason *|Its notice is void", "" },
		{ "Esc Esc Esc : g o - c h Enter", "Checks", "Every rule is kept|Divisions that two actions hold|✓       0", "" },
		{ ": g o - s e t Enter", "Settings", "Setting|Value|09:00-18:00|Europe/Madrid", "" },
		{ "=09:00-18:00 Enter", "Setting", "┌─ Setting|Hours that are worked in a day|Value *", "" },
		{ "Esc : g o - h o l i Enter", "Holidays", "The key n enters one.|n new holiday", "" },
		{ "n", "Holiday", "┌─ Holiday|Day *|Name *", "" },
		{ "Esc : g o - a r e Enter", "Areas", "Areas|▸ |Formación|n new area", "" },
		{ "Enter", "Area", "┌─ Area|Name *|In use", "" },
		{ "Esc : g o - r e a s Enter", "Reasons", "Reasons · all|an action is lost|n new reason", "In the other language|with a note" },
		{ "n", "Reason", "┌─ Reason|Why *|In Spanish *|With a note", "" },
		{ "Esc : g o - u s e Enter", "Users", "Users · all|ana@trato.example|sales rep|n new user", "" },
		{ "n", "New user", "┌─ New user|E-mail *|First password *|Once more *", "" },
		{ "Esc =luis Enter", "User", "┌─ User|Luis Pérez, luis@trato.example|Role *|sales rep", "" },
		{ "Esc p", "First password", "┌─ First password|For Luis Pérez", "" },
		{ "Esc d", NULL, "┌─ Disable this user?|Go back", "" },
		{ "Esc Z", "History", "History · changes|When|Person|Record|F narrow", "Action, client|Fields" },
		{ "F", "Only some of the history", "┌─ Only some of the history|Number|Person|From", "" },
		{ "Esc ~▸ Enter", "Change", "Change|·", "" },
		{ NULL, NULL, NULL, NULL },
	};

	(void)state;
	walk("marta", steps);
}

/* ---- none is forgotten ---- */

static bool is_known(const char *title)
{
	for (int i = 0; i < visited_count; i++)
		if (strcmp(visited[i], title) == 0)
			return true;
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		if (strcmp(elsewhere[i], title) == 0)
			return true;
	return false;
}

static int missing_in(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[400], title[64];
	int missing = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, " .title = N_(\"%63[^\"]\")", title) != 1 || is_known(title))
			continue;
		print_error("%s: nobody walks to «%s»\n", path, title);
		missing++;
	}
	fclose(file);
	return missing;
}

/* Runs last. */
static void test_screens__all_titles_were_seen(void **state)
{
	DIR *folder = opendir("src/view");
	int missing = 0;

	(void)state;
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char path[300];

		snprintf(path, sizeof(path), "src/view/%s", entry->d_name);
		if (strlen(path) > 2 && strcmp(path + strlen(path) - 2, ".c") == 0)
			missing += missing_in(path);
	}
	closedir(folder);
	assert_int_equal(missing, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_screens__of_a_rep, screen_teardown),
		cmocka_unit_test_teardown(test_screens__of_back_office, screen_teardown),
		cmocka_unit_test_teardown(test_screens__of_a_supervisor, screen_teardown),
		cmocka_unit_test_teardown(test_screens__of_a_manager, screen_teardown),
		cmocka_unit_test(test_screens__all_titles_were_seen),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
