/*
 * The primary dies and its synchronous standby takes over: while everybody
 * writes, and while requests are at each point of their way. Nothing that was
 * acknowledged is lost, nothing is done twice, nobody is told what is not
 * known, and terminals show what they have missed. TRATO_FAILOVERS: how often
 * the second (1).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/loop.h>
#include <base/uuid.h>
#include <db/db.h>
#include <db/script.h>
#include <harness/pair.h>
#include <terminal/people.h>

enum { WRITERS = 8, SAVES = 25 };

/* A connection of Ana's that saves one client after the other, or asks once. */
struct worker {
	struct db *db;
	char name[16];
	char request[37]; /* of its next save */
	int saves, acknowledged, until;
	int readies, answers;
	enum answer_status status;
	long long first_after; /* when the first answer came after the primary's death */
};

static struct loop *loop;
static long long died_at;

/* Turns the loop until the condition holds. */
#define wait_for(condition)                                                    \
	do {                                                                   \
		long long end_ = loop_now() + 30000;                           \
		while (!(condition)) {                                         \
			if (loop_now() > end_)                                 \
				fail_msg("waited in vain for %s", #condition); \
			loop_turn(loop, 50);                                   \
		}                                                              \
	} while (0)

/* ---- Workers */

static const struct statement save_statement = {
	"save",
	"SELECT trato.save_client($1, NULL, NULL, $2, NULL, NULL, NULL, NULL, NULL, NULL,"
	" 'ES', NULL, NULL, NULL)",
	2
};

static void on_answer(void *ctx, struct answer *answer);

static void worker_save(struct worker *worker)
{
	struct batch *batch = batch_new(BATCH_WRITE);
	char name[40];

	snprintf(name, sizeof(name), "%s no %d", worker->name, ++worker->saves);
	batch_add(batch, &save_statement, 2, (const char *[]){ worker->request, name });
	db_send(worker->db, batch, 'w', on_answer, worker);
	uuid_make(worker->request);
}

static void worker_read(struct worker *worker, const struct statement *statement)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_add(batch, statement, 0, NULL);
	db_send(worker->db, batch, 'r', on_answer, worker);
}

static void on_answer(void *ctx, struct answer *answer)
{
	struct worker *worker = ctx;

	worker->answers++;
	worker->status = answer->status;
	if (answer->purpose != 'w')
		return;
	if (answer->status != ANSWER_DONE)
		fail_msg("%s: %s", worker->name,
		         answer->refusal ? answer->refusal->message : "lost");
	worker->acknowledged++;
	if (died_at && !worker->first_after)
		worker->first_after = loop_now();
	if (worker->saves < worker->until)
		worker_save(worker);
}

static void on_ready(void *ctx)
{
	((struct worker *)ctx)->readies++;
}

static void worker_start(struct worker *worker, const char *name)
{
	static const struct statement greeting = { "greeting", "SELECT 1", 0 };
	const struct db_config config = { .conninfo = pair_conninfo(),
		                          .greeting = &greeting,
		                          .reconnect = true };

	*worker = (struct worker){ 0 };
	snprintf(worker->name, sizeof(worker->name), "%s", name);
	uuid_make(worker->request);
	worker->db = db_new(loop, &config, &(struct db_events){ .ctx = worker, .ready = on_ready });
	db_connect(worker->db, "ana@trato.example", PEOPLE_PASSWORD);
	wait_for(worker->readies == 1);
}

static long count_named(const char *folder, const char *name)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM trato.client WHERE name LIKE '%s no %%'",
	         name);
	return pair_count(folder, sql);
}

/* Everything that the worker was told is there, once, and nothing else: its saves are numbered. */
static void expect_saved(const struct worker *worker)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	         "SELECT count(DISTINCT name) FROM trato.client WHERE name LIKE '%s no %%'",
	         worker->name);
	assert_int_equal(pair_count(pair_primary(), sql), worker->acknowledged);
	assert_int_equal(count_named(pair_primary(), worker->name), worker->acknowledged);
}

static long count_clients(const char *folder)
{
	return pair_count(folder, "SELECT count(*) FROM trato.client");
}

/* ---- People */

static int set_up(void **state)
{
	people_set_up(state);
	people_sql(
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Bodegas del Duero', NULL, NULL,"
	    " NULL, 'Aranda', NULL, NULL, 'ES', '947 500', NULL, NULL);"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL, id, 'Cellar', NULL, NULL, true)"
	    " FROM trato.client;"
	    "SELECT trato.open_action(gen_random_uuid(), id, 'Harvest crew',"
	    " ARRAY(SELECT division.id FROM trato.division)) FROM trato.client;");
	pair_start();
	loop = loop_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	loop_free(&loop);
	return 0;
}

/* An offer of Ana's, from the first line to the notice. */
static void approve_offer(const char *folder, const char *title)
{
	char sql[1500];

	snprintf(sql, sizeof(sql),
	         "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	         "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL, action.id, '%s',"
	         " ARRAY(SELECT id FROM trato.division), '[{\"description\": \"Crew\","
	         " \"unit_price\": 100}]', p_valid_until => trato.today() + 30) FROM trato.action;"
	         "SELECT trato.present_offer(gen_random_uuid(), id, version) FROM trato.offer"
	         " WHERE title = '%s';"
	         "SELECT trato.approve_offer(gen_random_uuid(), id, version, trato.today(), 'Rosa')"
	         " FROM trato.offer WHERE title = '%s'",
	         title, title, title);
	pair_run(folder, sql);
}

static struct screen *log_in(const char *email)
{
	const char *const env[] = { "LANGUAGE=en", NULL };
	const char *const argv[] = { screen_program(), "-d", pair_conninfo(), "-u", email, NULL };
	struct screen *screen = screen_start(24, 100, argv, env);

	screen_wait_text(screen, "Password");
	screen_type(screen, PEOPLE_PASSWORD "\r");
	screen_wait_text(screen, "online");
	return screen;
}

/* ---- Everybody writes */

static void start_writers(struct worker writers[], const char *prefix)
{
	char name[16];

	for (int i = 0; i < WRITERS; i++) {
		snprintf(name, sizeof(name), "%s%d", prefix, i);
		worker_start(&writers[i], name);
		writers[i].until = 1000000;
		worker_save(&writers[i]);
	}
}

static void wait_for_saves(const struct worker writers[], int more)
{
	for (int i = 0; i < WRITERS; i++) {
		int least = writers[i].acknowledged + more;
		wait_for(writers[i].acknowledged >= least);
	}
}

static void stop_writers(struct worker writers[])
{
	for (int i = 0; i < WRITERS; i++)
		writers[i].until = 0;
	for (int i = 0; i < WRITERS; i++) {
		wait_for(writers[i].acknowledged == writers[i].saves);
		db_free(&writers[i].db);
		expect_saved(&writers[i]);
	}
}

static void report(const struct worker writers[])
{
	long long slowest = 0;

	for (int i = 0; i < WRITERS; i++)
		if (writers[i].first_after - died_at > slowest)
			slowest = writers[i].first_after - died_at;
	printf("# %d writers are saving again %lld ms after the primary's death\n", WRITERS,
	       slowest);
}

static void test_failover__under_load(void **state)
{
	struct worker writers[WRITERS];
	struct screen *berta = log_in("berta@trato.example");
	long kept;

	(void)state;
	died_at = 0;
	start_writers(writers, "Load");
	wait_for_saves(writers, SAVES);
	died_at = loop_now();
	pair_kill_primary();
	screen_wait_text(berta, "offline");
	pair_promote();
	approve_offer(pair_primary(), "While the line was down");
	wait_for_saves(writers, SAVES);
	report(writers);
	screen_wait_text(berta, "1 new invoicing notice");
	screen_wait_text(berta, "online");
	/* The bell is heard from the new primary. */
	approve_offer(pair_primary(), "When it was back");
	screen_wait_text(berta, "2 new invoicing notices");

	/* The old primary is back, first in the list, but takes no changes: nobody stays with it. */
	pair_fence_old_primary();
	kept = count_clients(pair_standby());
	pair_run(pair_primary(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	                         " WHERE usename LIKE '%@trato.example'");
	wait_for_saves(writers, SAVES);
	stop_writers(writers);
	assert_int_equal(count_clients(pair_standby()), kept);
	screen_wait_text(berta, "online");
	screen_close(&berta);
	pair_rebuild();
}

/* ---- At each point of a request's way */

static const struct statement long_read = { "read", "SELECT pg_sleep(60)", 0 };
static const struct statement short_read = { "read", "SELECT 1", 0 };

#define COMMITS_WAITING "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
#define LOCKS_WAITING "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
#define SLEEPING "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"

/* One commit that the standby has and one that it has not, both unanswered. */
static void leave_commits_unanswered(struct worker *kept, struct worker *gone)
{
	pair_run(pair_primary(), "ALTER SYSTEM SET synchronous_commit = remote_apply");
	pair_run(pair_primary(), "SELECT pg_reload_conf()");
	pair_run(pair_standby(), "SELECT pg_wal_replay_pause()");
	pair_wait(pair_standby(), "SELECT (pg_get_wal_replay_pause_state() = 'paused')::int");
	wait_for(pair_count(pair_primary(), "SELECT count(*) FROM pg_settings WHERE setting ="
	                                    " 'remote_apply'") == 1);
	worker_save(kept);
	wait_for(pair_count(pair_primary(), COMMITS_WAITING) == 1);
	pair_wait(pair_primary(), "SELECT count(*) FROM pg_stat_replication"
	                          " WHERE flush_lsn = pg_current_wal_flush_lsn()");
	/* While it pauses, the standby does not come for more. */
	pair_run(pair_primary(), "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
	pair_wait(pair_primary(), "SELECT (count(*) = 0)::int FROM pg_stat_replication");
	worker_save(gone);
	wait_for(pair_count(pair_primary(), COMMITS_WAITING) == 2);
}

/* What is not committed there is in the way until it is closed. */
static struct script *obstruct(const char *sql)
{
	struct script *script = pair_open(pair_primary());
	struct err err = { 0 };

	if (!script_run(script, sql, &err))
		fail_msg("%s", err.text);
	return script;
}

/* The worker's next save waits for another one of the same number. */
static struct script *obstruct_save(const struct worker *worker)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	         "BEGIN; INSERT INTO write_log (request_id, verb) VALUES ('%s', 'save_client')",
	         worker->request);
	return obstruct(sql);
}

static void fail_over_in_mid_air(int round)
{
	struct worker resting, reading, kept, gone, blocked;
	struct worker *const all[] = { &resting, &reading, &kept, &gone, &blocked };
	char name[16];

	for (int i = 0; i < 5; i++) {
		snprintf(name, sizeof(name), "R%d%c", round, "rqkgb"[i]);
		worker_start(all[i], name);
	}
	leave_commits_unanswered(&kept, &gone);
	struct script *obstacle = obstruct_save(&blocked);
	worker_save(&blocked);
	worker_read(&reading, &long_read);
	wait_for(pair_count(pair_primary(), LOCKS_WAITING) == 1);
	wait_for(pair_count(pair_primary(), SLEEPING) == 1);
	for (int i = 0; i < 5; i++)
		assert_int_equal(all[i]->answers, 0);
	pair_kill_primary();
	pair_promote();
	/* Before anybody asks again. */
	assert_int_equal(count_named(pair_primary(), kept.name), 1);
	assert_int_equal(count_named(pair_primary(), gone.name), 0);
	assert_int_equal(count_named(pair_primary(), blocked.name), 0);

	for (int i = 0; i < 5; i++)
		wait_for(all[i]->readies == 2);
	wait_for(reading.answers == 1);
	assert_int_equal(reading.status, ANSWER_LOST);
	worker_read(&resting, &short_read);
	wait_for(resting.answers == 1);
	assert_int_equal(resting.status, ANSWER_DONE);
	for (int i = 0; i < 5; i++) {
		wait_for(all[i]->acknowledged == all[i]->saves);
		expect_saved(all[i]);
		db_free(&all[i]->db);
	}
	script_close(&obstacle);
	pair_rebuild();
}

static void test_failover__in_mid_air(void **state)
{
	const char *wanted = getenv("TRATO_FAILOVERS");
	int rounds = wanted && *wanted ? atoi(wanted) : 1;

	(void)state;
	for (int i = 0; i < rounds; i++)
		fail_over_in_mid_air(i);
}

static bool somebody_waits(struct screen *screen, void *ctx)
{
	(void)screen;
	(void)ctx;
	return pair_count(pair_primary(), LOCKS_WAITING) > 0;
}

static void test_failover__nobody_is_told_what_is_not_known(void **state)
{
	struct screen *ana = log_in("ana@trato.example");
	struct script *obstacle;

	(void)state;
	screen_press(ana, "C");
	screen_wait_text(ana, "new client");
	screen_press(ana, "n");
	screen_wait_text(ana, "Legal name");
	screen_type(ana, "Typed no 1");
	obstacle = obstruct("BEGIN; LOCK TABLE client IN SHARE MODE");
	screen_key(ana, "Ctrl-s");
	screen_wait(ana, "the save that waits", somebody_waits, NULL);
	pair_kill_primary();
	screen_wait_text(ana, "Being checked");
	assert_false(screen_shows(ana, "is saved."));
	pair_promote();
	screen_wait_text(ana, "The client is saved.");
	assert_int_equal(count_named(pair_primary(), "Typed"), 1);
	script_close(&obstacle);
	screen_close(&ana);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_failover__under_load, screen_teardown),
		cmocka_unit_test(test_failover__in_mid_air),
		cmocka_unit_test_teardown(test_failover__nobody_is_told_what_is_not_known,
		                          screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
