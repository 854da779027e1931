/*
 * The words of domain.md for states and other codes, in the language of the
 * screens.
 */
#include <stddef.h>
#include <string.h>

#include <base/i18n.h>
#include <model/words.h>

struct word {
	const char *code;
	const char *text;
};

static const struct word action_states[] = {
	{ "open", N_("open") }, { "won", N_("won") }, { "lost", N_("lost") },
	{ "cancelled", N_("cancelled") }, { NULL, NULL },
};

static const struct word offer_states[] = {
	{ "draft", N_("draft") }, { "presented", N_("presented") }, { "approved", N_("approved") },
	{ "rejected", N_("rejected") }, { "withdrawn", N_("withdrawn") },
	{ "superseded", N_("superseded") }, { "expired", N_("expired") }, { NULL, NULL },
};

static const struct word notice_states[] = {
	{ "pending", N_("pending") }, { "taken", N_("taken") }, { "returned", N_("returned") },
	{ "partial", N_("partly invoiced") }, { "invoiced", N_("invoiced") },
	{ "void", N_("void") }, { NULL, NULL },
};

static const struct word request_states[] = {
	{ "open", N_("open") }, { "accepted", N_("accepted") }, { "declined", N_("declined") },
	{ "withdrawn", N_("withdrawn") }, { NULL, NULL },
};

static const struct word channels[] = {
	{ "email", N_("e-mail") }, { "letter", N_("letter") }, { "phone", N_("phone") },
	{ "visit", N_("visit") }, { "meeting", N_("meeting") }, { "message", N_("message") },
	{ "other", N_("other") }, { NULL, NULL },
};

static const struct word directions[] = {
	{ "in", N_("incoming") }, { "out", N_("outgoing") }, { NULL, NULL },
};

static const char *word_of(const struct word *words, const char *code)
{
	for (const struct word *word = words; word->code != NULL; word++)
		if (strcmp(word->code, code) == 0)
			return _(word->text);
	return code;
}

const char *words_action_state(const char *state)
{
	return word_of(action_states, state);
}

const char *words_offer_state(const char *state)
{
	return word_of(offer_states, state);
}

const char *words_notice_state(const char *state)
{
	return word_of(notice_states, state);
}

const char *words_request_state(const char *state)
{
	return word_of(request_states, state);
}

const char *words_channel(const char *channel)
{
	return word_of(channels, channel);
}

const char *words_direction(const char *direction)
{
	return word_of(directions, direction);
}
