/*
 * One thing that a person types or chooses: its declaration, and a model that
 * takes keys and draws itself. Forms and grids are made of fields; a screen
 * uses one alone for a search line. No field knows the database.
 */
#ifndef TRATO_UI_FIELD_H
#define TRATO_UI_FIELD_H

#include <stdbool.h>

#include <base/err.h>
#include <base/rows.h>
#include <ui/canvas.h>
#include <ui/key.h>

enum field_kind {
	FIELD_LINE,
	FIELD_TEXT, /* several lines, wrapped; Enter begins a new one */
	FIELD_SECRET,
	FIELD_DATE,    /* as date_parse takes it; value YYYY-MM-DD */
	FIELD_TIME,    /* as time_parse takes it; value HH:MM */
	FIELD_AMOUNT,  /* money, shown with all digits (scale 2); value as SQL reads it */
	FIELD_DECIMAL, /* a quantity or a percentage, shown without needless zeros */
	FIELD_INTEGER,
	FIELD_CHOICE,    /* one of a few; value is the choice's value */
	FIELD_FLAG,      /* value "t" or "f" */
	FIELD_PICK,      /* search-as-you-type; value is the id (forms only) */
	FIELD_CHECKLIST, /* value is an array literal of ids, {3,7} (forms only) */
	FIELD_GRID,      /* lines of fields (forms only) */
};

/* A table of them ends with value NULL. */
struct field_choice {
	const char *value;
	const char *label; /* N_() */
};

/* A table of them ends with name NULL. What is 0 or NULL is as usual for the kind. */
struct field_def {
	const char *name;
	const char *label; /* N_(); a grid's columns: the heading */
	enum field_kind kind;
	bool required;
	bool read_only;   /* shown; only its owner changes it */
	int max;          /* characters (LINE 200, TEXT 10,000); lines of a grid (200) */
	int scale;        /* AMOUNT, DECIMAL: digits after the decimal sign at most (2) */
	int least;        /* DECIMAL: so many are shown, be they zeros (0) */
	int width;        /* columns; a grid's columns: the least that makes sense */
	int rows;         /* lines that TEXT (5), CHECKLIST (6), GRID (6) want to have */
	const char *hint; /* N_(), beside the field or, while it is empty, in it */
	const struct field_choice *choices; /* CHOICE */
	const char *initial;                /* what it starts with, as field_set takes it */
	const char *create; /* PICK: N_("Create client «%s»"), the last line of the candidates */
	bool few; /* PICK: there are so few that Space shows them where nothing is typed */
	const struct field_def *columns; /* GRID */
	/* After the kind's own check and only where there is something: value as field_value has
	 * it. err->text is the sentence. */
	bool (*check)(const char *value, struct err *err);
};

/* What is done with the line under a grid's cursor; the last two with whatever was done last. */
enum grid_edit {
	GRID_INSERT, /* a new line before it */
	GRID_DELETE,
	GRID_DOUBLE, /* the same line once more, below it */
	GRID_UP,     /* it and the line above change places */
	GRID_DOWN,
	GRID_UNDO,
	GRID_REDO,
};

/* What a key did. Whatever it ignored is the owner's: Enter, Esc, Tab, movement beyond the edge. */
enum field_did {
	FIELD_IGNORED,
	FIELD_MOVED, /* taken, the value is as it was */
	FIELD_CHANGED,
	FIELD_SEARCH,  /* PICK: candidates for its text are wanted */
	FIELD_CREATE,  /* PICK: the last line, "create", was taken */
	FIELD_BLOCKED, /* CHECKLIST: a blocked item was to be ticked */
};

struct field;

struct field *field_new(const struct field_def *def);
void field_free(struct field **field);

enum field_did field_key(struct field *field, const struct key_event *event);
/* On all of the canvas; puts the terminal's cursor there where `active`. */
void field_draw(struct field *field, struct canvas *canvas, bool active);

/* As typed. Valid until the field changes. */
const char *field_text(const struct field *field);
/* As SQL reads it, NULL where it is empty (or not readable: then field_check says so). Valid
 * until the next call. */
const char *field_value(struct field *field);
/* Takes what field_value gives: ISO dates, SQL decimals, a choice's value; NULL empties it. */
void field_set(struct field *field, const char *value);
/* false: err->text says in plain words what is wrong. */
bool field_check(struct field *field, struct err *err);
/* Called when the cursor leaves: shows what could be read in its usual form. */
void field_leave(struct field *field);

#endif
