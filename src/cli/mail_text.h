/*
 * From the bytes of a mail to text: character sets, HTML, lengths. Everything
 * takes time in proportion to what it is given. Only for mail_*.c.
 */
#ifndef TRATO_CLI_MAIL_TEXT_H
#define TRATO_CLI_MAIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <base/arena.h>
#include <base/buf.h>

/*
 * Adds the bytes as UTF-8, with lines that end by LF, and NUL as U+2400. What cannot be read
 * becomes U+FFFD, one for each byte. charset NULL, one of ASCII's names, or none that is known:
 * UTF-8 where it is that. Else bytes of no charset are taken for windows-1252, and false says that
 * the name is not known: its ASCII is there, the rest is marked.
 */
bool mail_add_text(struct buf *out, const char *bytes, size_t length, const char *charset);

/* Adds what people read of an HTML text in UTF-8: paragraphs, lists, entities; no scripts, styles,
 * comments or invisible filling. */
void mail_add_html(struct buf *out, const char *html);
/* What its <meta> says, or NULL. */
const char *mail_html_charset(struct arena *arena, const char *bytes, size_t length);

/* Joins lines that were broken for the journey (RFC 3676); in place. */
void mail_unflow(char *text, bool del_sp);

/* On one line, without control characters; at most that many characters, with an ellipsis. */
const char *mail_one_line(struct arena *arena, const char *text, size_t most);
/* The bytes of the first so many characters. */
size_t mail_prefix(const char *text, size_t characters);
size_t mail_characters(const char *text);

#endif
