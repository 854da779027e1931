/*
 * The bytes of a draft: a line "word text" for each value, line feeds and
 * backslashes escaped, the last line a checksum of all before it. What is read
 * may be anything: every line has to be the one that is expected there.
 */
#include <view/draft.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/text.h>

#define DRAFT_FORMAT "1"
enum { CELLS_MAX = 20000, PARTS_MAX = 200 };

/* FNV-1a: every step can be undone, so that no change of a single byte goes unseen. */
static uint64_t draft_checksum(const char *bytes, size_t length)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return sum;
}

/* ---- writing ---- */

static void put_line(struct buf *out, const char *word, const char *text)
{
	buf_add(out, word);
	buf_add(out, " ");
	for (size_t plain; *text != '\0'; text += plain + (text[plain] != '\0')) {
		plain = strcspn(text, "\\\n");
		buf_add_n(out, text, plain);
		if (text[plain] != '\0')
			buf_add(out, text[plain] == '\n' ? "\\n" : "\\\\");
	}
	buf_add(out, "\n");
}

static void put_number(struct buf *out, const char *word, int64_t number)
{
	buf_printf(out, "%s %" PRId64 "\n", word, number);
}

static void put_content(struct buf *out, const struct form_content *content)
{
	if (content->value != NULL)
		put_line(out, "value", content->value);
	put_line(out, "text", content->text);
}

static void put_parts(struct buf *out, const char *word, const struct draft_parts *parts)
{
	put_number(out, word, parts->count);
	for (int i = 0; i < parts->count; i++) {
		const struct draft_part *part = &parts->parts[i];

		put_line(out, "field", part->name);
		put_number(out, "lines", part->lines);
		put_number(out, "columns", part->columns);
		put_content(out, &part->content);
		for (int cell = 0; cell < part->lines * part->columns; cell++)
			put_content(out, &part->cells[cell]);
	}
}

void draft_write(const struct draft *draft, struct buf *out)
{
	buf_clear(out);
	put_line(out, "trato-draft", DRAFT_FORMAT);
	put_line(out, "database", draft->database);
	put_line(out, "person", draft->person);
	put_line(out, "form", draft->form);
	put_number(out, "args", draft->args);
	for (int i = 0; i < draft->args; i++)
		put_number(out, "arg", draft->arg[i]);
	put_line(out, "title", draft->title);
	put_line(out, "about", draft->about);
	put_line(out, "request", draft->request_id);
	put_number(out, "saving", draft->saving);
	put_number(out, "written", draft->written);
	put_line(out, "current", draft->current);
	put_number(out, "line", draft->line);
	put_number(out, "column", draft->column);
	put_parts(out, "now", &draft->now);
	put_parts(out, "before", &draft->before);
	buf_printf(out, "end %016" PRIx64 "\n", draft_checksum(out->text, out->length));
}

/* ---- reading ---- */

struct reader {
	struct arena *arena;
	const char *at, *end; /* the checksum's line is not in it */
	bool failed;
};

/* The text of the next line, which begins with that word; NULL where it does not. */
static char *next_line(struct reader *reader, const char *word)
{
	size_t length = strlen(word), left = (size_t)(reader->end - reader->at);
	const char *stop = memchr(reader->at, '\n', left);
	char *text, *to;

	if (stop == NULL || (size_t)(stop - reader->at) <= length ||
	    memcmp(reader->at, word, length) != 0 || reader->at[length] != ' ')
		return NULL;
	reader->at += length + 1;
	text = to = arena_copy_n(reader->arena, reader->at, (size_t)(stop - reader->at));
	for (const char *from = text; *from != '\0'; from++) {
		if (*from == '\\' && from[1] != '\0')
			*to++ = *++from == 'n' ? '\n' : *from;
		else
			*to++ = *from;
	}
	*to = '\0';
	reader->at = stop + 1;
	return text;
}

static const char *get_line(struct reader *reader, const char *word)
{
	const char *text = next_line(reader, word);

	reader->failed = reader->failed || text == NULL;
	return text != NULL ? text : "";
}

static int64_t get_number(struct reader *reader, const char *word, int64_t least, int64_t most)
{
	const char *text = get_line(reader, word);
	char *end;
	int64_t number = strtoll(text, &end, 10);

	if (*text == '\0' || *end != '\0' || number < least || number > most) {
		reader->failed = true;
		return least;
	}
	return number;
}

static struct form_content get_content(struct reader *reader)
{
	struct form_content content;

	content.value = next_line(reader, "value");
	content.text = get_line(reader, "text");
	return content;
}

static void get_part(struct reader *reader, struct draft_part *part)
{
	struct form_content *cells;

	part->name = get_line(reader, "field");
	part->lines = (int)get_number(reader, "lines", 0, CELLS_MAX);
	part->columns = (int)get_number(reader, "columns", 0, PARTS_MAX);
	part->content = get_content(reader);
	if (part->lines > 0 && part->columns > CELLS_MAX / part->lines)
		reader->failed = true;
	if (reader->failed)
		return;
	cells = arena_alloc(reader->arena,
	                    (size_t)part->lines * (size_t)part->columns * sizeof(*cells));
	for (int i = 0; i < part->lines * part->columns && !reader->failed; i++)
		cells[i] = get_content(reader);
	part->cells = cells;
}

static void get_parts(struct reader *reader, const char *word, struct draft_parts *parts)
{
	int count = (int)get_number(reader, word, 0, PARTS_MAX);

	parts->parts = arena_alloc(reader->arena, (size_t)count * sizeof(*parts->parts));
	for (; parts->count < count && !reader->failed; parts->count++)
		get_part(reader, &parts->parts[parts->count]);
}

/* The lines before the last one, where that has their checksum. */
static bool check_whole(struct reader *reader, const char *bytes, size_t length)
{
	char last[32];
	size_t size = (size_t)snprintf(last, sizeof(last), "end %016x\n", 0);

	if (length <= size || length > DRAFT_SIZE_MAX || memchr(bytes, '\0', length) != NULL ||
	    !text_is_valid(bytes, length))
		return false;
	snprintf(last, sizeof(last), "end %016" PRIx64 "\n", draft_checksum(bytes, length - size));
	reader->at = bytes;
	reader->end = bytes + length - size;
	return memcmp(reader->end, last, size) == 0;
}

struct draft *draft_read(struct arena *arena, const char *bytes, size_t length)
{
	struct reader reader = { .arena = arena };
	struct draft *draft = arena_alloc(arena, sizeof(*draft));

	if (!check_whole(&reader, bytes, length) ||
	    strcmp(get_line(&reader, "trato-draft"), DRAFT_FORMAT) != 0)
		return NULL;
	draft->database = get_line(&reader, "database");
	draft->person = get_line(&reader, "person");
	draft->form = get_line(&reader, "form");
	draft->args = (int)get_number(&reader, "args", 0, DRAFT_ARGS_MAX);
	for (int i = 0; i < draft->args; i++)
		draft->arg[i] = get_number(&reader, "arg", INT64_MIN, INT64_MAX);
	draft->title = get_line(&reader, "title");
	draft->about = get_line(&reader, "about");
	draft->request_id = get_line(&reader, "request");
	draft->saving = get_number(&reader, "saving", 0, 1) == 1;
	draft->written = get_number(&reader, "written", INT64_MIN, INT64_MAX);
	draft->current = get_line(&reader, "current");
	draft->line = (int)get_number(&reader, "line", 0, CELLS_MAX);
	draft->column = (int)get_number(&reader, "column", 0, CELLS_MAX);
	get_parts(&reader, "now", &draft->now);
	get_parts(&reader, "before", &draft->before);
	if (strlen(draft->request_id) != 36 ||
	    draft->request_id[strspn(draft->request_id, "0123456789abcdef-")] != '\0')
		return NULL;
	return !reader.failed && reader.at == reader.end ? draft : NULL;
}

/* ---- from a form and back ---- */

static void take_part(struct draft_parts *parts, const struct form_part *part)
{
	parts->parts[parts->count++] = (struct draft_part){
		.name = part->def->name,
		.content = part->content,
		.lines = part->lines,
		.columns = part->columns,
		.cells = part->cells,
	};
}

void draft_take(struct draft *draft, struct arena *arena, const struct form_snapshot *now,
                const struct form_snapshot *before)
{
	size_t size = (size_t)now->count * sizeof(struct draft_part);

	draft->now = (struct draft_parts){ 0, arena_alloc(arena, size) };
	draft->before = (struct draft_parts){ 0, arena_alloc(arena, size) };
	for (int i = 0; i < now->count; i++) {
		const struct form_part *part = &now->parts[i];
		const struct form_part *was = form_snapshot_part(before, part->def->name);

		if (!part->typed && form_snapshot_same(now, before, part->def->name))
			continue;
		take_part(&draft->now, part);
		/* What was typed before it was loaded hides what was loaded. */
		if (was != NULL && !was->typed)
			take_part(&draft->before, was);
	}
	draft->current = now->current;
	draft->line = now->line;
	draft->column = now->column;
}

static const struct field_def *find_field(const struct field_def *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

/* A grid whose columns have changed since is none of this form's. */
static bool fits(const struct field_def *field, const struct draft_part *part)
{
	int columns = 0;

	if (field == NULL || field->read_only || field->kind == FIELD_SECRET)
		return false;
	if (field->kind == FIELD_GRID)
		while (field->columns[columns].name != NULL)
			columns++;
	else if (field->kind == FIELD_CHECKLIST)
		columns = 1;
	if (part->columns != columns || (columns == 0 && part->lines != 0))
		return false;
	for (int i = 0; field->kind == FIELD_CHECKLIST && i < part->lines; i++)
		if (part->cells[i].value == NULL)
			return false;
	return true;
}

struct form_snapshot *draft_snapshot(const struct draft *draft, const struct draft_parts *parts,
                                     struct arena *arena, const struct field_def *fields)
{
	struct form_snapshot *snapshot = arena_alloc(arena, sizeof(*snapshot));
	struct form_part *out = arena_alloc(arena, (size_t)parts->count * sizeof(*out));

	for (int i = 0; i < parts->count; i++) {
		const struct draft_part *part = &parts->parts[i];
		const struct field_def *field = find_field(fields, part->name);

		if (!fits(field, part))
			continue;
		out[snapshot->count++] = (struct form_part){
			.def = field,
			.typed = true,
			.content = part->content,
			.lines = part->lines,
			.columns = part->columns,
			.cells = part->cells,
		};
	}
	snapshot->parts = out;
	snapshot->current = draft->current;
	snapshot->line = draft->line;
	snapshot->column = draft->column;
	return snapshot;
}
