/*
 * Filters that a person saves on number keys: with what was searched for and the
 * order, kept for the next login, for nobody else to see. And the order itself.
 */
#include "fake.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>

#include <view/list_view.h>

#define HEAD                                                                                    \
	"key|number|due|client|title|state|version|next_step|next_step_on|overdue|owner|divisions|" \
	"first_division|drafts|presented|approved|cents|contact_age|quiet|quiet_age\n"

static char folder[64];

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/trato-filters.XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int tear_down(void **state)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return fake_teardown(state);
}

static void open_actions(const char *email)
{
	fake_app();
	setenv("XDG_STATE_HOME", folder, 1);
	fake_log_in(email, "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", HEAD);
}

static void search(const char *text)
{
	fake_press("/");
	fake_press("Ctrl-u");
	fake_type(text);
	while (fake_waiting("actions_mine_next") > 0)
		fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(4), text);
	fake_press("Enter");
}

static void save(const char *name)
{
	fake_press("F");
	assert_shows("Save the filter");
	fake_type(name);
	fake_press("Ctrl-s");
}

static void test_filters__are_saved_on_a_free_number(void **state)
{
	struct stat status;
	char path[128];

	(void)state;
	open_actions("ana@trato.example");
	fake_press("2");
	fake_answer("actions_mine_next", HEAD);
	search("duero");
	fake_press("F");
	assert_shows("where I collaborate · “duero”");
	assert_shows("4: free");
	fake_press("Ctrl-s");
	assert_shows("Give it a name.");
	fake_type("Duero");
	fake_press("Ctrl-s");
	assert_shows("Saved: the key 4 shows it.");
	assert_shows("Actions · Duero");
	fake_press("1");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(5), "mine");
	assert_string_equal(fake_parameter(4), "");
	assert_shows("Actions · mine, open");
	fake_press("4");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(5), "shared");
	assert_string_equal(fake_parameter(4), "duero");
	fake_press("f");
	assert_shows("4  Duero (where I collaborate · “duero”)");
	fake_press("Esc");
	snprintf(path, sizeof(path), "%s/trato/person-ana@trato.example", folder);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	/* Typing on, it is another one. */
	search("dueroe");
	assert_hides("Actions · Duero");
}

static void test_filters__are_there_at_the_next_login(void **state)
{
	open_actions("ana@trato.example");
	search("acme");
	save("ACME only");
	fake_teardown(state);

	open_actions("ana@trato.example");
	fake_press("4");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(4), "acme");
	assert_shows("Actions · ACME only");
	fake_teardown(state);

	open_actions("luis@trato.example");
	fake_press("4");
	assert_int_equal(fake_waiting("actions_mine_next"), 0);
}

static void test_filters__are_replaced_and_removed(void **state)
{
	(void)state;
	open_actions("ana@trato.example");
	search("acme");
	save("ACME");
	search("acmes");
	save("Second");
	assert_shows("the key 5 shows it");
	fake_press("4");
	fake_answer("actions_mine_next", HEAD);
	fake_press("F");
	assert_shows("4: instead of “ACME”");
	fake_press("Ctrl-u");
	fake_press("Ctrl-s");
	assert_shows("The key 4 is free again.");
	fake_press("4");
	assert_int_equal(fake_waiting("actions_mine_next"), 0);
	fake_press("5");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(4), "acmes");
}

static void test_filters__of_a_list_without_any(void **state)
{
	(void)state;
	fake_app();
	setenv("XDG_STATE_HOME", folder, 1);
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("/");
	fake_type("x");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("Enter");
	save("With x");
	assert_shows("the key 1 shows it");
	fake_press("Esc");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("1");
	fake_answer("clients_next", "key|name|name_folded\n");
	assert_string_equal(fake_parameter(4), "x");
	assert_shows("Clients · With x");
}

/* A folder that cannot be written costs the filter, and nothing else. */
static void test_filters__without_a_folder(void **state)
{
	(void)state;
	open_actions("ana@trato.example");
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	save("Anything");
	assert_shows("could not be saved");
	fake_press("4");
	assert_int_equal(fake_waiting("actions_mine_next"), 0);
}

static void put(const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/trato", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/trato/person-ana@trato.example", folder);
	file = fopen(path, "we");
	fputs(text, file);
	fclose(file);
}

/* What stands in the file may be of another role, of a newer program, or broken. */
static void test_filters__what_cannot_be_is_left_out(void **state)
{
	(void)state;
	put("filter actions 4\tall-open\tx\tA manager's\n"
	    "filter actions 5\n"
	    "filter actions 6\tmine\n"
	    "filter actions 7\tmine\t\tGood \x1b[31m\n"
	    "filter actions 1\tmine\tx\tNot here\n"
	    "something new\tyes\n");
	open_actions("ana@trato.example");
	fake_press("f");
	assert_hides("manager");
	assert_hides("Not here");
	assert_shows("7  Good ␛[31m (mine, open)");
	fake_press("Esc");
	save("Next");
	assert_shows("the key 4 shows it");
}

#define SORTED                                                                                   \
	"key|number|sort_key|client|title|state|version|next_step|next_step_on|overdue|owner|"    \
	"divisions|first_division|drafts|presented|approved|cents|contact_age|quiet|quiet_age\n"
#define ROW(key, client) \
	#key "|10" #key "|" client "|" client "|T|open|1|\\N|\\N|f|Ana|1|A|0|0|0|0|9|f|9\n"

static void test_order__is_chosen_turned_and_kept(void **state)
{
	struct view *list;

	(void)state;
	open_actions("ana@trato.example");
	list = app_top(fake.app);
	fake_press("o");
	assert_shows("2  Client");
	fake_press("2");
	fake_answer("actions_sorted_up", SORTED ROW(1, "acme") ROW(2, "beta"));
	assert_string_equal(fake_parameter(5), "mine");
	assert_string_equal(fake_parameter(6), "client");
	assert_shows("Client▲");
	fake_press("O");
	fake_answer("actions_sorted_down", SORTED ROW(2, "beta") ROW(1, "acme"));
	assert_shows("Client▼");
	assert_int_equal(list_key(list), 2);
	/* The last page comes from the other end and is turned round. */
	fake_press("G");
	assert_int_equal(list_key(list), 1);
	save("Backwards");
	fake_press("1");
	fake_answer("actions_sorted_down", SORTED);
	fake_press("o");
	fake_press("0");
	fake_answer("actions_mine_next", HEAD);
	assert_hides("▼");
	fake_press("4");
	fake_answer("actions_sorted_down", SORTED);
	assert_shows("Client▼");
	assert_shows("Actions · Backwards");
}

static void test_order__by_a_click_on_the_heading(void **state)
{
	struct key_event event = { .code = KEYS_MOUSE, .row = 1, .column = 9, .button = MOUSE_LEFT };

	(void)state;
	open_actions("ana@trato.example");
	fake_picture();
	app_key(fake.app, &event);
	fake_answer("actions_sorted_up", SORTED ROW(1, "acme") ROW(2, "beta"));
	assert_string_equal(fake_parameter(6), "client");
	assert_shows("Client▲");
	app_key(fake.app, &event);
	fake_answer("actions_sorted_down", SORTED ROW(2, "beta") ROW(1, "acme"));
	assert_shows("Client▼");
	event.column = 0;
	app_key(fake.app, &event);
	event.column = 9;
	event.button = MOUSE_WHEEL_DOWN;
	app_key(fake.app, &event);
	assert_int_equal(fake_waiting("actions_sorted_up"), 0);
}

static void test_order__pages_from_the_other_end_are_turned_round(void **state)
{
	static char many[65536];
	struct view *list;
	int at = snprintf(many, sizeof(many), SORTED), limit;

	(void)state;
	open_actions("ana@trato.example");
	list = app_top(fake.app);
	fake_press("o");
	fake_press("2");
	fake_answer("actions_sorted_up", SORTED);
	limit = atoi(fake_parameter(3));
	fake_press("O");
	for (int i = 0; i < limit; i++)
		at += snprintf(many + at, sizeof(many) - (size_t)at,
		               "%d|%d|x%03d|X|T|open|1|\\N|\\N|f|A|1|A|0|0|0|0|9|f|9\n",
		               1000 - i, i, 999 - i);
	fake_answer("actions_sorted_down", many);
	assert_int_equal(list_key(list), 1000);
	fake_press("G");
	fake_answer("actions_sorted_up", SORTED ROW(1, "acme") ROW(2, "beta") ROW(3, "ceta"));
	assert_int_equal(list_key(list), 1);
	fake_press("Up");
	assert_int_equal(list_key(list), 2);
}

static void test_order__of_clients(void **state)
{
	(void)state;
	fake_app();
	setenv("XDG_STATE_HOME", folder, 1);
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", "key|name|name_folded\n1|A|a\n");
	fake_press("o");
	fake_press("2");
	fake_answer("clients_by_city_up", "key|name|sort_key\n1|A|\n");
	assert_shows("City▲");
	fake_press("o");
	fake_press("1");
	fake_answer("clients_next", "key|name|name_folded\n1|A|a\n2|B|b\n");
	assert_shows("Name▲");
	fake_press("O");
	fake_answer("clients_previous", "key|name|name_folded\n1|A|a\n2|B|b\n");
	assert_int_equal(list_key(app_top(fake.app)), 2);
	fake_press("o");
	fake_press("2");
	fake_answer("clients_by_city_up", "key|name|sort_key\n1|A|\n");
	/* What is searched for comes by name. */
	fake_press("/");
	fake_type("x");
	fake_answer("clients_next", "key|name|name_folded\n1|A|a\n");
	assert_hides("▲");
	fake_press("Enter");
	fake_press("o");
	assert_hides("2  City");
}

static void test_order__of_a_list_that_has_one_only(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_all_next", HEAD);
	fake_press("o");
	assert_shows("cannot be sorted in another way");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_filters__are_saved_on_a_free_number),
		TEST(test_filters__are_there_at_the_next_login),
		TEST(test_filters__are_replaced_and_removed),
		TEST(test_filters__of_a_list_without_any),
		TEST(test_filters__without_a_folder),
		TEST(test_filters__what_cannot_be_is_left_out),
		TEST(test_order__is_chosen_turned_and_kept),
		TEST(test_order__by_a_click_on_the_heading),
		TEST(test_order__pages_from_the_other_end_are_turned_round),
		TEST(test_order__of_clients),
		TEST(test_order__of_a_list_that_has_one_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
