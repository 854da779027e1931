/*
 * Somebody types, and the program is killed, or its terminal hung up, at a
 * random moment: what was typed longer than a second ago, or in an earlier
 * field, is in the draft, which is whole. TRATO_FAULT_MOMENTS of them (20),
 * from TRATO_FAULT_SEED (1). And saves that are cut off half-way.
 */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/loop.h>
#include <terminal/people.h>
#include <view/draft.h>

/* As much as a line of the form shows. */
enum { TYPED_MAX = 55, LOST_MS = 1000, MOMENT_MS = 2200 };

static char root[] = "/tmp/trato-drafts.XXXXXX";
static char state_home[64], folder[80];
static uint64_t seed;

static unsigned random_below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

static long number_of(const char *name, long usual)
{
	const char *text = getenv(name);

	return text != NULL && *text != '\0' ? atol(text) : usual;
}

static int set_up(void **state)
{
	assert_non_null(mkdtemp(root));
	snprintf(state_home, sizeof(state_home), "XDG_STATE_HOME=%s", root);
	snprintf(folder, sizeof(folder), "%s/trato/drafts", root);
	seed = (uint64_t)number_of("TRATO_FAULT_SEED", 1);
	return people_set_up(state);
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

static int forget_drafts(void **state)
{
	char command[120];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static struct screen *log_in(void)
{
	const char *const env[] = { state_home, "LANGUAGE=en", NULL };
	const char *const argv[] = { screen_program(), "-u", "ana@trato.example", NULL };
	struct screen *screen = screen_start(24, 80, argv, env);

	screen_wait_text(screen, "Password");
	screen_type(screen, PEOPLE_PASSWORD "\r");
	screen_wait_text(screen, "online");
	return screen;
}

static void begin_client(struct screen *screen)
{
	screen_wait_text(screen, "new action");
	screen_type(screen, "C");
	screen_wait_text(screen, "new client");
	screen_type(screen, "n");
	screen_wait_text(screen, "Legal name");
}

/* Every file of the folder: none has a password in it, each draft is whole. Returns how many. */
static int read_drafts(struct arena *arena, const struct draft **last)
{
	DIR *list = opendir(folder);
	const struct dirent *entry;
	int count = 0;

	while (list != NULL && (entry = readdir(list)) != NULL) {
		static char bytes[DRAFT_SIZE_MAX];
		char path[400];
		FILE *file;
		size_t length;

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || (file = fopen(path, "r")) == NULL)
			continue;
		length = fread(bytes, 1, sizeof(bytes) - 1, file);
		fclose(file);
		bytes[length] = '\0';
		assert_null(strstr(bytes, PEOPLE_PASSWORD));
		assert_null(strstr(bytes, "another secret"));
		if (strstr(entry->d_name, ".draft") == NULL)
			continue;
		*last = draft_read(arena, bytes, length);
		assert_non_null(*last);
		count++;
	}
	if (list != NULL)
		closedir(list);
	return count;
}

static const char *text_of(const struct draft *draft, const char *field)
{
	for (int i = 0; draft != NULL && i < draft->now.count; i++)
		if (strcmp(draft->now.parts[i].name, field) == 0)
			return draft->now.parts[i].content.text;
	return "";
}

/* ---- random moments ---- */

struct typist {
	char text[2][TYPED_MAX]; /* in the name, then in the notes */
	int length[2];
	int field;
	int settled; /* of the field's characters: typed at least a second before the end */
	long long at[TYPED_MAX];
};

/* One key, and its echo. */
static void type_one(struct screen *screen, struct typist *typist)
{
	char key[2] = { (char)('a' + random_below(26)), '\0' };
	char *text = typist->text[typist->field];
	int *length = &typist->length[typist->field];

	screen_type(screen, key);
	text[*length] = key[0];
	text[*length + 1] = '\0';
	screen_wait_text(screen, text);
	typist->at[(*length)++] = loop_now();
}

/* The name is left for the notes, the last field. */
static void leave_field(struct screen *screen, struct typist *typist)
{
	screen_press(screen, "Backtab");
	typist->field = 1;
}

static void type_until(struct screen *screen, struct typist *typist, long long end)
{
	bool leaves = random_below(2) == 0;
	int stay = 1 + (int)random_below(30);

	while (loop_now() < end && typist->length[typist->field] < TYPED_MAX - 1) {
		type_one(screen, typist);
		if (leaves && typist->field == 0 && typist->length[0] == stay)
			leave_field(screen, typist);
		/* As fast as people type, with pauses. */
		usleep(1000 * random_below(random_below(12) == 0 ? 300 : 60));
	}
}

static void check_draft(const struct typist *typist, long long killed, bool all)
{
	struct arena *arena = arena_new();
	const struct draft *draft = NULL;
	const char *kept;
	int field = typist->field, wanted = 0;

	assert_true(read_drafts(arena, &draft) <= 1);
	while (wanted < typist->length[field] && (all || typist->at[wanted] < killed - LOST_MS))
		wanted++;
	kept = text_of(draft, field == 0 ? "name" : "notes");
	if (strncmp(kept, typist->text[field], strlen(kept)) != 0 || (int)strlen(kept) < wanted)
		fail_msg("typed: %s\nkept:  %s\nof that at least %d characters were expected",
		         typist->text[field], kept, wanted);
	if (field == 1)
		assert_string_equal(text_of(draft, "name"), typist->text[0]);
	arena_free(&arena);
}

static void go_on(const struct typist *typist)
{
	struct screen *screen = log_in();
	const char *text = typist->text[typist->field];
	size_t length = strlen(text);
	screen_wait_text(screen, "Typed and not saved");
	screen_press(screen, "Enter");
	screen_wait_text(screen, "Legal name");
	/* Its end: there the cursor stands. */
	screen_wait_text(screen, text + (length > 8 ? length - 8 : 0));
	screen_press(screen, "Esc");
	screen_wait_text(screen, "Discard it");
	screen_type(screen, "d");
	screen_wait_text(screen, "new action");
	screen_close(&screen);
}

static void test_typing__killed_at_random_moments(void **state)
{
	long moments = number_of("TRATO_FAULT_MOMENTS", 20);

	(void)state;
	for (long i = 0; i < moments; i++) {
		static struct typist typist;
		struct screen *screen = log_in();
		bool hang_up = i % 2 == 1;

		memset(&typist, 0, sizeof(typist));
		begin_client(screen);
		type_until(screen, &typist, loop_now() + 50 + random_below(MOMENT_MS));
		if (i % 4 == 1)
			screen_hang_up(screen);
		else
			screen_signal(screen, hang_up ? SIGHUP : SIGKILL);
		long long killed = loop_now();
		screen_close(&screen);
		/* Who is told that it is over keeps all of it. */
		check_draft(&typist, killed, hang_up);
		if (i % 10 == 9)
			go_on(&typist);
		forget_drafts(NULL);
	}
}

/* ---- secrets ---- */

static void test_typing__no_draft_of_a_password(void **state)
{
	struct arena *arena = arena_new();
	const struct draft *draft;
	struct screen *screen = log_in();

	(void)state;
	screen_wait_text(screen, "new action");
	screen_type(screen, ":");
	screen_wait_text(screen, "Esc");
	screen_type(screen, "change-password");
	screen_press(screen, "Enter");
	screen_wait_text(screen, "Once more");
	screen_type(screen, "another secret");
	screen_press(screen, "Tab");
	screen_type(screen, "another secret");
	screen_press(screen, "Tab");
	screen_hang_up(screen);
	screen_close(&screen);
	assert_int_equal(read_drafts(arena, &draft), 0);
	arena_free(&arena);
}

/* ---- the server ---- */

static void test_typing__while_the_server_is_gone(void **state)
{
	struct screen *screen = log_in();

	(void)state;
	begin_client(screen);
	people_server("stop");
	screen_wait_text(screen, "offline since");
	screen_type(screen, "Sin servidor");
	screen_wait_text(screen, "Sin servidor");
	screen_press(screen, "Tab");
	screen_signal(screen, SIGKILL);
	screen_close(&screen);
	people_server("start");
	screen = log_in();
	screen_wait_text(screen, "New client · Sin servidor");
	screen_close(&screen);
}

static void test_saving__killed_before_it_could_be_sent(void **state)
{
	struct screen *screen = log_in();

	(void)state;
	begin_client(screen);
	people_server("stop");
	screen_wait_text(screen, "offline since");
	screen_type(screen, "Nunca SA");
	screen_key(screen, "Ctrl-s");
	screen_wait_text(screen, "Not sent yet: you saved at");
	screen_signal(screen, SIGKILL);
	screen_close(&screen);
	people_server("start");
	screen = log_in();
	screen_wait_text(screen, "New client · Nunca SA");
	people_expect("SELECT count(*) FROM trato.client WHERE name = 'Nunca SA'", "0");
	screen_press(screen, "Enter");
	screen_wait_text(screen, "Legal name");
	screen_key(screen, "Ctrl-s");
	screen_wait_text(screen, "The client is saved.");
	people_expect("SELECT count(*) FROM trato.client WHERE name = 'Nunca SA'", "1");
	screen_close(&screen);
	assert_int_equal(read_drafts(NULL, NULL), 0);
}

/* Until that holds. */
static void wait_for(const char *query)
{
	char command[600];

	snprintf(command, sizeof(command),
	         "until psql -XAtq -d trato -c 'SELECT pg_sleep(0.02)' -c \"%s\" | grep -qx t; do :; done",
	         query);
	assert_int_equal(system(command), 0);
}

/* The server is at it when the program is killed, and carries it out. */
static void test_saving__killed_before_it_was_answered(void **state)
{
	FILE *other = popen("psql -qX -v ON_ERROR_STOP=1 -d trato >/dev/null", "we");
	struct screen *screen = log_in();

	(void)state;
	fputs("BEGIN; LOCK TABLE trato.client IN SHARE MODE;\n", other);
	fflush(other);
	wait_for("SELECT EXISTS (SELECT FROM pg_locks WHERE mode = 'ShareLock' AND granted"
	         " AND relation = 'trato.client'::regclass)");
	begin_client(screen);
	screen_type(screen, "Siempre SA");
	screen_key(screen, "Ctrl-s");
	screen_wait_text(screen, "Saving");
	wait_for("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
	         " AND relation = 'trato.client'::regclass)");
	screen_signal(screen, SIGKILL);
	screen_close(&screen);
	screen = log_in();
	/* It asks, and claims nothing while the server is still at it. */
	wait_for("SELECT count(*) = 2 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
	assert_false(screen_shows(screen, "saved"));
	fputs("COMMIT;\n", other);
	assert_int_equal(pclose(other), 0);
	screen_wait_text(screen, "«New client», whose answer was lost, is saved.");
	people_expect("SELECT count(*) FROM trato.client WHERE name = 'Siempre SA'", "1");
	screen_close(&screen);
	assert_int_equal(read_drafts(NULL, NULL), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, forget_drafts, screen_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_typing__killed_at_random_moments),
		TEST(test_typing__no_draft_of_a_password),
		TEST(test_typing__while_the_server_is_gone),
		TEST(test_saving__killed_before_it_could_be_sent),
		TEST(test_saving__killed_before_it_was_answered),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
