/*
 * The words of domain.md for states and other codes, in the language of the
 * screens. They carry a context: "open" is a state here and a command there.
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
	{ "open", NC_("state", "open") }, { "won", NC_("state", "won") }, { "lost", NC_("state", "lost") },
	{ "cancelled", NC_("state", "cancelled") }, { NULL, NULL },
};

static const struct word offer_states[] = {
	{ "draft", NC_("state", "draft") }, { "presented", NC_("state", "presented") }, { "approved", NC_("state", "approved") },
	{ "rejected", NC_("state", "rejected") }, { "withdrawn", NC_("state", "withdrawn") },
	{ "superseded", NC_("state", "superseded") }, { "expired", NC_("state", "expired") }, { NULL, NULL },
};

static const struct word notice_states[] = {
	{ "pending", NC_("state", "pending") }, { "taken", NC_("state", "taken") }, { "returned", NC_("state", "returned") },
	{ "partial", NC_("state", "partly invoiced") }, { "invoiced", NC_("state", "invoiced") },
	{ "void", NC_("state", "void") }, { NULL, NULL },
};

static const struct word request_states[] = {
	{ "open", NC_("state", "open") }, { "accepted", NC_("state", "accepted") }, { "declined", NC_("state", "declined") },
	{ "withdrawn", NC_("state", "withdrawn") }, { NULL, NULL },
};

static const struct word mail_states[] = {
	{ "waiting", NC_("mail", "to assign") }, { "set_aside", NC_("mail", "set aside") },
	{ "logged", NC_("mail", "logged") }, { NULL, NULL },
};

static const struct word channels[] = {
	{ "email", NC_("channel", "e-mail") }, { "letter", NC_("channel", "letter") }, { "phone", NC_("channel", "phone") },
	{ "visit", NC_("channel", "visit") }, { "meeting", NC_("channel", "meeting") }, { "message", NC_("channel", "message") },
	{ "other", NC_("channel", "other") }, { NULL, NULL },
};

static const struct word directions[] = {
	{ "in", NC_("channel", "incoming") }, { "out", NC_("channel", "outgoing") }, { NULL, NULL },
};

static const struct word roles[] = {
	{ "rep", NC_("role", "sales rep") }, { "backoffice", NC_("role", "back office") },
	{ "supervisor", NC_("role", "supervisor") }, { "manager", NC_("role", "manager") }, { NULL, NULL },
};

static const struct word privacy[] = {
	{ "nobody", NC_("privacy", "nobody's") }, { "user", NC_("privacy", "a user's") },
	{ "person", NC_("privacy", "a user's") }, { "contact", NC_("privacy", "a contact's") },
	{ "client", NC_("privacy", "a client's") }, { "anybody", NC_("privacy", "anybody's") },
	{ "sales", NC_("privacy", "to sell") }, { "contract", NC_("privacy", "contract") },
	{ "proof", NC_("privacy", "proof") }, { "search", NC_("privacy", "to find it") },
	{ "claims", NC_("privacy", "claims") }, { "program", NC_("privacy", "the program") },
	{ "record", NC_("privacy", "with its record") }, { "relation", NC_("privacy", "until erased") },
	{ "law", NC_("privacy", "6 years, by law") }, { "source", NC_("privacy", "as its source") },
	{ "setting", NC_("privacy", "days of a setting") }, { "blocking", NC_("privacy", "while it is blocked") },
	{ "blocked", NC_("privacy", "blocked") }, { "erased", NC_("privacy", "erased, but for the law") },
	{ NULL, NULL },
};

static const char *word_of(const struct word *words, const char *context, const char *code)
{
	for (const struct word *word = words; word->code != NULL; word++)
		if (strcmp(word->code, code) == 0)
			return i18n_in_context(context, word->text);
	return code;
}

const char *words_action_state(const char *state)
{
	return word_of(action_states, "state", state);
}

const char *words_offer_state(const char *state)
{
	return word_of(offer_states, "state", state);
}

const char *words_notice_state(const char *state)
{
	return word_of(notice_states, "state", state);
}

const char *words_request_state(const char *state)
{
	return word_of(request_states, "state", state);
}

const char *words_mail_state(const char *state)
{
	return word_of(mail_states, "mail", state);
}

const char *words_channel(const char *channel)
{
	return word_of(channels, "channel", channel);
}

const char *words_direction(const char *direction)
{
	return word_of(directions, "channel", direction);
}

const char *words_role(const char *role)
{
	return word_of(roles, "role", role);
}

const char *words_privacy(const char *code)
{
	return word_of(privacy, "privacy", code);
}
