/*
 * A file to import: any bytes in any encoding become records of valid cells,
 * twice the same, or are refused by a sentence; headings become columns. The
 * first byte says which encoding is named, and what is imported.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <base/text.h>

#include "cli/csv_formula.h"
#include "cli/csv_read.h"
#include "cli/import_columns.h"

struct count {
	const char *entity;
	long records, cells, last_line;
	size_t bytes;
};

static bool on_record(void *ctx, const struct csv_record *record, struct err *err)
{
	struct count *count = ctx;

	(void)err;
	fuzz_assert(record->count > 0 && record->line > count->last_line);
	count->last_line = record->line;
	count->records++;
	for (int i = 0; i < record->count; i++) {
		const char *cell = record->cells[i];

		fuzz_assert(cell && text_is_valid(cell, strlen(cell)));
		count->cells++;
		count->bytes += strlen(cell);
		csv_is_formula(cell);
		if (count->records == 1)
			import_column(count->entity, cell);
	}
	return true;
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	static const char *const encodings[] = { NULL, "UTF-8", "UTF-16", "UTF-16LE", "CP850",
		                                 "WINDOWS-1252", "SHIFT_JIS", "UTF-7" };
	static const char *const entities[] = { "client", "contact", "division" };
	struct fuzz_input input = { bytes, length };
	unsigned choice = fuzz_byte(&input);
	struct count first = { .entity = entities[choice / 8 % 3] }, second = first;
	struct err err = { 0 };
	struct csv_source *source;
	bool walked;

	i18n_init("en");
	source = csv_open(fuzz_file(input.at, input.left), encodings[choice % 8], &err);
	if (!source) {
		fuzz_assert(err.kind != 0 && err.text[0] != '\0');
		fuzz_assert_clean(err.text, false);
		return;
	}
	walked = csv_walk(source, on_record, &first, &err);
	fuzz_assert(walked ? err.kind == 0 : err.text[0] != '\0');
	fuzz_assert_clean(err.text, false);
	err = (struct err){ 0 };
	fuzz_assert(csv_walk(source, on_record, &second, &err) == walked);
	fuzz_assert(first.records == second.records && first.cells == second.cells &&
	            first.bytes == second.bytes);
	csv_close(&source);
}
