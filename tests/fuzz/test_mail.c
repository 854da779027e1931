/*
 * A mail of any bytes becomes a communication: texts that the schema accepts,
 * and that say something. The first byte says whether its end was cut off.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>

#include "cli/mail_read.h"
#include "cli/mail_text.h"

enum { NOW = 1795616800 };

static void check_text(const char *text, size_t most)
{
	fuzz_assert(text && text_is_valid(text, strlen(text)));
	fuzz_assert(mail_characters(text) <= most);
}

static void check_list(const struct mail_list *list, int most)
{
	fuzz_assert(list->count >= 0 && list->count <= most);
	for (int i = 0; i < list->count; i++)
		check_text(list->items[i], MAIL_BODY_MAX);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct fuzz_input input = { bytes, length };
	struct arena *arena = arena_new();
	bool cut = fuzz_byte(&input) == 1;
	struct err err = { 0 };
	struct mail mail;

	i18n_init("en");
	/* The first one, GMime's own set-up, is not the message's. */
	if (!mail_read(arena, (const char *)input.at, input.left, cut, NOW, &mail, &err))
		fuzz_fail(__FILE__, __LINE__, err.text);
	fuzz_assert(mail.id[0] == '<' && mail.subject[0] != '\0');
	check_text(mail.id, MAIL_BODY_MAX);
	check_text(mail.sender, MAIL_BODY_MAX);
	check_text(mail.recipients, MAIL_BODY_MAX);
	check_text(mail.date, strlen("2026-11-25 14:05:00+00"));
	check_text(mail.subject, MAIL_SUBJECT_MAX);
	check_text(mail.body, MAIL_BODY_MAX);
	check_text(mail.attachments, MAIL_ATTACHMENTS_MAX);
	check_list(&mail.from, MAIL_ADDRESSES_MAX);
	check_list(&mail.to, MAIL_ADDRESSES_MAX);
	check_list(&mail.references, MAIL_REFERENCES_MAX);
	fuzz_assert(strpbrk(mail.subject, "\r\n\t\033") == NULL);
	arena_free(&arena);
}
