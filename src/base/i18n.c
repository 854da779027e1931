/*
 * The language and the locale of the process, set once at the start and again
 * when the configuration is read. main and the tests call it.
 */
#include <base/i18n.h>

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/mem.h>

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* glibc looks for catalogues again when it changes (gettext manual, "Being a gettext grok"). */
extern int _nl_msg_cat_cntr;

static const char *current = "en";
static enum i18n_locale locale;
static char *environment; /* LANGUAGE as it was before Trato set it */

static const char *known_language(const char *name, size_t length)
{
	if (length >= 2 && (length == 2 || strchr("_.@", name[2])))
		return !strncmp(name, "es", 2) ? "es" : !strncmp(name, "en", 2) ? "en" : NULL;
	return NULL;
}

static const char *language_from_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *list = environment;

	while (*list) {
		size_t length = strcspn(list, ":");
		const char *known = known_language(list, length);

		if (known)
			return known;
		list += length + (list[length] == ':');
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value) {
			const char *known = known_language(value, strlen(value));

			return known ? known : "en";
		}
	}
	return "en";
}

static void set_locale(void)
{
	locale = !setlocale(LC_ALL, "")                     ? I18N_MISSING
	       : strcmp(nl_langinfo(CODESET), "UTF-8") != 0 ? I18N_OTHER
	                                                    : I18N_UTF8;
	if (locale != I18N_UTF8)
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
}

static const char *bind_catalogue(void)
{
	static char path[PATH_MAX];
	char catalogue[PATH_MAX + 64];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 16);
	const char *directory = LOCALEDIR;

	if (length > 0) {
		path[length] = '\0';
		strcpy(strrchr(path, '/') + 1, "locale");
		snprintf(catalogue, sizeof catalogue, "%s/es/LC_MESSAGES/trato.mo", path);
		if (access(catalogue, R_OK) == 0)
			directory = path;
	}
	bindtextdomain("trato", directory);
	bind_textdomain_codeset("trato", "UTF-8");
	textdomain("trato");
	return directory;
}

/* gettext ignores LANGUAGE in the locale C, and since glibc 2.41 in C.UTF-8 too. So a locale
 * named like the language lies beside its catalogue. */
static void set_messages(const char *directory)
{
	const char *messages = setlocale(LC_MESSAGES, NULL);

	if (strcmp(messages, "POSIX") != 0 && strcmp(messages, "C") != 0 &&
	    strncmp(messages, "C.", 2) != 0)
		return;
	setenv("LOCPATH", directory, 1);
	if (!setlocale(LC_MESSAGES, current))
		setlocale(LC_MESSAGES, "C.UTF-8");
	unsetenv("LOCPATH");
}

void i18n_init(const char *language)
{
	if (!environment)
		environment = mem_copy(getenv("LANGUAGE") ? getenv("LANGUAGE") : "");
	current = language ? known_language(language, strlen(language)) : NULL;
	if (!current)
		current = language_from_environment();
	setenv("LANGUAGE", current, 1);
	unsetenv("LOCPATH"); /* nobody's but the system's locales and Trato's own */
	set_locale();
	set_messages(bind_catalogue());
	_nl_msg_cat_cntr++;
}

enum i18n_locale i18n_locale(void)
{
	return locale;
}

static bool is_source(void)
{
	return strcmp(current, "en") == 0;
}

const char *i18n_text(const char *text)
{
	return is_source() ? text : gettext(text);
}

/* The translation of nothing is the catalogue's heading. */
bool i18n_has_texts(void)
{
	static const char heading[] = "";

	return is_source() || gettext(heading)[0] != '\0';
}

const char *i18n_language(void)
{
	return current;
}

/* gettext stores context and text with EOT between them. */
const char *i18n_in_context(const char *context, const char *text)
{
	char key[256];
	const char *found;
	int length;

	if (is_source())
		return text;
	length = snprintf(key, sizeof key, "%s\004%s", context, text);
	if (length < 0 || (size_t)length >= sizeof key)
		return text;
	found = gettext(key);
	return found == key ? text : found;
}
