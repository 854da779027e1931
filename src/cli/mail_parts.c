/*
 * Walking the parts of a mail; see mail_parts.h. Of an alternative the plain
 * text is read; HTML where there is nothing else. What is no text to read is an
 * attachment, of which the name and the size are told.
 */
#include "mail_parts.h"

#include <stdio.h>
#include <string.h>

#include <base/i18n.h>

#include "mail_text.h"

enum {
	DEPTH_MAX = 50,
	TEXT_MAX = 1 << 20,  /* bytes of one text, before they are decoded to characters */
	TEXTS_MAX = 4 << 20, /* of all of them */
	NAME_MAX_CHARACTERS = 150,
	NAMES_MAX = 16 << 10,
};

/* ---- what a part is ---- */

static bool is_type(const struct mail_parts *parts, GMimeObject *object, const char *type,
                    const char *subtype)
{
	const struct mail_gmime *gmime = parts->gmime;

	return gmime->g_mime_content_type_is_type(gmime->g_mime_object_get_content_type(object),
	                                          type, subtype);
}

static bool is_a(const struct mail_parts *parts, GMimeObject *object, GType type)
{
	return parts->gmime->g_type_check_instance_is_a((GTypeInstance *)object, type);
}

static const char *parameter(const struct mail_parts *parts, GMimeObject *object, const char *name)
{
	const struct mail_gmime *gmime = parts->gmime;

	return gmime
	    ->g_mime_content_type_get_parameter(gmime->g_mime_object_get_content_type(object),
	                                        name);
}

static const char *file_name(const struct mail_parts *parts, GMimeObject *object)
{
	return is_a(parts, object, parts->gmime->g_mime_part_get_type())
	         ? parts->gmime->g_mime_part_get_filename((GMimePart *)object)
	         : NULL;
}

/* A type that is none is taken for text, as no type is; GMime thinks of files then. */
static bool is_any_text(const struct mail_parts *parts, GMimeObject *object)
{
	const char *typed = parts->gmime->g_mime_object_get_header(object, "Content-Type");

	return is_type(parts, object, "text", "*") || (typed != NULL && strchr(typed, '/') == NULL);
}

/* Text that stands in the mail itself, not beside it. */
static bool is_text(const struct mail_parts *parts, GMimeObject *object)
{
	static const char *const files[] = { "calendar", "vcard", "x-vcard",        "directory",
		                             "csv",      "rtf",   "rfc822-headers", "x-amp-html" };
	const char *disposition = parts->gmime->g_mime_object_get_disposition(object);

	if (!is_a(parts, object, parts->gmime->g_mime_part_get_type()) ||
	    !is_any_text(parts, object) || file_name(parts, object) != NULL ||
	    (disposition != NULL && strcasecmp(disposition, "attachment") == 0))
		return false;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (is_type(parts, object, "text", files[i]))
			return false;
	return true;
}

static bool is_blank(const struct buf *text)
{
	return text->length == 0 || text->text[strspn(text->text, " \t\r\n")] == '\0';
}

/* ---- bytes ---- */

/* Decodes the content: its first bytes into out, if it is not NULL; returns how many it has. */
static size_t content(const struct mail_parts *parts, GMimePart *part, struct buf *out, size_t most)
{
	const struct mail_gmime *gmime = parts->gmime;
	GMimeDataWrapper *wrapper = gmime->g_mime_part_get_content(part);
	GMimeStream *stream, *decoded;
	GMimeFilter *filter;
	char piece[1 << 14];
	size_t total = 0;
	ssize_t length;

	if (wrapper == NULL)
		return 0;
	stream = gmime->g_mime_data_wrapper_get_stream(wrapper);
	gmime->g_mime_stream_reset(stream);
	decoded = gmime->g_mime_stream_filter_new(stream);
	filter =
	    gmime->g_mime_filter_basic_new(gmime->g_mime_data_wrapper_get_encoding(wrapper), false);
	gmime->g_mime_stream_filter_add((GMimeStreamFilter *)decoded, filter);
	while ((length = gmime->g_mime_stream_read(decoded, piece, sizeof(piece))) > 0) {
		size_t wanted = total < most ? most - total : 0;

		if (out != NULL && wanted > 0)
			buf_add_n(out, piece, (size_t)length < wanted ? (size_t)length : wanted);
		total += (size_t)length;
	}
	gmime->g_object_unref(filter);
	gmime->g_object_unref(decoded);
	return total;
}

static size_t message_size(const struct mail_parts *parts, GMimeMessage *message)
{
	GMimeStream *nowhere = parts->gmime->g_mime_stream_null_new();
	ssize_t size =
	    parts->gmime->g_mime_object_write_to_stream((GMimeObject *)message, NULL, nowhere);

	parts->gmime->g_object_unref(nowhere);
	return size > 0 ? (size_t)size : 0;
}

/* ---- attachments ---- */

static void add_attachment(struct mail_parts *parts, const char *name, size_t size)
{
	static const char *const units[] = { "B", "KB", "MB" };
	int unit = 0;

	while (unit < 2 && size >= 1000) {
		size = (size + 500) / 1000;
		unit++;
	}
	parts->attachment_count++;
	if (parts->attachments.length > NAMES_MAX)
		return;
	buf_printf(&parts->attachments, "%s%s (%zu %s)", parts->attachments.length > 0 ? "\n" : "",
	           name, size, units[unit]);
}

/* Names come in any bytes. */
static const char *clean_name(const struct mail_parts *parts, const char *name)
{
	struct buf text = { 0 };
	const char *line;

	mail_add_text(&text, name, strlen(name), NULL);
	line = mail_one_line(parts->arena, text.length > 0 ? text.text : "", NAME_MAX_CHARACTERS);
	buf_free(&text);
	return line;
}

static void name_message(struct mail_parts *parts, GMimeObject *object)
{
	GMimeMessage *message =
	    parts->gmime->g_mime_message_part_get_message((GMimeMessagePart *)object);
	const char *subject =
	    message != NULL ? parts->gmime->g_mime_message_get_subject(message) : NULL;

	subject = subject != NULL ? clean_name(parts, subject) : "";
	add_attachment(parts, subject[0] != '\0' ? subject : _("forwarded message"),
	               message != NULL ? message_size(parts, message) : 0);
}

static void name_file(struct mail_parts *parts, GMimeObject *object)
{
	const char *name = file_name(parts, object);
	char *type;

	name = name != NULL ? clean_name(parts, name) : "";
	if (name[0] == '\0') {
		type = parts->gmime->g_mime_content_type_get_mime_type(
		    parts->gmime->g_mime_object_get_content_type(object));
		name = clean_name(parts, type);
		free(type);
	}
	add_attachment(parts, name, content(parts, (GMimePart *)object, NULL, 0));
}

/* ---- texts ---- */

static void read_text(struct mail_parts *parts, GMimeObject *object, struct buf *out)
{
	bool html = is_type(parts, object, "text", "html");
	const char *charset = parameter(parts, object, "charset");
	const char *format = parameter(parts, object, "format");
	const char *del_sp = parameter(parts, object, "delsp");
	struct buf bytes = { 0 }, text = { 0 };
	size_t size = content(parts, (GMimePart *)object, &bytes, TEXT_MAX);

	parts->long_text |= size > bytes.length;
	if (bytes.length == 0)
		return;
	if (html && charset == NULL)
		charset = mail_html_charset(parts->arena, bytes.text, bytes.length);
	if (!mail_add_text(&text, bytes.text, bytes.length, charset) &&
	    parts->unknown_charset == NULL)
		parts->unknown_charset = clean_name(parts, charset);
	buf_free(&bytes);
	if (text.length > 0 && !html && format != NULL && strcasecmp(format, "flowed") == 0) {
		mail_unflow(text.text, del_sp != NULL && strcasecmp(del_sp, "yes") == 0);
		text.length = strlen(text.text);
	}
	if (text.length > 0 && out->length > 0)
		buf_add(out, out->text[out->length - 1] == '\n' ? "\n" : "\n\n");
	if (text.length > 0 && html)
		mail_add_html(out, text.text);
	else if (text.length > 0)
		buf_add_n(out, text.text, text.length);
	buf_free(&text);
}

/* ---- the tree ---- */

/* out NULL: only the attachments are wanted. */
static void walk(struct mail_parts *parts, GMimeObject *object, struct buf *out, int depth);

static GMimeObject *child(const struct mail_parts *parts, GMimeObject *multipart, int i)
{
	return parts->gmime->g_mime_multipart_get_part((GMimeMultipart *)multipart, i);
}

/* The child that is plain text and says anything, in `text`; or -1. */
static int find_plain(struct mail_parts *parts, GMimeObject *object, int count, struct buf *text)
{
	for (int i = 0; i < count; i++) {
		GMimeObject *part = child(parts, object, i);

		if (!is_text(parts, part) || !is_type(parts, part, "text", "plain"))
			continue;
		buf_clear(text);
		read_text(parts, part, text);
		if (!is_blank(text))
			return i;
	}
	return -1;
}

/* The plain text if there is one; else the last part that says anything: they get richer. */
static void walk_alternative(struct mail_parts *parts, GMimeObject *object, struct buf *out,
                             int depth)
{
	int count = parts->gmime->g_mime_multipart_get_count((GMimeMultipart *)object);
	struct buf text = { 0 };
	int plain = find_plain(parts, object, count, &text);
	bool found = plain >= 0;

	for (int i = count - 1; i >= 0; i--) {
		if (i == plain)
			continue;
		if (!found)
			buf_clear(&text);
		walk(parts, child(parts, object, i), found ? NULL : &text, depth + 1);
		found = found || !is_blank(&text);
	}
	if (found) {
		buf_add(out, out->length > 0 ? "\n\n" : "");
		buf_add_n(out, text.text, text.length);
	}
	buf_free(&text);
}

static void walk(struct mail_parts *parts, GMimeObject *object, struct buf *out, int depth)
{
	const struct mail_gmime *gmime = parts->gmime;
	int count;

	if (depth > DEPTH_MAX) {
		parts->deep = true;
		return;
	}
	if (is_a(parts, object, gmime->g_mime_message_part_get_type())) {
		name_message(parts, object);
	} else if (is_a(parts, object, gmime->g_mime_multipart_get_type())) {
		count = gmime->g_mime_multipart_get_count((GMimeMultipart *)object);
		if (out != NULL && is_type(parts, object, "multipart", "alternative")) {
			walk_alternative(parts, object, out, depth);
			return;
		}
		/* Of related parts the first one is the text, the others belong to it. */
		for (int i = 0; i < count; i++)
			walk(parts, child(parts, object, i),
			     i > 0 && is_type(parts, object, "multipart", "related") ? NULL : out,
			     depth + 1);
	} else if (is_text(parts, object)) {
		if (out != NULL && out->length < TEXTS_MAX)
			read_text(parts, object, out);
		else if (out != NULL)
			parts->long_text = true;
	} else if (is_a(parts, object, gmime->g_mime_part_get_type())) {
		name_file(parts, object);
	}
}

void mail_parts_read(struct mail_parts *parts, GMimeObject *object)
{
	walk(parts, object, &parts->text, 0);
}

void mail_parts_free(struct mail_parts *parts)
{
	buf_free(&parts->text);
	buf_free(&parts->attachments);
}
