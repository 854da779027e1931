/*
 * The text of a field while it is typed: keys, insertion, paste. Drawing and
 * wrapping are in field_edit_draw.c. For the fields of this folder only.
 */
#include "field_edit.h"

#include <stdlib.h>
#include <string.h>

#include <base/mem.h>
#include <base/text.h>

/* More than anybody types; only a paste of a wrong file gets here. */
#define EDIT_BYTES 200000

void edit_init(struct edit *edit, bool many, bool secret)
{
	memset(edit, 0, sizeof(*edit));
	edit->many = many;
	edit->secret = secret;
	edit->goal = -1;
	edit->width = 60;
	edit->height = 5;
}

void edit_free(struct edit *edit)
{
	if (edit->secret && edit->text.text)
		mem_erase(edit->text.text, edit->text.size);
	buf_free(&edit->text);
}

const char *edit_text(const struct edit *edit)
{
	return edit->text.text ? edit->text.text : "";
}

/* Puts `length` bytes in the place of those from .. to. The old text of a secret is not left
 * behind in memory. */
static void replace(struct edit *edit, size_t from, size_t to, const char *bytes, size_t length)
{
	struct buf fresh = { 0 };
	const char *old = edit_text(edit);

	buf_add_n(&fresh, old, from);
	buf_add_n(&fresh, bytes, length);
	buf_add(&fresh, old + to);
	edit_free(edit);
	edit->text = fresh;
	edit->at = from + length;
	edit->goal = -1;
}

void edit_set(struct edit *edit, const char *text)
{
	replace(edit, 0, strlen(edit_text(edit)), text, strlen(text));
	edit->first = 0;
	edit->fresh = false;
	if (edit->many)
		edit->at = 0;
}

/* Whether a person can see it: what text_clean would mark does not get into a field. A
 * combining mark is judged on a letter. */
static bool is_visible(struct arena *arena, const char *bytes, size_t length)
{
	char *probe = arena_alloc(arena, length + 2);

	probe[0] = 'a';
	memcpy(probe + 1, bytes, length);
	return strcmp(text_clean(arena, probe, TEXT_ONE_LINE), probe) == 0;
}

/* What of a typed or pasted text belongs into the field. */
static void filter(struct edit *edit, const char *raw, struct buf *out)
{
	struct arena *arena = arena_new();

	while (*raw && out->length < EDIT_BYTES) {
		uint32_t code_point;
		size_t step = text_decode(raw, &code_point);

		if (step == 0) {
			raw++;
			continue;
		}
		if (code_point == '\r') {
			code_point = '\n';
			step += raw[1] == '\n';
		}
		if (code_point == '\n' || code_point == '\t')
			buf_add(out, code_point == '\n' && edit->many ? "\n" : " ");
		else if (code_point >= ' ' && code_point < 0x7f)
			buf_add_n(out, raw, 1);
		else if (code_point > 0x7f && is_visible(arena, raw, step))
			buf_add_n(out, raw, step);
		raw += step;
	}
	arena_free(&arena);
}

static enum edit_did insert(struct edit *edit, const char *raw)
{
	struct buf clean = { 0 };

	if (edit->text.length < EDIT_BYTES)
		filter(edit, raw, &clean);
	if (clean.length == 0) {
		buf_free(&clean);
		return EDIT_MOVED;
	}
	if (edit->fresh)
		replace(edit, 0, edit->text.length, clean.text, clean.length);
	else
		replace(edit, edit->at, edit->at, clean.text, clean.length);
	if (edit->secret)
		mem_erase(clean.text, clean.size);
	buf_free(&clean);
	return EDIT_CHANGED;
}

/* A pasted last line feed is how terminals copy whole lines; a single line does not want it. */
static enum edit_did paste(struct edit *edit, const char *raw)
{
	size_t length = strlen(raw);
	enum edit_did did;
	char *copy;

	while (!edit->many && length > 0 && strchr("\r\n", raw[length - 1]))
		length--;
	copy = mem_copy_n(raw, length);
	did = insert(edit, copy);
	if (edit->secret)
		mem_erase(copy, length);
	free(copy);
	return did;
}

static enum edit_did erase(struct edit *edit, size_t from, size_t to)
{
	if (from == to)
		return EDIT_MOVED;
	replace(edit, from, to, "", 0);
	return EDIT_CHANGED;
}

static enum edit_did go(struct edit *edit, size_t at)
{
	edit->at = at;
	edit->goal = -1;
	return EDIT_MOVED;
}

static size_t line_start(const struct edit *edit)
{
	const char *text = edit_text(edit);
	size_t at = edit->at;

	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct edit *edit)
{
	return edit->at + strcspn(edit_text(edit) + edit->at, "\n");
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static size_t word_before(const struct edit *edit)
{
	const char *text = edit_text(edit);
	size_t at = edit->at;

	while (at > 0 && is_blank(text[at - 1]))
		at--;
	while (at > 0 && !is_blank(text[at - 1]))
		at--;
	return at;
}

static size_t word_after(const struct edit *edit)
{
	const char *text = edit_text(edit);
	size_t at = edit->at;

	while (text[at] && is_blank(text[at]))
		at++;
	while (text[at] && !is_blank(text[at]))
		at++;
	return at;
}

/* Up and Down among the wrapped lines, in the column where the movement began. */
static enum edit_did go_line(struct edit *edit, int by)
{
	struct arena *arena;
	struct edit_line *lines;
	const char *text = edit_text(edit);
	int count, at;

	if (!edit->many)
		return EDIT_IGNORED;
	arena = arena_new();
	lines = edit_wrap(arena, text, edit->width, &count);
	for (at = count - 1; at > 0 && edit->at < lines[at].from; at--)
		;
	if (edit->goal < 0)
		edit->goal = text_width_n(text + lines[at].from, edit->at - lines[at].from);
	if (at + by < 0 || at + by >= count) {
		arena_free(&arena);
		return EDIT_IGNORED;
	}
	at += by;
	edit->at = lines[at].from + text_fit(arena_copy_n(arena, text + lines[at].from,
	                                                  lines[at].to - lines[at].from),
	                                     edit->goal);
	/* The end of a line that was broken inside a word is the start of the next one. */
	if (at + 1 < count && edit->at == lines[at + 1].from)
		edit->at -= text_previous(text, edit->at);
	arena_free(&arena);
	return EDIT_MOVED;
}

static enum edit_did go_page(struct edit *edit, int direction)
{
	enum edit_did did = EDIT_IGNORED;

	for (int i = 0; i < edit->height; i++) {
		if (go_line(edit, direction) == EDIT_IGNORED)
			break;
		did = EDIT_MOVED;
	}
	return did;
}

static enum edit_did move_key(struct edit *edit, key_code code)
{
	const char *text = edit_text(edit);

	switch (code) {
	case KEYS_LEFT:
		if (edit->at == 0)
			return EDIT_IGNORED;
		return go(edit, edit->at - text_previous(text, edit->at));
	case KEYS_RIGHT:
		if (text[edit->at] == '\0')
			return EDIT_IGNORED;
		return go(edit, edit->at + text_next(text + edit->at));
	case KEYS_UP: return go_line(edit, -1);
	case KEYS_DOWN: return go_line(edit, 1);
	case KEYS_PAGE_UP: return go_page(edit, -1);
	case KEYS_PAGE_DOWN: return go_page(edit, 1);
	case KEYS_HOME:
	case KEYS_CTRL | 'a': return go(edit, line_start(edit));
	case KEYS_END:
	case KEYS_CTRL | 'e': return go(edit, line_end(edit));
	case KEYS_CTRL | KEYS_LEFT:
	case KEYS_ALT | 'b': return go(edit, word_before(edit));
	case KEYS_CTRL | KEYS_RIGHT:
	case KEYS_ALT | 'f': return go(edit, word_after(edit));
	default: return EDIT_IGNORED;
	}
}

static enum edit_did key(struct edit *edit, const struct key_event *event)
{
	const char *text = edit_text(edit);
	char typed[5] = "";

	switch (event->code) {
	case KEYS_PASTE: return paste(edit, event->paste);
	case KEYS_ENTER: return edit->many ? insert(edit, "\n") : EDIT_IGNORED;
	case KEYS_BACKSPACE:
	case KEYS_CTRL | 'h':
		return erase(edit, edit->at - text_previous(text, edit->at), edit->at);
	case KEYS_DELETE: return erase(edit, edit->at, edit->at + text_next(text + edit->at));
	case KEYS_CTRL | 'u': return erase(edit, line_start(edit), edit->at);
	case KEYS_CTRL | 'k': return erase(edit, edit->at, line_end(edit));
	case KEYS_CTRL | 'w':
	case KEYS_ALT | KEYS_BACKSPACE: return erase(edit, word_before(edit), edit->at);
	default: break;
	}
	if (event->code >= ' ' && event->code < KEYS_SPECIAL) {
		text_encode(typed, event->code);
		return insert(edit, typed);
	}
	return move_key(edit, event->code);
}

enum edit_did edit_key(struct edit *edit, const struct key_event *event)
{
	enum edit_did did = key(edit, event);

	/* What leads elsewhere has not touched it. */
	if (did != EDIT_IGNORED)
		edit->fresh = false;
	return did;
}
