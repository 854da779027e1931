/*
 * Every view of the program under any keys, windows, answers, losses and
 * times: the bytes choose them, screens_database.h answers. Nothing may crash,
 * leak or hide anything in what it shows. The first bytes say who works there.
 */
#include "view/fake.h"

#include <dirent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fuzz.h"
#include "screens_database.h"

enum { STEPS_MOST = 200, TYPED_MOST = 40 };

static char drafts[64];
static long long ahead_ms; /* of the real time, within a round */

/* The linker puts it in place of the real one, see the Makefile. */
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, clock, now);

	now->tv_sec += ahead_ms / 1000;
	return result;
}

static void remove_drafts(void)
{
	DIR *folder = opendir(drafts);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)) != NULL)
		unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
	rmdir(drafts);
}

static void remove_folder(void)
{
	remove_drafts();
	*strrchr(drafts, '/') = '\0';
	*strrchr(drafts, '/') = '\0';
	rmdir(drafts);
}

static void make_folder(void)
{
	char root[] = "/tmp/trato-fuzz.XXXXXX";

	if (drafts[0])
		return;
	fuzz_assert(mkdtemp(root));
	snprintf(drafts, sizeof(drafts), "%s/drafts/", root);
	atexit(remove_folder);
}

/* ---- what a person does ---- */

static void press(struct fuzz_input *input)
{
	static const char *const names[] = {
		"Enter", "Enter", "Down", "Up", "Tab", "Backtab", "Esc", "PageDown", "PageUp", "Home",
		"End", "Left", "Right", "Space", "Backspace", "Delete", "Insert", "F1", "F2", "F5",
		"F7", "Ctrl-s", "Ctrl-s", "Ctrl-n", "Ctrl-d", "Ctrl-l", "Ctrl-r", "Ctrl-u", "Ctrl-w",
		"Ctrl-z", "Ctrl-y", "Ctrl-a", "Ctrl-e", "Ctrl-k", "Ctrl-Up", "Ctrl-Down", "Alt-x",
	};
	enum { NAMES = sizeof(names) / sizeof(names[0]) };
	struct key_event event = { 0 };
	unsigned choice = fuzz_byte(input);

	if (choice >= 128)
		key_from_name(names[choice % NAMES], &event.code);
	else if (choice >= ' ' && choice < 127)
		event.code = choice;
	else
		event.code = KEYS_CTRL | ('a' + choice % 26);
	app_key(fake.app, &event);
}

static void type(struct fuzz_input *input)
{
	const char *text = database_text(fuzz_byte(input));
	struct key_event event = { 0 };

	for (int i = 0; i < TYPED_MOST; i++) {
		size_t length = text_decode(text, &event.code);

		if (length == 0)
			break;
		app_key(fake.app, &event);
		text += length;
	}
}

static void paste(struct fuzz_input *input)
{
	struct key_event event = { .code = KEYS_PASTE, .paste = database_text(fuzz_byte(input)) };

	app_key(fake.app, &event);
}

static void point(struct fuzz_input *input)
{
	struct key_event event = { .code = KEYS_MOUSE };

	event.button = (enum mouse_button)(MOUSE_LEFT + fuzz_byte(input) % 4);
	event.row = (int)fuzz_byte(input) % 90 - 2;
	event.column = (int)fuzz_byte(input) - 2;
	app_key(fake.app, &event);
}

static void resize(struct fuzz_input *input)
{
	fake.height = 1 + (int)fuzz_byte(input) % 80;
	fake.width = 1 + (int)fuzz_word(input) % 300;
	app_key(fake.app, &(struct key_event){ .code = KEYS_RESIZE });
	fuzz_assert_clean(fake_picture(), true);
}

/* The screens that are reached by a row that an answer would have to have. */
static void open_form(struct fuzz_input *input)
{
	static const int64_t ids[] = { 1, 1, 1, 1 };
	unsigned choice = fuzz_byte(input);
	int count = 0;

	if (app_top(fake.app) == NULL || app_top(fake.app)->ops == &view_login)
		return;
	while (views_forms[count].ops)
		count++;
	fuzz_assert(count > 0);
	view_push(fake.app, views_forms[choice % (unsigned)count].ops, ids);
}

static void open_screen(struct fuzz_input *input)
{
	static const struct view_ops *const of_one[] = { &view_action, &view_offer,  &view_client,
		                                         &view_notice, &view_communication_read,
		                                         &view_request };
	enum { OF_ONE = sizeof(of_one) / sizeof(of_one[0]) };
	static const int64_t id = 1;
	unsigned choice = fuzz_byte(input), places = 0;

	if (app_top(fake.app) == NULL || app_top(fake.app)->ops == &view_login)
		return;
	while (views_table[places].ops)
		places++;
	choice %= OF_ONE + places;
	if (choice < OF_ONE)
		view_push(fake.app, of_one[choice], &id);
	else
		view_push(fake.app, views_table[choice - OF_ONE].ops, NULL);
}

/* ---- what the server does ---- */

static struct fake_request *pick_request(struct fuzz_input *input)
{
	struct fake_request *request = fake.db->requests;

	/* Mostly the oldest, as a server does. */
	for (unsigned skip = fuzz_byte(input) / 64; skip > 0 && request && request->next; skip--)
		request = request->next;
	return request ? fake_take(request->ticket) : NULL;
}

static void answer(struct fuzz_input *input)
{
	struct fake_request *request = pick_request(input);
	struct arena *arena;
	const struct rows **results;
	int count;

	if (!request)
		return;
	arena = arena_new();
	count = batch_count(request->batch);
	results = arena_alloc(arena, (size_t)count * sizeof(*results));
	for (int i = 0; i < count; i++)
		results[i] = database_rows(arena, batch_statement(request->batch, i), input);
	fake_finish(request, ANSWER_DONE, count, results, NULL, arena);
}

static void answer_all(struct fuzz_input *input)
{
	for (int i = 0; i < 8 && fake.db->requests != NULL; i++)
		answer(input);
}

static void refuse(struct fuzz_input *input)
{
	struct fake_request *request = pick_request(input);
	struct arena *arena = arena_new();

	if (request)
		fake_finish(request, ANSWER_REFUSED, 0, NULL, database_refusal(arena, input), arena);
	else
		arena_free(&arena);
}

static void lose(struct fuzz_input *input)
{
	struct fake_request *request = pick_request(input);

	if (request)
		fake_finish(request, fuzz_byte(input) % 2 ? ANSWER_LOST : ANSWER_CANCELLED, 0, NULL,
		            NULL, arena_new());
}

static void fall(struct fuzz_input *input)
{
	unsigned fault = 1 + fuzz_byte(input) % DB_FAULT_OTHER;

	fake_state(DB_DOWN, (enum db_fault)fault, database_text(fuzz_byte(input)));
}

static void come_back(struct fuzz_input *input)
{
	static const char *const roles[] = { "rep", "backoffice", "supervisor", "manager",
		                             "rep,manager", "rep+new", "", "backoffice,manager" };
	static const char *const people[] = { "ana@trato.example", "berta@trato.example" };
	unsigned choice = fuzz_byte(input);

	/* An unchanged person nearly always. */
	fake_greet(people[choice == 255], roles[choice % 8]);
}

static void ring(struct fuzz_input *input)
{
	static const char *const channels[] = { "trato_notice", "trato_request", "" };

	fake.db->events.notified(fake.db->events.ctx, channels[fuzz_byte(input) % 3],
	                         database_text(fuzz_byte(input)));
}

static void wait_some_time(struct fuzz_input *input)
{
	ahead_ms += (1000LL << fuzz_byte(input) % 10) / 1000 * 1000;
	loop_turn(app_loop(fake.app), 0);
}

/* ---- a round ---- */

static void begin(struct fuzz_input *input)
{
	unsigned how = fuzz_byte(input);
	static struct app_config config;

	make_folder();
	config = (struct app_config){ .conninfo = "" };
	config.drafts = how & 1 ? drafts : NULL;
	config.wall = (how & 0x1E) == 0x1E;
	config.restricted = (how & 2) != 0;
	fake_app_of(config);
	i18n_init(how & 32 ? "es" : "en");
	fake.zone = how & 64 ? "Europe/Madrid" : NULL;
	if (config.wall) {
		fake_greet("carmen@trato.example", "supervisor");
		return;
	}
	fake_type("ana@trato.example");
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	come_back(input);
}

static void (*const steps[])(struct fuzz_input *) = {
	press, press, press, press, answer, answer, answer_all, answer_all, type, paste, point,
	resize, open_form, open_screen, refuse, lose, fall, come_back, ring, wait_some_time,
};

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct fuzz_input input = { bytes, length };

	begin(&input);
	for (int i = 0; i < STEPS_MOST && input.left > 0; i++) {
		steps[fuzz_byte(&input) % (sizeof(steps) / sizeof(steps[0]))](&input);
		if (i % 16 == 0)
			fuzz_assert_clean(fake_picture(), true);
	}
	fuzz_assert_clean(fake_picture(), true);
	fake_teardown(NULL);
	ahead_ms = 0;
	remove_drafts();
}
