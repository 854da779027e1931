/*
 * The language of the screens. English is the source; gettext translates.
 * LC_CTYPE becomes a UTF-8 locale (C.UTF-8 where the environment has none),
 * LC_NUMERIC stays C.
 */
#ifndef TRATO_BASE_I18N_H
#define TRATO_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define N_(text) (text)

/*
 * Language: "es", "en", or NULL / "auto" for what the environment says
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG in this order; English otherwise).
 * Catalogues are looked for beside the executable (../locale of a build tree),
 * else where `make install` puts them. May be called again to change it.
 */
void i18n_init(const char *language);
/* "es" or "en". */
const char *i18n_language(void);

#endif
