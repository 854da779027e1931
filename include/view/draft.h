/*
 * A draft: what somebody typed into a form and has not saved, with all that is
 * needed to offer it to him again, as a value and as the bytes of a file. The
 * bytes prove that they are whole: a file that was cut or damaged is no draft.
 */
#ifndef TRATO_VIEW_DRAFT_H
#define TRATO_VIEW_DRAFT_H

#include <stdint.h>

#include <base/buf.h>
#include <ui/form_snapshot.h>

enum { DRAFT_ARGS_MAX = 4, DRAFT_SIZE_MAX = 1 << 20 };

/* A field that the person changed, as form_part has it; its declaration is found by its name. */
struct draft_part {
	const char *name;
	struct form_content content;
	int lines, columns;
	const struct form_content *cells;
};

struct draft_parts {
	int count;
	struct draft_part *parts;
};

/* Texts are never NULL. */
struct draft {
	const char *database; /* as struct session has it */
	const char *person;   /* e-mail */
	const char *form;     /* the form's name in views_forms */
	int args;             /* 0: it was opened with NULL */
	int64_t arg[DRAFT_ARGS_MAX];
	const char *title, *about; /* for the list: "Communication", "ACME · action 1042" */
	const char *request_id;
	bool saving;         /* it was being saved with that id, and the answer is not known */
	int64_t written;     /* seconds since 1970 */
	const char *current; /* where the cursor stood */
	int line, column;
	struct draft_parts now, before; /* the same fields as they were loaded, where that is known */
};

/* Replaces what stands in out. */
void draft_write(const struct draft *draft, struct buf *out);
/* NULL where the bytes are not a whole draft of a format that is known. Owned by the arena. */
struct draft *draft_read(struct arena *arena, const char *bytes, size_t length);

/* The changed fields of `now`, and what `before` had in them; both of one form. */
void draft_take(struct draft *draft, struct arena *arena, const struct form_snapshot *now,
                const struct form_snapshot *before);
/* The way back. Fields that the declaration does not have (any more) are left out. */
struct form_snapshot *draft_snapshot(const struct draft *draft, const struct draft_parts *parts,
                                     struct arena *arena, const struct field_def *fields);

#endif
