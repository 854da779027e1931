/*
 * The language of the screens. English is the source; gettext translates.
 * LC_CTYPE becomes a UTF-8 locale (C.UTF-8 where the environment has none),
 * LC_NUMERIC stays C.
 */
#ifndef TRATO_BASE_I18N_H
#define TRATO_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

#define _(text) i18n_text(text)
#define N_(text) (text)
/* The same for short words that mean several things: C_("action state", "open") and
 * _("open") are two messages. NC_ marks a word of a static table for i18n_in_context. */
#define C_(context, text) i18n_in_context(context, text)
#define NC_(context, text) (text)

/*
 * Language: "es", "en", or NULL / "auto" for what the environment says
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG in this order; English otherwise).
 * Catalogues are looked for beside the executable (../locale of a build tree),
 * else where `make install` puts them. May be called again to change it.
 */
void i18n_init(const char *language);
/* As gettext, which looks for a catalogue of the source language at each of its texts. */
const char *i18n_text(const char *text) __attribute__((format_arg(1)));
const char *i18n_in_context(const char *context, const char *text);
/* What the environment's locale came to. */
enum i18n_locale {
	I18N_UTF8,
	I18N_OTHER,   /* none, or another character set: C.UTF-8 in its place */
	I18N_MISSING, /* it is not installed: C.UTF-8 in its place */
};
enum i18n_locale i18n_locale(void);
/* Whether the texts of that language are there; those in English always are. */
bool i18n_has_texts(void);
/* "es" or "en". */
const char *i18n_language(void);

#endif
