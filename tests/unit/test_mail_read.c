/*
 * What is read of a message: bytes in, texts out. Samples as mail programs write
 * them stand in tests/cli/mail; here is one thing at a time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#include "cli/mail_read.h"

enum { NOW = 1795616800 }; /* 2026-11-25 14:26:40 UTC */

#define HEAD "From: Eva <eva@acme.es>\nTo: ana@t.es\nDate: Wed, 25 Nov 2026 10:00:00 +0100\n"
#define MIME HEAD "MIME-Version: 1.0\nContent-Type: "
#define PEOPLE "From: Eva <eva@acme.es>\nTo: ana@t.es\n\n"

static struct {
	struct arena *arena;
	struct mail mail;
} test;

static const struct mail *read_bytes(const char *bytes, size_t length)
{
	struct err err = { 0 };

	arena_reset(test.arena);
	if (!mail_read(test.arena, bytes, length, false, NOW, &test.mail, &err))
		fail_msg("%s", err.text);
	assert_true(text_is_valid(test.mail.body, strlen(test.mail.body)));
	assert_true(text_is_valid(test.mail.subject, strlen(test.mail.subject)));
	assert_true(text_is_valid(test.mail.attachments, strlen(test.mail.attachments)));
	assert_true(test.mail.subject[0] != '\0' && test.mail.id[0] == '<');
	return &test.mail;
}

static const struct mail *read_mail(const char *text)
{
	return read_bytes(text, strlen(text));
}

#define assert_body(text, expected) assert_string_equal(read_mail(text)->body, expected)
#define assert_tells(text, part)                                           \
	do {                                                               \
		if (strstr(read_mail(text)->body, part) == NULL)           \
			fail_msg("no “%s” in:\n%s", part, test.mail.body); \
	} while (0)

/* ---- header ---- */

static void test_mail_read__addresses(void **state)
{
	const struct mail *mail = read_mail("From: =?utf-8?Q?Mu=C3=B1oz=2C_Eva?= <Eva@ACME.es>\n"
	                                    "To: \"Ana, R.\" <ana@t.es>,\n luis@t.es\n"
	                                    "Cc: Group: a@b.c, <d@e.f>;\n\nx\n");

	(void)state;
	assert_int_equal(mail->from.count, 1);
	assert_string_equal(mail->from.items[0], "Eva@ACME.es");
	assert_int_equal(mail->to.count, 4);
	assert_string_equal(mail->to.items[1], "luis@t.es");
	assert_string_equal(mail->to.items[3], "d@e.f");
	assert_string_equal(mail->sender, "\"Muñoz, Eva\" <Eva@ACME.es>");
	assert_non_null(strstr(mail->recipients, "luis@t.es, Group: a@b.c"));
	mail = read_mail("Sender: eva@acme.es\n\nx\n");
	assert_string_equal(mail->from.items[0], "eva@acme.es");
	mail = read_mail("From: eva@acme.es\nSender: luis@t.es\nFrom: paz@beta.es\n\nx\n");
	assert_int_equal(mail->from.count, 2);
	mail = read_mail("To: a@b.c\nBcc: eva@acme.es\n\nx\n");
	assert_string_equal(mail->to.items[1], "eva@acme.es");
	assert_string_equal(mail->recipients, "a@b.c");
	mail = read_mail("From: @ <, ;;\"\nTo: ,,,\n\nx\n");
	assert_string_equal(mail->recipients, "");
}

static void test_mail_read__ids(void **state)
{
	char first[1000];

	(void)state;
	assert_string_equal(read_mail("Message-ID: <a.b+c@d>\n\nx\n")->id, "<a.b+c@d>");
	assert_string_equal(read_mail("message-id:\n <a@d>\n\nx\n")->id, "<a@d>");
	/* Nobody else gets an id that would not pass as one. */
	assert_non_null(strstr(read_mail("Message-ID: <a b\x01@d>\n\nx\n")->id, "@sha256.trato>"));
	snprintf(first, sizeof(first), "%s", read_mail(HEAD "\nx\n")->id);
	assert_non_null(strstr(first, "@sha256.trato>"));
	assert_string_equal(read_mail("Received: by y\n" HEAD "\nx\n")->id, first);
	assert_string_equal(read_mail("From eva Wed Nov 25\n" HEAD "\nx\n")->id, first);
	assert_string_not_equal(read_mail(HEAD "\ny\n")->id, first);
	assert_string_not_equal(read_mail(HEAD "Subject: x\n\nx\n")->id, first);
}

static void test_mail_read__references(void **state)
{
	const struct mail *mail =
	    read_mail("References: <a@b> junk <c@d>\n\t<e@f>\nIn-Reply-To: your mail <g@h>\n\nx\n");
	struct buf many = { 0 };

	(void)state;
	assert_int_equal(mail->references.count, 4);
	assert_string_equal(mail->references.items[0], "<a@b>");
	assert_string_equal(mail->references.items[3], "<g@h>");
	buf_add(&many, "References:");
	for (int i = 0; i < 500; i++)
		buf_printf(&many, " <%d@x>\n", i);
	buf_add(&many, "\nx\n");
	mail = read_mail(many.text);
	assert_int_equal(mail->references.count, MAIL_REFERENCES_MAX);
	assert_string_equal(mail->references.items[MAIL_REFERENCES_MAX - 1], "<499@x>");
	buf_free(&many);
}

static void test_mail_read__dates(void **state)
{
	(void)state;
	assert_string_equal(read_mail(HEAD "\nx\n")->date, "2026-11-25 09:00:00+00");
	assert_string_equal(read_mail("Date: 25 Nov 26 10:00 GMT\n\nx\n")->date,
	                    "2026-11-25 10:00:00+00");
	assert_string_equal(read_mail("Date: Wed Nov 25 10:00:00 2026\n\nx\n")->date,
	                    "2026-11-25 10:00:00+00");
	/* A clock that is somewhat fast */
	assert_string_equal(read_mail("Date: Wed, 25 Nov 2026 14:30:00 +0000\n\nx\n")->date,
	                    "2026-11-25 14:30:00+00");
	assert_string_equal(read_mail("\nx\n")->date, "");
	assert_non_null(strstr(test.mail.body, "[The mail has no date."));
	assert_tells("Date: Thu, 26 Nov 2026 10:00:00 +0000\n\nx\n",
	             "[The mail's date cannot be right: Thu, 26 Nov 2026 10:00:00 +0000.");
	assert_tells("Date: Thu, 1 Jan 1970 00:00:00 +0000\n\nx\n", "cannot be right");
	assert_tells("Date: Fri, 31 Dec 9999 23:59:59 -9999\n\nx\n", "cannot be right");
	assert_tells("Date: \x1b]0;x\x07 never\n\nx\n", "cannot be right: ]0;x never.");
	assert_string_equal(test.mail.date, "");
}

static void test_mail_read__subjects(void **state)
{
	struct buf many = { 0 };

	(void)state;
	assert_string_equal(read_mail("Subject: a\n b\n\nx\n")->subject, "a b");
	assert_string_equal(read_mail("Subject: =?utf-8?Q?a=0D=0ABcc:_b?=\n\nx\n")->subject,
	                    "a Bcc: b");
	assert_string_equal(read_mail("Subject: ma\xF1"
	                              "ana\n\nx\n")
	                        ->subject,
	                    "mañana");
	assert_string_equal(read_mail("Subject:  \n\nx\n")->subject, "(no subject)");
	assert_string_equal(read_mail("\nx\n")->subject, "(no subject)");
	buf_add(&many, "Subject: ");
	for (int i = 0; i < 400; i++)
		buf_add(&many, "ñ");
	buf_add(&many, "\n\nx\n");
	assert_int_equal(strlen(read_mail(many.text)->subject), 2 * 299 + 3);
	buf_free(&many);
}

/* ---- text ---- */

static void test_mail_read__plain_text(void **state)
{
	(void)state;
	assert_body(HEAD "\nHola,  \n\n\n\n\n  Ana\n\n", PEOPLE "Hola,\n\n\n  Ana");
	assert_body(HEAD "\n", "From: Eva <eva@acme.es>\nTo: ana@t.es\n");
	assert_body(
	    MIME "text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: base64\n\nbWHxYW5h\n",
	    PEOPLE "mañana");
	assert_body(MIME
	            "text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
	            "ma=C3=B1ana =\nhoy =XX\n",
	            PEOPLE "mañana hoy =XX");
	assert_body(MIME "text/plain; format=flowed; delsp=yes\n\na \nb\n", PEOPLE "ab");
	assert_body(MIME "text/plain; charset=x-none\n\na\xF1\n",
	            PEOPLE "a\uFFFD\n\n[The character set “x-none” is not known here. What could "
	                   "not be read is marked.]");
	assert_body(MIME "text/html; charset=utf-8\n\n<p>a<p>b\n", PEOPLE "a\n\nb");
	assert_body(MIME "text/html\n\n<meta charset=iso-8859-15>\xA4\n", PEOPLE "€");
	assert_body(MIME "x\n\na\n", PEOPLE "a");
}

#define ALTERNATIVE(a, b) \
	MIME "multipart/alternative; boundary=b\n\n--b\n" a "\n--b\n" b "\n--b--\n"
#define MIXED(a, b) MIME "multipart/mixed; boundary=b\n\n--b\n" a "\n--b\n" b "\n--b--\n"

static void test_mail_read__alternatives(void **state)
{
	(void)state;
	assert_body(ALTERNATIVE("\nplain", "Content-Type: text/html\n\n<b>html"), PEOPLE "plain");
	assert_body(ALTERNATIVE("Content-Type: text/html\n\n<b>html", "\nplain"), PEOPLE "plain");
	assert_body(ALTERNATIVE("\n  \n", "Content-Type: text/html\n\n<b>html"), PEOPLE "html");
	assert_body(ALTERNATIVE("Content-Type: text/html\n\nfirst",
	                        "Content-Type: text/html\n\n<i>second"),
	            PEOPLE "second");
	assert_body(ALTERNATIVE("\nplain", "Content-Type: multipart/related; boundary=c\n\n--c\n"
	                                   "Content-Type: text/html\n\nhtml\n--c\n"
	                                   "Content-Type: image/png; name=logo.png\n\nx\n--c--"),
	            PEOPLE "plain");
	assert_string_equal(test.mail.attachments, "logo.png (1 B)");
	assert_body(ALTERNATIVE("Content-Type: image/png\n\nx", "Content-Type: image/gif\n\ny"),
	            "From: Eva <eva@acme.es>\nTo: ana@t.es\n");
	assert_string_equal(test.mail.attachments, "image/gif (1 B)\nimage/png (1 B)");
}

static void test_mail_read__several_texts(void **state)
{
	(void)state;
	assert_body(MIXED("\none", "Content-Type: text/html\n\n<p>two"), PEOPLE "one\n\ntwo");
	assert_string_equal(test.mail.attachments, "");
	assert_body(MIME
	            "multipart/signed; boundary=b\n\n--b\n\ntext\n--b\n"
	            "Content-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--\n",
	            PEOPLE "text");
	assert_string_equal(test.mail.attachments, "signature.asc (1 B)");
}

/* ---- attachments ---- */

static void test_mail_read__attachments_are_named(void **state)
{
	(void)state;
	assert_body(MIXED("\ntext",
	                  "Content-Type: application/pdf; name*0*=utf-8''pe%C3%B1; name*1*=a.pdf\n"
	                  "Content-Transfer-Encoding: base64\n\nYWJjZA=="),
	            PEOPLE "text");
	assert_string_equal(test.mail.attachments, "peña.pdf (4 B)");
	read_mail(MIXED(
	    "\ntext",
	    "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nsecret"));
	assert_string_equal(test.mail.attachments, "notes.txt (6 B)");
	assert_null(strstr(test.mail.body, "secret"));
	read_mail(MIXED("\ntext",
	                "Content-Type: text/plain; name=\"a\x1b[1m\xE2\x80\xAE.txt\"\n\nx"));
	assert_string_equal(test.mail.attachments, "a [1m\u202E.txt (1 B)");
	read_mail(MIXED("\ntext", "Content-Type: message/rfc822\n\nSubject: Fwd: plan\n\nx"));
	assert_non_null(strstr(test.mail.attachments, "Fwd: plan ("));
	read_mail(MIXED("\ntext", "Content-Type: application/octet-stream\n\n"));
	assert_string_equal(test.mail.attachments, "application/octet-stream (0 B)");
	read_mail(MIME "application/pdf; name=only.pdf\n\nx\n");
	assert_string_equal(test.mail.attachments, "only.pdf (2 B)");
}

static void test_mail_read__many_attachments(void **state)
{
	struct buf many = { 0 };

	(void)state;
	buf_add(&many, MIME "multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 3000; i++)
		buf_printf(&many, "--b\nContent-Type: image/png; name=picture%d.png\n\nx\n", i);
	read_mail(many.text);
	assert_true(strlen(test.mail.attachments) <= MAIL_ATTACHMENTS_MAX);
	assert_non_null(strstr(test.mail.attachments, "picture0.png (1 B)\npicture1.png"));
	assert_non_null(strstr(test.mail.attachments, " more"));
	buf_free(&many);
}

/* ---- broken, hostile, large ---- */

static void test_mail_read__broken(void **state)
{
	(void)state;
	assert_tells("", "[The mail has no date.");
	assert_tells("\n\n\n", "[The mail has no date.");
	assert_tells("From x\n", "[The mail has no date.");
	assert_tells("no header at all", "no header at all");
	assert_body(MIME "multipart/mixed; boundary=never\n\ntext\n", PEOPLE "text");
	assert_body(MIME "multipart/mixed\n\n--b\n\ntext\n", PEOPLE "--b\n\ntext");
	assert_body(MIME "multipart/mixed; boundary=b\n\n--b\n\ntext", PEOPLE "text");
	assert_body(MIME "text/plain\nContent-Transfer-Encoding: x-unknown\n\ntext\n",
	            PEOPLE "text");
	assert_body(MIME "text/plain\nContent-Transfer-Encoding: base64\n\n!!\n", PEOPLE "!!");
	read_bytes("Subject: a\0b\n\nc\0d\n", 17);
	assert_non_null(strstr(test.mail.body, "c␀d"));
}

static void test_mail_read__text_is_cut(void **state)
{
	struct buf long_text = { 0 };

	(void)state;
	buf_add(&long_text, HEAD "\n");
	for (int i = 0; i < 150000; i++)
		buf_add(&long_text, "ñ");
	read_mail(long_text.text);
	assert_int_equal(strlen(test.mail.body) / 2 < MAIL_BODY_MAX, true);
	assert_non_null(strstr(test.mail.body,
	                       "ñ\n\n[The mail goes on. Only its beginning is kept here.]"));
	buf_free(&long_text);
}

static void read_repeated(const char *head, const char *piece, int count)
{
	struct buf text = { 0 };

	buf_add(&text, head);
	for (int i = 0; i < count; i++)
		buf_add(&text, piece);
	read_bytes(text.text, text.length);
	buf_free(&text);
}

/* What would take the memory or the stack of GMime. */
static void test_mail_read__too_intricate(void **state)
{
	static const char note[] =
	    "[The mail is too large or too intricate; its end was not looked at.]";
	struct buf nested = { 0 };

	(void)state;
	read_repeated(HEAD "\n", "Content-Type: text/plain\n", 100000);
	assert_null(strstr(test.mail.body, note)); /* that is text */
	read_repeated(HEAD, "a: b\n", 100000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated(MIME "multipart/mixed; boundary=b\n\n", "--b\n\n", 100000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated(HEAD, "Content-Type: message/rfc822\n\n", 100000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated(MIME "multipart/digest; boundary=b\n\n", "--b\n\na: b\n\n", 100000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated("To: ", "a:", 400000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated(MIME "message/rfc822\n--x: y\n\nTo: ", "a:", 400000);
	assert_non_null(strstr(test.mail.body, note));
	read_repeated("To: ", "(", 900000);
	buf_add(&nested, HEAD);
	for (int i = 0; i < 5000; i++)
		buf_printf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	read_bytes(nested.text, nested.length);
	buf_free(&nested);
	assert_non_null(strstr(test.mail.body, "[Some parts lie too deep"));
}

static int begin(void **state)
{
	(void)state;
	i18n_init("en");
	test.arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&test.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mail_read__addresses),
		cmocka_unit_test(test_mail_read__ids),
		cmocka_unit_test(test_mail_read__references),
		cmocka_unit_test(test_mail_read__dates),
		cmocka_unit_test(test_mail_read__subjects),
		cmocka_unit_test(test_mail_read__plain_text),
		cmocka_unit_test(test_mail_read__alternatives),
		cmocka_unit_test(test_mail_read__several_texts),
		cmocka_unit_test(test_mail_read__attachments_are_named),
		cmocka_unit_test(test_mail_read__many_attachments),
		cmocka_unit_test(test_mail_read__broken),
		cmocka_unit_test(test_mail_read__text_is_cut),
		cmocka_unit_test(test_mail_read__too_intricate),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
