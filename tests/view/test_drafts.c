/* What was typed and not saved: kept, offered, gone on with; and saves whose answer was lost. */
#include "fake.h"

#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

#include <view/draft.h>
#include <view/offer.h>

static char folder[64];

static int set_up(void **state)
{
	char root[] = "/tmp/trato-drafts.XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(folder, sizeof(folder), "%s/drafts/", root);
	fake_app_with(folder);
	return 0;
}

static int tear_down(void **state)
{
	char command[100];

	if (fake.app != NULL)
		fake_teardown(state);
	snprintf(command, sizeof(command), "rm -rf '%.25s'", folder);
	return system(command);
}

/* The program ends and begins again. */
static void restart(void)
{
	fake_teardown(NULL);
	fake_app_with(folder);
}

static int files(const char *end)
{
	DIR *list = opendir(folder);
	const struct dirent *entry;
	int count = 0;

	while (list != NULL && (entry = readdir(list)) != NULL)
		count += strstr(entry->d_name, end) != NULL;
	if (list != NULL)
		closedir(list);
	return count;
}

/* On the list of clients, where there is nothing to offer. */
static void log_in(const char *email, const char *roles)
{
	fake_type(email);
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	assert_true(fake_greet(email, roles));
	if (strcmp(app_top(fake.app)->ops->name, "drafts") != 0)
		view_replace(app_top(fake.app), &view_clients, NULL);
	fake_picture();
}

static void new_client(const char *name)
{
	fake_press("n");
	fake_type(name);
}

static void test_drafts__half_a_second_after_the_first_key(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva");
	assert_int_equal(files(".draft"), 0);
	while (files(".draft") == 0)
		loop_turn(app_loop(fake.app), 1000);
	assert_int_equal(files(".draft"), 1);
	assert_int_equal(files(".new"), 0);
}

static void test_drafts__at_the_end_of_a_field_and_no_more_once_it_is_saved(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Tab");
	assert_int_equal(files(".draft"), 1);
	fake_press("Ctrl-s");
	assert_int_equal(files(".draft"), 1);
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_int_equal(files(".draft"), 0);
}

static void test_drafts__at_the_end_of_a_box_s_field_too(void **state)
{
	const struct offer_step_arg offer = { 42, 1, 20261126 };

	(void)state;
	log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer_approve, &offer);
	fake_press("Tab");
	fake_press("Tab");
	fake_type("Rosa");
	fake_press("Tab");
	assert_int_equal(files(".draft"), 1);
}

static void test_drafts__none_of_what_was_taken_back_or_discarded(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("N");
	fake_press("Tab");
	assert_int_equal(files(".draft"), 1);
	fake_press("Backtab");
	fake_press("Backspace");
	fake_press("Tab");
	assert_int_equal(files(".draft"), 0);
	fake_type("x");
	fake_press("Tab");
	assert_int_equal(files(".draft"), 1);
	fake_press("Esc");
	fake_press("d");
	assert_int_equal(files(".draft"), 0);
}

static void test_drafts__are_offered_at_the_next_login_and_gone_on_with(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("B1234");
	restart();
	log_in("marta@trato.example", "manager");
	assert_shows("New client · Nueva SL");
	assert_shows("today ");
	assert_shows("Tax id: B1234");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("Nueva SL");
	fake_type("5678"); /* where one stopped */
	fake_press("Ctrl-s");
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_string_equal(fake_parameter(4), "Nueva SL");
	assert_string_equal(fake_parameter(6), "B12345678");
	assert_int_equal(files(".draft"), 0);
}

static void test_drafts__of_somebody_else_are_not_shown(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	restart();
	log_in("ana@trato.example", "rep");
	assert_hides("Nueva SL");
	fake_press("F7");
	assert_hides("Nueva SL");
	assert_shows("Nothing was left");
	restart();
	log_in("marta@trato.example", "manager");
	assert_shows("Nueva SL");
	fake_press("d");
	fake_press("Enter");
	assert_shows("Nothing was left");
	assert_int_equal(files(".draft"), 0);
}

static void test_drafts__can_wait(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Esc");
	assert_shows("Go on later");
	fake_press("l");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	assert_shows("kept as a draft");
	new_client("Otra SL");
	fake_press("F7"); /* asks first */
	fake_press("l");
	fake_press("F7");
	assert_shows("New client · Otra SL");
	assert_shows("New client · Nueva SL");
	fake_press("Down");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	fake_press("Esc");
	fake_press("d");
	assert_shows("Otra SL");
	assert_hides("Nueva SL");
	assert_int_equal(files(".draft"), 1);
}

static void test_drafts__damaged_files_are_said_and_left_alone(void **state)
{
	char path[120];
	FILE *file;

	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	restart();
	snprintf(path, sizeof(path), "%s0123456789abcdef-1.draft", folder);
	file = fopen(path, "w");
	fputs("trato-draft 1\nperson marta@trato.example\n", file);
	fclose(file);
	log_in("marta@trato.example", "manager");
	assert_shows("Nueva SL");
	assert_shows("1 file in the folder of drafts");
	assert_int_equal(files(".draft"), 2);
}

static const char *client(const char *version, const char *name, const char *city)
{
	static char text[400];

	snprintf(text, sizeof(text),
	         "id|version|name|legal_name|tax_id|address|city|postcode|province|country|phone|"
	         "website|notes|archived\n3|%s|%s|\\N|\\N|\\N|%s|\\N|\\N|ES|\\N|\\N|\\N|f\n",
	         version, name, city);
	return text;
}

#define NO_CLIENT "table_name|row_id|since\n"

static void test_drafts__meet_what_somebody_has_changed_meanwhile(void **state)
{
	const int64_t id = 3;

	(void)state;
	log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_client_form, &id);
	fake_answer("client_read", client("7", "Bodegas", "Soria"));
	fake_type(" del Duero");
	restart();
	log_in("marta@trato.example", "manager");
	fake_answer("blocked_contacts", "id\n", NO_CLIENT);
	fake_press("Enter");
	/* The name has been changed by both, the city by the other one only. */
	fake_answer("client_read", client("8", "Bodegas SA", "Burgos"));
	assert_shows("Bodegas del Duero");
	assert_shows("Burgos");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	assert_int_equal(fake_waiting("client_read"), 1);
}

static void test_drafts__where_none_can_be_written_typing_goes_on(void **state)
{
	(void)state;
	fake_teardown(NULL);
	fake_app_with("/dev/null/trato/drafts/");
	log_in("marta@trato.example", "manager");
	new_client("Nueva");
	fake_press("Tab");
	assert_shows("cannot be kept as a draft: Not a directory");
	fake_type("x");
	fake_press("Backtab");
	assert_hides("cannot be kept");
	fake_press("Esc");
	assert_hides("Go on later");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_answer("save_client", "id|name|version\n17|Nueva|1\n");
	assert_string_equal(fake_parameter(4), "Nueva");
}

/* A fault that was mended and comes back is said again. */
static void test_drafts__a_fault_that_comes_back_is_said_again(void **state)
{
	char command[100];
	FILE *file;

	(void)state;
	snprintf(command, sizeof(command), "%.31s", folder);
	file = fopen(command, "w");
	assert_non_null(file);
	fclose(file);
	log_in("marta@trato.example", "manager");
	new_client("Nueva");
	fake_press("Tab");
	assert_shows("cannot be kept as a draft");
	assert_int_equal(remove(command), 0);
	fake_type("x");
	fake_press("Backtab");
	assert_int_equal(files(".draft"), 1);
	snprintf(command, sizeof(command), "rm -r '%.31s'", folder);
	assert_int_equal(system(command), 0);
	fake_type("y");
	fake_press("Tab");
	assert_shows("cannot be kept as a draft");
}

/* ---- saves ---- */

/* Left by a program that ends, and found by the next one, which asks of whom it is. */
static void leave_contact(int64_t id)
{
	const struct contact_arg which = { .client = 3, .contact = id };

	view_push(fake.app, &view_contact_form, &which);
	fake_answer("contact_read", "id|version|name\n7|1|Canary\n");
	fake_type("x");
	restart();
	log_in("marta@trato.example", "manager");
}

/* What is typed of somebody whose data are blocked is not kept on the disk either. */
static void test_drafts__of_people_who_are_blocked_are_thrown_away(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	leave_contact(7);
	assert_int_equal(files(".draft"), 1);
	fake_answer("blocked_contacts", "id\n7\n", NO_CLIENT);
	assert_string_equal(fake_parameter(1), "{7}");
	assert_int_equal(files(".draft"), 0);
	assert_shows("was thrown away");
	leave_contact(8);
	fake_answer("blocked_contacts", "id\n", NO_CLIENT);
	assert_string_equal(fake_parameter(1), "{8}");
	assert_int_equal(files(".draft"), 1);
}

/* Who is blocked may be named in any text about his client that was typed before. */
static void test_drafts__of_their_client_are_thrown_away_where_they_are_older(void **state)
{
	const int64_t action = 5;

	(void)state;
	log_in("marta@trato.example", "manager");
	for (int later = 0; later < 2; later++) {
		view_push(fake.app, &view_next_step, &action);
		fake_answer("action_read", "id|number|client_id|next_step|next_step_on|title|expected_close|"
		                           "notes|version|divisions|owner|live|approved\n"
		                           "5|1042|7|Call|\\N|T|\\N|\\N|3|F|Ana Ruiz|0|0\n");
		fake_type("Canary");
		restart();
		log_in("marta@trato.example", "manager");
		assert_int_equal(files(".draft"), 1);
		fake_answer("blocked_contacts", "id\n",
		            later ? "table_name|row_id|since\nclient|5|9999999999\naction|5|1\n"
		                  : "table_name|row_id|since\naction|5|9999999999\n");
		assert_int_equal(files(".draft"), later);
	}
}

static void test_saving__left_and_saved(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Ctrl-s");
	fake_press("Esc");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	assert_int_equal(files(".draft"), 1);
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_shows("left while it was being saved is saved");
	assert_int_equal(files(".draft"), 0);
}

static void test_saving__left_and_refused(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Ctrl-s");
	fake_press("Esc");
	fake_press("Enter");
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	assert_shows("«New client» is not saved: A client with this tax id exists already.");
	fake_press("F7");
	fake_press("Enter");
	assert_shows("Nueva SL");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 1);
}

/* A refusal comes while one is asked whether to leave: nothing is thrown away. */
static void test_saving__refused_while_one_is_asked(void **state)
{
	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Ctrl-s");
	fake_press("Esc");
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	fake_press("Enter");
	assert_shows("Nueva SL");
	assert_shows("A client with this tax id exists already.");
}

/* The program is killed: a child is, so that nothing of it is tidied up. */
static void kill_while_saving(char request_id[37])
{
	int ends[2], status;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	if (fork() == 0) {
		const struct fake_request *last;

		log_in("marta@trato.example", "manager");
		new_client("Nueva SL");
		fake_press("Ctrl-s");
		for (last = fake.db->requests; last->next != NULL; last = last->next)
			;
		_exit(write(ends[1], batch_parameter(last->batch, 0, 0), 36) == 36 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], request_id, 36), 36);
	request_id[36] = '\0';
	close(ends[0]);
	wait(&status);
	assert_int_equal(status, 0);
	restart();
}

static void answer_result(const char *request_id, const char *done)
{
	char text[120];

	snprintf(text, sizeof(text), "id|done|verb|at|number\n%s|%s|save_client|x|\\N\n", request_id,
	         done);
	fake_answer("request_result", text);
}

static void test_saving__killed_and_saved(void **state)
{
	char id[37];

	(void)state;
	kill_while_saving(id);
	log_in("marta@trato.example", "manager");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	assert_hides("saved");
	answer_result(id, "t");
	assert_string_equal(fake_parameter(1), id);
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	assert_shows("«New client», whose answer was lost, is saved.");
	assert_int_equal(files(".draft"), 0);
}

static void test_saving__killed_and_not_saved(void **state)
{
	char id[37];

	(void)state;
	kill_while_saving(id);
	log_in("marta@trato.example", "manager");
	answer_result(id, "f");
	assert_shows("New client · Nueva SL");
	assert_hides("is being asked");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	/* The old one is closed by the answer: what is typed now is another write. */
	assert_string_not_equal(fake_parameter(1), id);
}

/* Whoever types already when it is known is not interrupted. */
static void test_saving__known_while_one_types(void **state)
{
	char id[37];

	(void)state;
	kill_while_saving(id);
	log_in("marta@trato.example", "manager");
	new_client("Otra");
	answer_result(id, "f");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("F7 shows it");
}

/* The list of drafts is open when it is known. */
static void test_saving__known_while_one_looks(void **state)
{
	char id[37];

	(void)state;
	kill_while_saving(id);
	log_in("marta@trato.example", "manager");
	fake_press("F7");
	assert_shows("whether it is saved is being");
	fake_press("Enter");
	answer_result(id, "f");
	assert_shows("New client · Nueva SL");
	assert_hides("whether it is saved is being");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
}

static void test_saving__known_to_be_saved_while_one_looks(void **state)
{
	char id[37];

	(void)state;
	kill_while_saving(id);
	log_in("marta@trato.example", "manager");
	fake_press("F7");
	answer_result(id, "t");
	assert_hides("Nueva SL");
	assert_shows("Nothing was left");
	assert_shows("«New client», whose answer was lost, is saved.");
}

/* Somebody else logs in where the save could not be answered. */
static void test_saving__somebody_else_logs_in(void **state)
{
	char id[40];

	(void)state;
	log_in("marta@trato.example", "manager");
	new_client("Nueva SL");
	fake_press("Ctrl-s");
	assert_true(fake_greet("ana@trato.example", "rep"));
	fake_break("save_client");
	snprintf(id, sizeof(id), "%s", fake_parameter(1));
	assert_hides("Nueva SL");
	restart();
	log_in("marta@trato.example", "manager");
	answer_result(id, "f");
	assert_shows("Nueva SL");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_drafts__half_a_second_after_the_first_key),
		TEST(test_drafts__at_the_end_of_a_field_and_no_more_once_it_is_saved),
		TEST(test_drafts__at_the_end_of_a_box_s_field_too),
		TEST(test_drafts__none_of_what_was_taken_back_or_discarded),
		TEST(test_drafts__are_offered_at_the_next_login_and_gone_on_with),
		TEST(test_drafts__of_somebody_else_are_not_shown),
		TEST(test_drafts__can_wait),
		TEST(test_drafts__damaged_files_are_said_and_left_alone),
		TEST(test_drafts__meet_what_somebody_has_changed_meanwhile),
		TEST(test_drafts__where_none_can_be_written_typing_goes_on),
		TEST(test_drafts__a_fault_that_comes_back_is_said_again),
		TEST(test_drafts__of_people_who_are_blocked_are_thrown_away),
		TEST(test_drafts__of_their_client_are_thrown_away_where_they_are_older),
		TEST(test_saving__left_and_saved),
		TEST(test_saving__left_and_refused),
		TEST(test_saving__refused_while_one_is_asked),
		TEST(test_saving__killed_and_saved),
		TEST(test_saving__killed_and_not_saved),
		TEST(test_saving__known_while_one_types),
		TEST(test_saving__known_while_one_looks),
		TEST(test_saving__known_to_be_saved_while_one_looks),
		TEST(test_saving__somebody_else_logs_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
