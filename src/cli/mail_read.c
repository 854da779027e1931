/*
 * Reading a mail; see mail_read.h.
 */
#include "mail_read.h"

#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/text.h>

#include "mail_gmime.h"
#include "mail_parts.h"
#include "mail_text.h"

enum { SENDER_MAX = 1000, RECIPIENTS_MAX = 2000, ID_MAX = 998, NOTES_MAX = 2000, GROUPS_MAX = 4 };

struct reading {
	const struct mail_gmime *gmime;
	struct arena *arena;
	GMimeMessage *message;
	struct mail *mail;
	struct buf notes; /* what is to be said of how it was read, one a line */
};

static void note(struct reading *reading, const char *sentence)
{
	buf_printf(&reading->notes, "%s[%s]", reading->notes.length > 0 ? "\n" : "", sentence);
}

/* On one line, whatever bytes these are. */
static const char *line(struct reading *reading, const char *bytes, size_t most)
{
	struct buf text = { 0 };
	const char *result = "";

	if (bytes != NULL)
		mail_add_text(&text, bytes, strlen(bytes), NULL);
	if (text.length > 0)
		result = mail_one_line(reading->arena, text.text, most);
	buf_free(&text);
	return result;
}

/* ---- people ---- */

static void add_addresses(struct reading *reading, InternetAddressList *list, struct mail_list *out,
                          int depth)
{
	const struct mail_gmime *gmime = reading->gmime;
	int count = list != NULL ? gmime->internet_address_list_length(list) : 0;

	for (int i = 0; i < count && out->count < MAIL_ADDRESSES_MAX; i++) {
		InternetAddress *address = gmime->internet_address_list_get_address(list, i);
		GTypeInstance *instance = (GTypeInstance *)address;

		if (gmime->g_type_check_instance_is_a(instance,
		                                      gmime->internet_address_mailbox_get_type())) {
			const char *plain =
			    line(reading,
			         gmime->internet_address_mailbox_get_addr((InternetAddressMailbox *)
			                                                      address),
			         254);
			if (plain[0] != '\0')
				out->items[out->count++] = plain;
		} else if (depth < GROUPS_MAX &&
		           gmime->g_type_check_instance_is_a(
			       instance, gmime->internet_address_group_get_type())) {
			add_addresses(reading,
			              gmime->internet_address_group_get_members(
					  (InternetAddressGroup *)address),
			              out, depth + 1);
		}
	}
}

static const char *people(struct reading *reading, InternetAddressList *list, size_t most)
{
	char *text;
	const char *result;

	if (list == NULL || reading->gmime->internet_address_list_length(list) == 0)
		return "";
	text = reading->gmime->internet_address_list_to_string(list, NULL, false);
	result = line(reading, text, most);
	free(text);
	return result;
}

static void read_people(struct reading *reading)
{
	const struct mail_gmime *gmime = reading->gmime;
	struct mail *mail = reading->mail;
	InternetAddressList *from = gmime->g_mime_message_get_from(reading->message);
	InternetAddressList *to = gmime->g_mime_message_get_to(reading->message);
	InternetAddressList *cc = gmime->g_mime_message_get_cc(reading->message);
	const char *copies;

	if (from == NULL || gmime->internet_address_list_length(from) == 0)
		from = gmime->g_mime_message_get_sender(reading->message);
	mail->from.items = arena_alloc(reading->arena, MAIL_ADDRESSES_MAX * sizeof(char *));
	mail->to.items = arena_alloc(reading->arena, MAIL_ADDRESSES_MAX * sizeof(char *));
	add_addresses(reading, from, &mail->from, 0);
	add_addresses(reading, to, &mail->to, 0);
	add_addresses(reading, cc, &mail->to, 0);
	/* Of own mail: whom its other readers are not told of. */
	add_addresses(reading, gmime->g_mime_message_get_bcc(reading->message), &mail->to, 0);
	mail->sender = people(reading, from, SENDER_MAX);
	mail->recipients = people(reading, to, RECIPIENTS_MAX);
	copies = people(reading, cc, RECIPIENTS_MAX);
	if (copies[0] != '\0')
		mail->recipients =
		    mail_one_line(reading->arena,
		                  arena_printf(reading->arena, "%s%s%s", mail->recipients,
		                               mail->recipients[0] != '\0' ? ", " : "", copies),
		                  RECIPIENTS_MAX);
}

/* ---- ids ---- */

/* NULL for what cannot be one: blanks, control characters, other alphabets, too long. */
static const char *message_id(struct reading *reading, const char *id)
{
	size_t length = id != NULL ? strlen(id) : 0;

	if (length == 0 || length > ID_MAX - 2)
		return NULL;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)id[i] <= ' ' || (unsigned char)id[i] > '~')
			return NULL;
	return arena_printf(reading->arena, "<%s>", id);
}

/* The same for the same message, whichever way it came: what is on the way added to its header
 * does not count, nor how lines end. */
static const char *digest(struct reading *reading, const char *body, size_t length)
{
	static const char *const headers[] = {
		"From", "To", "Cc", "Date", "Subject", "Message-ID"
	};
	const struct mail_gmime *gmime = reading->gmime;
	GChecksum *checksum = gmime->g_checksum_new(G_CHECKSUM_SHA256);
	const char *id;

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		const char *value =
		    gmime->g_mime_object_get_header((GMimeObject *)reading->message, headers[i]);

		if (value != NULL)
			gmime->g_checksum_update(checksum, (const guchar *)value, -1);
		gmime->g_checksum_update(checksum, (const guchar *)"\n", 1);
	}
	for (const char *end = body + length; body < end;) {
		const char *stop = memchr(body, '\r', (size_t)(end - body));

		stop = stop != NULL ? stop : end;
		gmime->g_checksum_update(checksum, (const guchar *)body, stop - body);
		body = stop + 1;
	}
	id = arena_printf(reading->arena, "<%s@sha256.trato>",
	                  gmime->g_checksum_get_string(checksum));
	gmime->g_checksum_free(checksum);
	return id;
}

static void read_references(struct reading *reading)
{
	static const char *const headers[] = { "References", "In-Reply-To" };
	const struct mail_gmime *gmime = reading->gmime;
	struct mail_list *out = &reading->mail->references;

	out->items = arena_alloc(reading->arena, 2 * MAIL_REFERENCES_MAX * sizeof(char *));
	for (int i = 0; i < 2; i++) {
		const char *value =
		    gmime->g_mime_object_get_header((GMimeObject *)reading->message, headers[i]);
		GMimeReferences *ids =
		    value != NULL ? gmime->g_mime_references_parse(NULL, value) : NULL;
		int count = ids != NULL ? gmime->g_mime_references_length(ids) : 0;

		for (int n = count > MAIL_REFERENCES_MAX ? count - MAIL_REFERENCES_MAX : 0;
		     n < count; n++) {
			const char *id =
			    message_id(reading, gmime->g_mime_references_get_message_id(ids, n));

			if (id != NULL)
				out->items[out->count++] = id;
		}
		if (ids != NULL)
			gmime->g_mime_references_free(ids);
	}
}

/* ---- date and subject ---- */

/* From 2000, as the schema has it; some minutes ahead are a clock that is fast. */
static void read_date(struct reading *reading, time_t now)
{
	enum { YEAR_2000 = 946684800, AHEAD = 600 };
	const struct mail_gmime *gmime = reading->gmime;
	GDateTime *date = gmime->g_mime_message_get_date(reading->message);
	gint64 at = date != NULL ? gmime->g_date_time_to_unix(date) : 0;
	const char *typed =
	    line(reading, gmime->g_mime_object_get_header((GMimeObject *)reading->message, "Date"),
	         80);
	time_t seconds = (time_t)at;
	struct tm utc;
	char text[32];

	reading->mail->date = "";
	if (at >= YEAR_2000 && at <= now + AHEAD && gmtime_r(&seconds, &utc) != NULL) {
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S+00", &utc);
		reading->mail->date = arena_copy(reading->arena, text);
	} else if (typed[0] == '\0') {
		note(reading, _("The mail has no date. When it was logged stands instead."));
	} else {
		note(reading, arena_printf(reading->arena,
		                           _("The mail's date cannot be right: %s. When it was "
		                             "logged stands instead."),
		                           typed));
	}
}

/* ---- the body ---- */

static void read_attachments(struct reading *reading, const struct mail_parts *parts)
{
	const char *names = parts->attachments.length > 0 ? parts->attachments.text : "";
	size_t length = mail_prefix(names, MAIL_ATTACHMENTS_MAX - 100);
	int shown = 0, left;

	/* Whole names only. */
	while (length > 0 && names[length] != '\0' && names[length] != '\n')
		length--;
	for (size_t i = 0; i < length; i++)
		shown += i == 0 || names[i] == '\n';
	left = parts->attachment_count - shown;
	reading->mail->attachments = arena_copy_n(reading->arena, names, length);
	if (left > 0)
		reading->mail->attachments =
		    arena_printf(reading->arena, "%s\n%s", reading->mail->attachments,
		                 arena_printf(reading->arena,
		                              ngettext("and %d more", "and %d more",
		                                       (unsigned long)left),
		                              left));
}

/* Lines without blanks at their ends, at most two empty ones in a row, none at begin and end. */
static void tidy(struct buf *text)
{
	size_t to = 0, empty = 0;
	bool begun = false;

	for (size_t at = 0; at < text->length;) {
		const char *start = text->text + at;
		size_t end = strcspn(start, "\n"), length = end;

		while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
			length--;
		empty = length == 0 ? empty + 1 : 0;
		if (length > 0 || (begun && empty <= 2)) {
			memmove(text->text + to, start, length);
			to += length;
			text->text[to++] = '\n';
			begun = true;
		}
		at += end + 1;
	}
	while (to > 0 && text->text[to - 1] == '\n')
		to--;
	text->length = to;
	if (text->text != NULL)
		text->text[to] = '\0';
}

static void write_body(struct reading *reading, const struct mail_parts *parts)
{
	struct mail *mail = reading->mail;
	const char *text = parts->text.length > 0 ? parts->text.text : "";
	struct buf body = { 0 };
	size_t room, length;

	if (mail->sender[0] != '\0')
		buf_printf(&body, _("From: %s\n"), mail->sender);
	if (mail->recipients[0] != '\0')
		buf_printf(&body, _("To: %s\n"), mail->recipients);
	if (body.length > 0 && text[0] != '\0')
		buf_add(&body, "\n");
	room = MAIL_BODY_MAX - NOTES_MAX - (body.length > 0 ? mail_characters(body.text) : 0);
	length = mail_prefix(text, room);
	buf_add_n(&body, text, length);
	if (text[length] != '\0' || parts->long_text)
		note(reading, _("The mail goes on. Only its beginning is kept here."));
	if (reading->notes.length > 0)
		buf_printf(&body, "%s%s", text[0] != '\0' ? "\n\n" : "",
		           arena_copy_n(reading->arena, reading->notes.text,
		                        mail_prefix(reading->notes.text, NOTES_MAX - 2)));
	mail->body = body.length > 0 ? arena_copy_n(reading->arena, body.text, body.length) : "";
	buf_free(&body);
}

static void read_body(struct reading *reading, const char *body, size_t length)
{
	struct mail_parts parts = { .gmime = reading->gmime, .arena = reading->arena };
	GMimeObject *root = reading->gmime->g_mime_message_get_mime_part(reading->message);

	if (root != NULL)
		mail_parts_read(&parts, root);
	tidy(&parts.text);
	/* Broken so that nothing is found in it: as it came. */
	if (parts.text.length == 0 && parts.attachment_count == 0 && !parts.deep) {
		mail_add_text(&parts.text, body, length < 1 << 20 ? length : 1 << 20, NULL);
		tidy(&parts.text);
	}
	if (parts.unknown_charset != NULL)
		note(reading, arena_printf(reading->arena,
		                           _("The character set “%s” is not known here. What could "
		                             "not be read is marked."),
		                           parts.unknown_charset));
	if (parts.deep)
		note(reading, _("Some parts lie too deep within others and were not looked at."));
	read_attachments(reading, &parts);
	write_body(reading, &parts);
	mail_parts_free(&parts);
}

/* ---- all of it ---- */

/* mbox files and procmail have a line of the envelope before the message. */
static size_t envelope(const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length && (bytes[at] == '\n' || bytes[at] == '\r'))
		at++;
	if (length - at > 6 &&
	    (strncmp(bytes + at, "From ", 5) == 0 || strncmp(bytes + at, ">From ", 6) == 0)) {
		const char *end = memchr(bytes + at, '\n', length - at);

		at = end != NULL ? (size_t)(end - bytes) + 1 : length;
	}
	return at;
}

/* NULL where there is nothing like a header. */
static GMimeMessage *parse(const struct mail_gmime *gmime, const char *bytes, size_t length)
{
	static const char *charsets[] = { "utf-8", "windows-1252", NULL };
	GMimeStream *stream = gmime->g_mime_stream_mem_new_with_buffer(bytes, length);
	GMimeParser *parser = gmime->g_mime_parser_new_with_stream(stream);
	GMimeParserOptions *options = gmime->g_mime_parser_options_new();
	GMimeMessage *message;

	gmime->g_mime_parser_options_set_fallback_charsets(options, charsets);
	message = gmime->g_mime_parser_construct_message(parser, options);
	gmime->g_mime_parser_options_free(options);
	gmime->g_object_unref(parser);
	gmime->g_object_unref(stream);
	return message;
}

bool mail_read(struct arena *arena, const char *bytes, size_t length, bool cut, time_t now,
               struct mail *mail, struct err *err)
{
	struct reading reading = { .gmime = mail_gmime(err), .arena = arena, .mail = mail };
	static const char nothing[] = "Subject:\n\n";
	size_t start = envelope(bytes, length), bound, body = 0;

	if (reading.gmime == NULL)
		return false;
	*mail = (struct mail){ .id = NULL };
	bytes += start;
	length -= start;
	bound = mail_bound(bytes, length, &body);
	reading.message = parse(reading.gmime, bytes, bound);
	if (reading.message == NULL) {
		body = 0;
		reading.message = parse(reading.gmime, nothing, strlen(nothing));
	}
	read_people(&reading);
	mail->id =
	    message_id(&reading, reading.gmime->g_mime_message_get_message_id(reading.message));
	if (mail->id == NULL)
		mail->id = digest(&reading, bytes + body, length - body);
	read_references(&reading);
	read_date(&reading, now);
	mail->subject = line(&reading, reading.gmime->g_mime_message_get_subject(reading.message),
	                     MAIL_SUBJECT_MAX);
	if (mail->subject[0] == '\0')
		mail->subject = _("(no subject)");
	if (cut || bound < length)
		note(&reading,
		     _("The mail is too large or too intricate; its end was not looked at."));
	read_body(&reading, bytes + body, bound > body ? bound - body : 0);
	reading.gmime->g_object_unref(reading.message);
	buf_free(&reading.notes);
	return true;
}
