/*
 * Who may come in, with which program, and what a password must be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/session.h>

static bool read_greeting(const char *version, const char *least, const char *most, const char *id,
                          const char *rep, struct session *session, struct err *err)
{
	static const char *const names[] = { "version", "client_min", "client_max", "id",
		                             "email",   "name",       "is_rep",     "must_change_password" };
	const char *cells[] = { version, least, most, id, "ana@trato.example", "Ana", rep, "f" };
	const struct rows rows = { 1, 8, names, cells };
	const struct rows *results = &rows;
	const struct answer answer = { ANSWER_DONE, 0, 1, &results, NULL, NULL };

	return session_read(session, &answer, err);
}

static void test_read__person_with_a_role(void **state)
{
	struct session session = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_true(read_greeting("9999", "1", "1", "7", "t", &session, &err));
	assert_int_equal(session.person, 7);
	assert_int_equal(session.roles, ROLE_REP);
	assert_string_equal(session.email, "ana@trato.example");
}

/* All ask it at once when a doorbell rings. */
static void test_waiting__is_planned_once(void **state)
{
	static const unsigned roles[] = { ROLE_REP, ROLE_BACKOFFICE, ROLE_REP | ROLE_MANAGER };

	(void)state;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		struct batch *batch = session_waiting(&(struct session){ .roles = roles[i] });

		assert_true(batch_is_repeated(batch));
		assert_int_equal(batch_statement(batch, 0)->parameters, 0);
		batch_free(&batch);
	}
	assert_null(session_waiting(&(struct session){ .roles = ROLE_SUPERVISOR }));
	struct batch *named = session_waiting_named();
	assert_true(batch_is_repeated(named));
	batch_free(&named);
}

static void test_read__refusals_leave_the_session(void **state)
{
	static const struct {
		const char *version, *least, *most, *id, *rep, *words;
	} cases[] = {
		{ "9999", "2", "3", "7", "t", "older than the database" },
		{ "9999", "0", "0", "7", "t", "newer than the database" },
		{ "36", "1", "1", "7", "t", "newer than the database (which has version 36 of" },
		{ "9999", "1", "1", NULL, "t", "not a person" },
		{ "9999", "1", "1", "7", "f", "no role" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct session session = { .person = 3 };
		struct err err = { 0 };

		assert_false(read_greeting(cases[i].version, cases[i].least, cases[i].most,
		                           cases[i].id, cases[i].rep, &session, &err));
		assert_non_null(strstr(err.text, cases[i].words));
		assert_int_equal(session.person, 3);
	}
}

static void test_check_password__rules(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_true(session_check_password("ññññññññññ", "ññññññññññ", NULL, &err));
	assert_false(session_check_password("ñññññ", "ñññññ", NULL, &err));
	assert_string_equal(err.field, "password");
	assert_false(session_check_password("long enough\xFF", "long enough\xFF", NULL, &err));
	assert_string_equal(err.field, "password");
	assert_false(session_check_password("longenough", "longenough", "longenough", &err));
	assert_string_equal(err.field, "password");
	assert_false(session_check_password("longenough", "longEnough", "x", &err));
	assert_string_equal(err.field, "again");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read__person_with_a_role),
		cmocka_unit_test(test_read__refusals_leave_the_session),
		cmocka_unit_test(test_waiting__is_planned_once),
		cmocka_unit_test(test_check_password__rules),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
