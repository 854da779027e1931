/*
 * Copying an offer: into its own action by two keys, into another one by typing,
 * and once, whatever becomes of the answer.
 */
#include "fake.h"

#include "view/app_private.h"

#define HEAD                                                                                    \
	"id|action_id|action_number|action_title|action_state|client|number|revision|title|"    \
	"state|expired|currency|net_cents|vat_cents|total_cents|version|is_member|is_owner\n"
#define LINES "description|quantity|unit_price|discount|vat|net_cents|vat_cents\n"
#define HELD "id|label|note|blocked|ticked\n7|Formación|Clases|f|t\n8|Planta Norte||f|f\n"

static const int64_t offer_id = 5;

static void show(const char *action_state, const char *member)
{
	char head[1024];

	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer, &offer_id);
	snprintf(head, sizeof(head),
	         HEAD "5|3|1042|Formación|%s|ACME|2026-00042|1|Plan|approved|f|EUR|0|0|0|4|%s|f\n",
	         action_state, member);
	fake_answer("offer_read", head, LINES, "id|name\n", "moment|entity|state\n",
	            "series|number|issued_on|total_cents\n", "id|number|state\n");
}

static void test_copy__within_the_action(void **state)
{
	(void)state;
	show("open", "t");
	assert_shows("c copy");
	fake_press("c");
	assert_shows("empty: the offer's own; else type which one");
	fake_answer("offer_copy_divisions", HELD);
	assert_string_equal(fake_parameter(1), "5");
	assert_string_equal(fake_parameter(2), "");
	assert_shows("[x] Formación");
	assert_shows("[ ] Planta Norte");
	fake_press("Ctrl-s");
	fake_answer("copy_offer", "id\n6\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "");
	assert_string_equal(fake_parameter(4), "{7}");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer_form);
	assert_ptr_equal(view_below(app_top(fake.app))->ops, &view_offer);
	assert_shows("Copied into a new draft.");
	fake_answer("offer_draft",
	            "action_id|action_number|action_title|client|id|state|revision|version|title|"
	            "currency|probability|expected_close|valid_until|payment_terms|notes\n",
	            LINES, HELD);
	assert_string_equal(fake_parameter(1), "6");
}

static void test_copy__into_another_action(void **state)
{
	(void)state;
	show("open", "t");
	fake_press("c");
	fake_answer("offer_copy_divisions", HELD);
	fake_type("1039");
	assert_shows("Choose the action first.");
	assert_hides("[x]");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("copy_offer"), 0);
	assert_shows("Please choose one from the list");
	fake_press("Backspace");
	while (fake_waiting("offer_copy_targets") > 0)
		fake_answer("offer_copy_targets", "id|label|note\n9|1039 · Bodega|Bodegas del Duero\n");
	assert_shows("1039 · Bodega");
	fake_press("Enter");
	fake_answer("offer_copy_divisions", "id|label|note|blocked|ticked\n12|Viñedo||f|t\n");
	assert_string_equal(fake_parameter(2), "9");
	assert_shows("[x] Viñedo");
	fake_press("Ctrl-s");
	fake_answer("copy_offer", "id\n6\n");
	assert_string_equal(fake_parameter(3), "9");
	assert_string_equal(fake_parameter(4), "{12}");
}

/* What is ticked is of the action that is shown, however late the list of the other one comes. */
static void test_copy__emptied_is_the_own_action_again(void **state)
{
	(void)state;
	show("open", "t");
	fake_press("c");
	fake_answer("offer_copy_divisions", HELD);
	fake_type("x");
	fake_press("Backspace");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("copy_offer"), 0);
	assert_shows("Please tick at least one.");
	fake_answer("offer_copy_divisions", HELD);
	assert_string_equal(fake_parameter(2), "");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("copy_offer"), 1);
}

static void test_copy__lost_answer_is_asked_with_the_same_id(void **state)
{
	char id[40];

	(void)state;
	show("open", "t");
	fake_press("c");
	fake_answer("offer_copy_divisions", HELD);
	fake_press("Ctrl-s");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("copy_offer"), 1);
	fake_break("copy_offer");
	snprintf(id, sizeof(id), "%s", fake_parameter(1));
	fake_press("Ctrl-s");
	fake_answer("copy_offer", "id\n6\n");
	assert_string_equal(fake_parameter(1), id);
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer_form);
}

static void test_copy__of_a_closed_action_wants_another_one(void **state)
{
	(void)state;
	show("won", "t");
	fake_press("c");
	assert_int_equal(fake_waiting("offer_copy_divisions"), 0);
	assert_shows("The offer's own action is closed: choose another one.");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("copy_offer"), 0);
}

static void test_copy__is_a_members_affair(void **state)
{
	(void)state;
	show("open", "f");
	assert_hides("c copy");
	fake_press("c");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_copy__within_the_action),
		TEST(test_copy__into_another_action),
		TEST(test_copy__emptied_is_the_own_action_again),
		TEST(test_copy__lost_answer_is_asked_with_the_same_id),
		TEST(test_copy__of_a_closed_action_wants_another_one),
		TEST(test_copy__is_a_members_affair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
