/*
 * What the table of commands and refusals call by English names, in the
 * language of the person. Options and their values stay as they are typed.
 */
#include "cli_private.h"

#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <model/audit.h>

static const char *const placeholders[] = {
	NC_("usage", "BLOCKING"), NC_("usage", "COMMAND"), NC_("usage", "DAY"),
	NC_("usage", "E-MAIL"),   NC_("usage", "FILE"),    NC_("usage", "ID"),
	NC_("usage", "NAME"),     NC_("usage", "NUMBER"),  NC_("usage", "ROLE"),
	NC_("usage", "SECONDS"),  NC_("usage", "STATE"),   NC_("usage", "TABLE"),
	NC_("usage", "TEXT"),
};

const char *cli_usage(struct arena *arena, const char *usage)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
	struct buf out = { 0 };

	while (*usage != '\0') {
		size_t length = *usage != '-' ? strspn(usage, letters) : 0;
		const char *word = arena_copy_n(arena, usage, length > 0 ? length : 1);

		for (size_t i = 0; i < sizeof(placeholders) / sizeof(placeholders[0]); i++)
			if (strcmp(placeholders[i], word) == 0)
				word = C_("usage", placeholders[i]);
		buf_add(&out, word);
		usage += length > 0 ? length : 1;
	}
	const char *copy = arena_copy(arena, out.text);
	buf_free(&out);
	return copy;
}

const char *cli_field_words(const char *field)
{
	if (strcmp(field, "password") == 0 || strcmp(field, "again") == 0)
		return _("Password");
	return audit_field_words(field);
}
