/*
 * Two servers by tests/harness/cluster, and the way in which people who look
 * after servers let one take the place of the other.
 */
#include "pair.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/loop.h>
#include <base/mem.h>
#include <db/script.h>

static char folders[2][256];
static int primary;

const char *pair_primary(void)
{
	return folders[primary];
}

const char *pair_standby(void)
{
	return folders[!primary];
}

const char *pair_conninfo(void)
{
	static char conninfo[600];

	snprintf(conninfo, sizeof(conninfo), "host=%s,%s port=5432 dbname=trato", folders[0],
	         folders[1]);
	return conninfo;
}

/* ---- SQL */

struct script *pair_open(const char *folder)
{
	char conninfo[300];
	struct err err = { 0 };
	struct script *script;

	snprintf(conninfo, sizeof(conninfo), "host=%s port=5432 dbname=trato", folder);
	script = script_open(conninfo, "postgres", NULL, &err);
	if (script == NULL)
		fail_msg("%s", err.text);
	return script;
}

void pair_run(const char *folder, const char *sql)
{
	struct script *script = pair_open(folder);
	struct err err = { 0 };

	if (!script_run(script, sql, &err))
		fail_msg("%s: %s", sql, err.text);
	script_close(&script);
}

char *pair_ask(const char *folder, const char *sql)
{
	struct script *script = pair_open(folder);
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	struct err err = { 0 };
	char *cell;

	if (!script_query(script, arena, sql, 0, NULL, &rows, NULL, &err)) {
		fail_msg("%s: %s", sql, err.text);
		return NULL;
	}
	cell = mem_copy(rows->count > 0 && rows->cells[0] != NULL ? rows->cells[0] : "");
	script_close(&script);
	arena_free(&arena);
	return cell;
}

long pair_count(const char *folder, const char *sql)
{
	char *cell = pair_ask(folder, sql);
	long count = atol(cell);

	free(cell);
	return count;
}

void pair_wait(const char *folder, const char *sql)
{
	long long end = loop_now() + 30000;

	while (pair_count(folder, sql) == 0) {
		if (loop_now() > end)
			fail_msg("waited in vain for %s", sql);
		poll(NULL, 0, 20);
	}
}

/* ---- Servers */

static void shell(const char *command)
{
	setenv("primary", pair_primary(), 1);
	setenv("standby", pair_standby(), 1);
	assert_int_equal(system(command), 0);
}

static void set_synchronous(const char *folder, const char *names)
{
	char sql[120];

	snprintf(sql, sizeof(sql), "ALTER SYSTEM SET synchronous_standby_names = '%s'", names);
	pair_run(folder, sql);
	pair_run(folder, "SELECT pg_reload_conf()");
}

/* Makes the standby of the primary, which waits for it from then on. */
static void replicate(void)
{
	shell("tests/harness/cluster standby $primary $standby && "
	      "tests/harness/cluster start $standby </dev/null");
	set_synchronous(pair_primary(), "*");
	pair_wait(pair_primary(),
	          "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'");
}

void pair_start(void)
{
	primary = 0;
	snprintf(folders[0], sizeof(folders[0]), "%s", getenv("TRATO_CLUSTER"));
	snprintf(folders[1], sizeof(folders[1]), "%s/second", getenv("TRATO_CLUSTER"));
	replicate();
}

void pair_kill_primary(void)
{
	shell("tests/harness/cluster stop $primary immediate </dev/null");
}

void pair_promote(void)
{
	set_synchronous(pair_standby(), "");
	shell("tests/harness/cluster promote $standby </dev/null");
	primary = !primary;
}

void pair_fence_old_primary(void)
{
	shell("echo 'default_transaction_read_only = on' >> $standby/data/postgresql.auto.conf && "
	      "tests/harness/cluster start $standby </dev/null");
}

void pair_rebuild(void)
{
	shell("test ! -e $standby/data/postmaster.pid || "
	      "tests/harness/cluster stop $standby </dev/null && rm -rf $standby/data");
	replicate();
}
