/*
 * What trato doctor finds on this computer: configuration, terminal, language.
 */
#include "doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/log.h>
#include <db/probe.h>

/* ---- Configuration */

/* good: nothing was wrong with any of them, so all were read to their end. */
static void tell_file(struct doctor *doctor, const char *path, bool good, int *found)
{
	struct stat status;

	if (!path || stat(path, &status) != 0 || access(path, R_OK) != 0)
		return;
	(*found)++;
	if (status.st_mode & (S_IWGRP | S_IWOTH))
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_WARNING,
		            arena_printf(doctor->arena,
		                         _("Others may write %s, and so choose the server."), path),
		            arena_printf(doctor->arena, _("Take that away: chmod go-w %s"), path));
	else if (good)
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_OK,
		            arena_printf(doctor->arena, _("%s is read."), path), "");
}

static void tell_keys(struct doctor *doctor)
{
	struct buf warnings = { 0 };
	struct err err = { 0 };

	if (!doctor->context->keys(doctor->conf, &warnings, &err))
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_FAULT, err.text,
		            _("trato keys tells which keys there are."));
	if (warnings.length > 0)
		warnings.text[strcspn(warnings.text, "\n")] = '\0';
	if (warnings.length > 0)
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_WARNING, warnings.text,
		            _("trato keys tells which keys there are."));
	buf_free(&warnings);
}

void doctor_configuration(struct doctor *doctor)
{
	static const char all_options[] = N_("man trato.conf tells what it may say.");
	const char *extra = doctor->context->file;
	struct err err = { 0 };
	bool good = conf_load(&doctor->conf, extra, false, &err);
	int found = 0;

	if (!good) {
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_FAULT, err.text, _(all_options));
		doctor->conf = conf_new();
	}
	i18n_init(doctor->conf->language);
	tell_file(doctor, conf_file(doctor->arena, CONF_SYSTEM), good, &found);
	tell_file(doctor, conf_file(doctor->arena, CONF_PERSONAL), good, &found);
	tell_file(doctor, extra, good, &found);
	if (found == 0 && good)
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_OK,
		            _("There is no file: everything is as it comes."), "");
	if (probe_has_password(doctor->conf->connection))
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_WARNING,
		            arena_printf(doctor->arena, _("%s: there is a password in it."),
		                         doctor->conf->connection_place),
		            _("Take it out: Trato asks for it, and each person has an own one."));
	if (!log_open(doctor->conf->log_file, &err))
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_FAULT, err.text,
		            _("Correct log_file, or leave it out."));
	tell_keys(doctor);
}

/* ---- Terminal */

enum { ROWS_GOOD = 24, COLUMNS_GOOD = 80 };

static void tell_letters(struct doctor *doctor, const struct traits *traits)
{
	if (traits->letters == LETTERS_BROKEN)
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_FAULT,
		            _("It does not draw letters in UTF-8."),
		            _("Set its character set to UTF-8, or ascii = true; in trato.conf."));
	else if (traits->letters == LETTERS_UNKNOWN && traits->full_screen)
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_WARNING,
		            _("It does not tell whether it draws letters in UTF-8."),
		            _("If ñ and € do not look right, set its character set to UTF-8."));
}

static const char *describe(struct doctor *doctor, const struct traits *traits)
{
	struct arena *arena = doctor->arena;
	const char *colours = traits->colours == 0
	                        ? _("no colours")
	                        : arena_printf(arena, _("%d colours"), traits->colours);

	return arena_printf(arena, "%s, %s, %d×%d%s%s", traits->kind, colours, traits->width,
	                    traits->height, traits->mouse ? _(", with a mouse") : "",
	                    traits->letters == LETTERS_DRAWN ? _(", UTF-8 is drawn") : "");
}

void doctor_terminal(struct doctor *doctor)
{
	struct traits traits;

	doctor->context->look(&traits);
	if (!traits.terminal) {
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_OK,
		            _("There is none here, so it is not looked at."), "");
		return;
	}
	if (!traits.known || !traits.full_screen) {
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_FAULT,
		            arena_printf(doctor->arena,
		                         traits.known
		                             ? _("A terminal of the kind “%s” has no full screens.")
		                             : _("The kind of terminal “%s” is not known here."),
		                         traits.kind),
		            _("Set TERM to what it is, for example xterm-256color; ncurses-term "
		              "has rarer ones."));
		return;
	}
	if (traits.height < ROWS_GOOD || traits.width < COLUMNS_GOOD)
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_WARNING, describe(doctor, &traits),
		            _("Make it larger: the screens are laid out for 80×24 and more."));
	else
		doctor_tell(doctor, CHECK_TERMINAL, DOCTOR_OK, describe(doctor, &traits), "");
	tell_letters(doctor, &traits);
}

/* ---- Language */

static const char *environment_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (int i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "C";
}

void doctor_locale(struct doctor *doctor)
{
	const char *locale = environment_locale();
	const char *language = strcmp(i18n_language(), "es") == 0 ? _("Spanish") : _("English");

	switch (i18n_locale()) {
	case I18N_MISSING:
		doctor_tell(doctor, CHECK_LOCALE, DOCTOR_WARNING,
		            arena_printf(doctor->arena, _("The locale %s is not installed here."),
		                         locale),
		            _("Install it (dpkg-reconfigure locales), or set LANG=C.UTF-8."));
		break;
	case I18N_OTHER:
		doctor_tell(doctor, CHECK_LOCALE, DOCTOR_WARNING,
		            arena_printf(doctor->arena,
		                         _("The locale %s is none of UTF-8; C.UTF-8 is taken."),
		                         locale),
		            _("Set LANG=C.UTF-8, or that of your language with .UTF-8."));
		break;
	case I18N_UTF8:
		doctor_tell(doctor, CHECK_LOCALE, DOCTOR_OK,
		            arena_printf(doctor->arena, _("%s, texts in %s."), locale, language),
		            "");
	}
	if (!i18n_has_texts())
		doctor_tell(doctor, CHECK_LOCALE, DOCTOR_WARNING,
		            _("The texts in Spanish are not installed, so they are in English."),
		            _("Install Trato again, with make install or its package."));
}
