/*
 * What people do all day and what the program does for them, see team.h: everything that is sent, and
 * what follows from an answer.
 */
#include <harness/team.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <base/mem.h>
#include <base/uuid.h>
#include <model/action.h>
#include <model/client.h>
#include <model/communication.h>
#include <model/dashboard.h>
#include <model/invoice.h>
#include <model/notice.h>
#include <model/offer.h>

enum { DAY_S = 8 * 3600 };

const char *const team_kinds[KIND_COUNT] = {
#define KIND(name, text) [KIND_##name] = (text),
#include <harness/team.def>
#undef KIND
};

struct team team;

/* A request that is not answered yet. */
struct asked {
	struct person *person;
	long long since;
	enum team_kind write; /* for which a form is begun */
};

static void on_answer(void *ctx, struct answer *answer);

static void copy(char id[24], const char *text)
{
	snprintf(id, 24, "%s", text);
}

int team_some(int below)
{
	return below > 0 ? (int)(random() % below) : 0;
}

static void send_since(struct person *person, enum team_kind kind, struct batch *batch,
                       long long since)
{
	struct asked *asked = mem_alloc(sizeof(*asked));

	*asked = (struct asked){ person, since, person->write };
	person->waits[kind]++;
	db_send(person->db, batch, (int)kind, on_answer, asked);
}

static void send(struct person *person, enum team_kind kind, struct batch *batch)
{
	send_since(person, kind, batch, loop_now());
}

static const char *request_id(void)
{
	static char id[37];

	uuid_make(id);
	return id;
}

/* What a form begins with; its answer leads on to the write, see fill_form. */
static void form(struct person *person, enum team_kind write, struct batch *batch)
{
	person->write = write;
	send(person, KIND_FORM, batch);
}

/* ---- what people do, and how often a day */

static const char *choose_action(struct person *person)
{
	int row = team_some(person->knows);

	copy(person->action, person->known[row]);
	copy(person->client, person->clients[row]);
	return person->action;
}

static struct batch *own_actions(void)
{
	return action_page_mine(true, NULL, NULL, "60", NULL, "mine");
}

static struct batch *waiting_notices(void)
{
	static const struct notice_list list = { .which = "waiting" };
	static const struct notice_edge none;

	return notice_page_waiting(true, &none, "60", &list);
}

#define READ(name, KIND, batch)                      \
	static void do_##name(struct person *person) \
	{                                            \
		send(person, KIND, batch);           \
	}
READ(actions, KIND_ACTIONS, own_actions())
READ(agenda, KIND_AGENDA, action_agenda(true, NULL, NULL, "60", NULL))
READ(waiting, KIND_WAITING, waiting_notices())
READ(notice, KIND_NOTICE, notice_read(person->known[team_some(person->knows)]))
READ(action, KIND_ACTION, action_read(choose_action(person), true, NULL, NULL, "60"))
READ(timeline, KIND_TIMELINE, action_timeline(choose_action(person), false, NULL, NULL, "60"))

static void type_letter(void *ctx)
{
	struct person *person = ctx;
	static const char *const names[] = { "panaderia", "talleres",    "construcciones",
		                             "garcia",    "suministros", "hotel madrid",
		                             "martinez",  "vidal" };
	static const struct client_edge none;
	char typed[16];

	person->letters++;
	snprintf(typed, sizeof(typed), "%.*s", person->letters,
	         names[person->number % (sizeof(names) / sizeof(names[0]))]);
	send(person, KIND_TYPED, client_page(true, &none, "60", typed));
}

static void do_search(struct person *person)
{
	person->letters = 0;
	type_letter(person);
}

static void do_client(struct person *person)
{
	choose_action(person);
	send(person, KIND_CLIENT, client_show(person->client, "client"));
}

static void do_words(struct person *person)
{
	static const char *const words[] = { "oferta", "precio", "visita", "instalacion",
		                             "ascensor" };
	const struct communication_filter filter = { .words = words[team_some(5)] };

	send(person, KIND_FOUND_WORDS, communication_page(true, &filter, NULL, NULL, "60"));
}

static void do_offer(struct person *person)
{
	if (person->offer[0])
		send(person, KIND_OFFER, offer_read(person->offer));
}

static void do_offers(struct person *person)
{
	static const struct offer_list list = { .which = "presented" };

	send(person, KIND_OFFERS, offer_page(true, &list, NULL, NULL, "60"));
}

static void do_own_notices(struct person *person)
{
	static const struct notice_list list = { .which = "all" };
	static const struct notice_edge none;

	send(person, KIND_OWN_NOTICES, notice_page_own(true, &none, "60", &list));
}

static void do_log(struct person *person)
{
	form(person, KIND_LOG, communication_begin(choose_action(person)));
}

static void do_step(struct person *person)
{
	form(person, KIND_STEP, action_head(choose_action(person)));
}

static void do_open(struct person *person)
{
	choose_action(person);
	form(person, KIND_OPEN, client_show(person->client, "client"));
}

static void do_save_offer(struct person *person)
{
	form(person, KIND_SAVE_OFFER, offer_draft(NULL, choose_action(person)));
}

static void do_take(struct person *person)
{
	copy(person->notice, person->known[team_some(person->knows)]);
	send(person, KIND_TAKE, notice_take(request_id(), person->notice));
}

struct deed {
	int a_day;
	void (*begin)(struct person *person);
};

static const struct deed rep_deeds[] = {
	{ 40, do_actions }, { 20, do_agenda },      { 30, do_search }, { 50, do_client },
	{ 80, do_action },  { 20, do_timeline },    { 15, do_words },  { 30, do_offer },
	{ 10, do_offers },  { 10, do_own_notices }, { 25, do_log },    { 15, do_step },
	{ 2, do_open },     { 4, do_save_offer },   { 0, NULL },
};
static const struct deed office_deeds[] = {
	{ 60, do_waiting }, { 120, do_notice }, { 40, do_take }, { 30, do_search }, { 0, NULL },
};

static const struct deed *deeds_of(const struct person *person)
{
	return person->role == A_REP ? rep_deeds : office_deeds;
}

static int deeds_a_day(const struct person *person)
{
	int all = 0;

	for (const struct deed *deed = deeds_of(person); deed->begin; deed++)
		all += deed->a_day;
	return all;
}

int person_pause(const struct person *person)
{
	return (int)(1000.0 * DAY_S / deeds_a_day(person) / team.speed);
}

void person_does(struct person *person)
{
	const struct deed *deed = deeds_of(person);
	int which = team_some(deeds_a_day(person));

	while (which >= deed->a_day)
		which -= deed++->a_day;
	if (person->knows > 0 || deed->begin == do_waiting)
		deed->begin(person);
}

void person_comes(struct person *person)
{
	if (person->role == A_REP)
		do_actions(person);
	else if (person->role == AN_OFFICE)
		do_waiting(person);
}

/* ---- what the program does by itself */

void person_looks(struct person *person)
{
	if (person->role == A_DASHBOARD)
		send(person, KIND_CHANGED,
		     dashboard_changed(person->mark[0] ? person->mark : NULL));
	else
		send(person, KIND_REFRESH,
		     person->role == A_REP ? own_actions() : waiting_notices());
}

void person_asks_for_news(struct person *person)
{
	const struct dashboard_filter all = { 0 };

	if (person->role == A_DASHBOARD)
		send(person, KIND_FIGURES, dashboard_read(&all));
	else if (!person->waits[KIND_NEWS])
		send(person, KIND_NEWS, session_waiting(&person->session));
}

/* The table is read, whatever the doorbell says. */
void person_hears(struct person *person)
{
	send_since(person, KIND_HEARD, session_waiting(&person->session), team.approval_at);
}

/* ---- what follows from an answer */

static const char *today(void)
{
	static char day[16];
	time_t now = time(NULL);
	struct tm at;

	strftime(day, sizeof(day), "%Y-%m-%d", gmtime_r(&now, &at));
	return day;
}

static void know(struct person *person, const struct rows *rows)
{
	person->knows = rows->count < KNOWN_MAX ? rows->count : KNOWN_MAX;
	for (int i = 0; i < person->knows; i++) {
		copy(person->known[i], rows_text(rows, i, "key"));
		copy(person->clients[i], rows_text(rows, i, "client_id"));
	}
}

static void log_it(struct person *person, const struct rows *head)
{
	const struct communication_data data = { "phone",
		                                 "out",
		                                 NULL,
		                                 today(),
		                                 "00:01",
		                                 "Prices and dates",
		                                 "Asked for another offer.",
		                                 "5",
		                                 NULL,
		                                 NULL };
	const struct communication_step step = { rows_text(head, 0, "version"), "Call again",
		                                 today() };

	send(person, KIND_LOG, communication_log(request_id(), person->action, &data, &step));
}

static void open_one(struct person *person, const struct rows *divisions)
{
	char list[32];

	for (int i = 0; i < divisions->count; i++) {
		if (strcmp(rows_text(divisions, i, "status"), "free") != 0 ||
		    !rows_bool(divisions, i, "active"))
			continue;
		snprintf(list, sizeof(list), "{%s}", rows_text(divisions, i, "key"));
		send(person, KIND_OPEN,
		     action_open(request_id(), person->client, "Renewal", list, NULL, NULL, NULL));
		return;
	}
}

static void save_offer(struct person *person, const struct rows *divisions)
{
	char list[32];
	struct offer_data data = { .title = "Offer of the day", .divisions = list };

	data.descriptions = "{Installation,Service}", data.quantities = "{1,12}";
	data.unit_prices = "{1200,45.50}", data.discounts = "{0,5}", data.vats = "{21,21}";
	data.currency = "EUR", data.valid_until = "2099-12-31";
	if (divisions->count == 0)
		return;
	snprintf(list, sizeof(list), "{%s}", rows_text(divisions, 0, "id"));
	send(person, KIND_SAVE_OFFER, offer_save(request_id(), NULL, NULL, person->action, &data));
}

static void record(struct person *person, const struct rows *proposal)
{
	char number[48], net[32], vat[32], total[32];
	long long left = rows_int(proposal, 0, "left_cents"),
		  left_net = rows_int(proposal, 0, "left_net_cents");
	const struct invoice_data data = { "B", number, today(), net, vat, total };

	snprintf(number, sizeof(number), "%.13s", request_id());
	snprintf(net, sizeof(net), "%lld.%02lld", left_net / 100, left_net % 100);
	snprintf(vat, sizeof(vat), "%lld.%02lld", (left - left_net) / 100, (left - left_net) % 100);
	snprintf(total, sizeof(total), "%lld.%02lld", left / 100, left % 100);
	send(person, KIND_INVOICE,
	     invoice_record(request_id(), person->notice, rows_text(proposal, 0, "version"),
	                    &data));
}

static void fill_form(struct person *person, enum team_kind write, const struct answer *answer)
{
	const struct rows *head = answer->results[0];

	switch (write) {
	case KIND_LOG: log_it(person, head); break;
	case KIND_STEP:
		send(person, KIND_STEP,
		     action_set_next_step(request_id(), person->action,
		                          rows_text(head, 0, "version"), "Call again", today()));
		break;
	case KIND_OPEN: open_one(person, answer->results[CLIENT_DIVISIONS]); break;
	case KIND_SAVE_OFFER: save_offer(person, answer->results[2]); break;
	case KIND_APPROVE:
		team.approval_at = loop_now();
		send(person, KIND_APPROVE,
		     offer_approve(request_id(), person->offer, rows_text(head, 0, "version"),
		                   today(), "Eva Gil", NULL));
		break;
	case KIND_INVOICE: record(person, head); break;
	default: break;
	}
}

static void lead_on(struct person *person, enum team_kind kind, enum team_kind write,
                    const struct answer *answer)
{
	const struct rows *rows = answer->results[0];

	switch (kind) {
	case KIND_ACTIONS:
	case KIND_WAITING: know(person, rows); break;
	case KIND_TYPED:
		if (person->letters < 6)
			loop_after(team.loop, (int)(200 / team.speed), type_letter, person);
		break;
	case KIND_ACTION: copy(person->offer, rows_text(answer->results[1], 0, "key")); break;
	case KIND_FORM: fill_form(person, write, answer); break;
	case KIND_SAVE_OFFER:
		copy(person->offer, rows_text(rows, 0, "id"));
		if (team_some(2) == 0)
			send(person, KIND_PRESENT,
			     offer_present(request_id(), person->offer,
			                   rows_text(rows, 0, "version")));
		break;
	case KIND_PRESENT:
		if (team_some(2) == 0)
			form(person, KIND_APPROVE, offer_read(person->offer));
		break;
	case KIND_TAKE: form(person, KIND_INVOICE, invoice_proposal(person->notice)); break;
	case KIND_CHANGED:
		if (rows_bool(rows, 0, "changed")) {
			const struct dashboard_filter all = { 0 };

			snprintf(person->mark, sizeof(person->mark), "%s",
			         rows_text(rows, 0, "mark"));
			send(person, KIND_MOVING, dashboard_read_moving(&all));
		}
		break;
	default: break;
	}
}

static void on_answer(void *ctx, struct answer *answer)
{
	struct asked *request = ctx;
	struct person *person = request->person;
	enum team_kind kind = (enum team_kind)answer->purpose;
	long long since = request->since;
	enum team_kind write = request->write;

	free(request);
	person->waits[kind]--;
	if (kind == KIND_REFRESH || kind == KIND_CHANGED)
		team.looked(person, loop_now() - since);
	if (!team.at_work && kind != KIND_ACTIONS && kind != KIND_WAITING)
		return;
	tally_add(&team.seen[kind], answer->status, (double)(loop_now() - since));
	if (answer->status == ANSWER_DONE)
		lead_on(person, kind, write, answer);
}
