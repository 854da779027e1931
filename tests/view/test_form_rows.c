/*
 * Every form that saves something, whichever it is: the sources are read for
 * what forms there are, and one that is not said here fails. Those that change a
 * row are played: somebody else changes every field of it meanwhile, both sides
 * are shown, and what was typed stays until the person gives it up.
 */
#include "fake.h"

#include <dirent.h>

#include <view/form_view.h>

/* ---- which forms there are ---- */

/* What they save is no change of a row that another one may have changed, or they say so
 * themselves, which tests of their own prove. */
static const struct {
	const char *form, *why;
} apart[] = {
	{ "new_action_spec", "makes a new row; the conflict box says who holds a division" },
	{ "hold_spec", "claims; the conflict box says who holds a division" },
	{ "release_spec", "gives back what is still held; a repeat is refused" },
	{ "add_spec", "membership has no text; a repeat is refused" },
	{ "remove_spec", "membership has no text; a repeat is refused" },
	{ "ask_spec", "makes a new row" },
	{ "copy_spec", "makes a new row" },
	{ "password_spec", "one's own, and never shown" },
	{ "new_user_spec", "makes a new row" },
	{ "user_spec", "a choice and no text; one that somebody else has changed is refused" },
	{ "user_password_spec", "secrets, and never shown" },
	{ "invoice_spec", "reads anew what is left: test_notice" },
	{ "merge_spec", "shows again what would move: test_client" },
	{ "filter_spec", "stays in this program" },
	{ "me_spec", "one's own, kept on this account" },
	{ "narrow_spec", "narrows what is looked for" },
	{ "step_spec", "asks on behalf of a list, which says what became of each row" },
	{ "rep_spec", "asks on behalf of a list, which says what became of each row" },
	{ "decline_spec", "asks on behalf of a list, which says what became of each row" },
};

struct edited_form {
	const char *form;  /* the form_spec's name */
	const struct view_ops *ops;
	const void *arg;
	const char *load, *save;         /* statements */
	const char *columns, *values;    /* that the row has besides the fields' */
	const char *more[2];             /* what else is loaded */
};

static const int64_t the_id = 5;
static const struct contact_arg the_contact = { .client = 3, .contact = 5 };
static const struct division_arg the_division = { .client = 3, .division = 5 };
extern const struct view_ops view_communication_correction;

#define LINES "description|quantity|unit_price|discount|vat\nCourse|1|100|0|21\n"
#define DIVISIONS "id|label|note|blocked|ticked\n1|North||f|t\n"

static const struct edited_form edited[] = {
	{ "client_spec", &view_client_form, &the_id, "client_read", "save_client", "", "", { 0 } },
	{ "contact_spec", &view_contact_form, &the_contact, "contact_read", "save_contact",
	  "|active", "|t", { 0 } },
	{ "division_spec", &view_division_form, &the_division, "division_read", "save_division",
	  "|active", "|t", { "id|label\n1|Area\n" } },
	{ "next_step_spec", &view_next_step, &the_id, "action_read", "set_next_step", "", "",
	  { 0 } },
	{ "action_spec", &view_action_form, &the_id, "action_read", "save_action", "", "", { 0 } },
	{ "communication_spec", &view_communication, &the_id, "communication_begin",
	  "log_communication", "|today|clock", "|2026-11-23|09:30", { 0 } },
	{ "step_done_spec", &view_step_done, &the_id, "communication_begin", "log_communication",
	  "|today|clock", "|2026-11-23|09:30", { 0 } },
	{ "correction_spec", &view_communication_correction, &the_id, "communication_read",
	  "correct_communication", "|moment|channel|direction", "|2026-11-20 10:00|letter|out",
	  { 0 } },
	{ "invoice_correction_spec", &view_correct_invoice, &the_id, "invoice_read",
	  "correct_invoice", "", "", { 0 } },
	{ "setting_spec", &view_setting, &the_id, "setting_read", "save_setting", "", "", { 0 } },
	{ "holiday_spec", &view_holiday, &the_id, "holiday_read", "save_holiday", "|active", "|t",
	  { 0 } },
	{ "area_spec", &view_area, &the_id, "area_read", "save_area", "|active", "|t", { 0 } },
	{ "reason_spec", &view_reason, &the_id, "reason_read", "save_reason",
	  "|kind|code|needs_note|active", "|action_lost||f|t", { 0 } },
	{ "offer_spec", &view_offer_form, &the_id, "offer_draft", "save_offer", "", "",
	  { LINES, DIVISIONS } },
};

struct form_found {
	char name[64];
	bool edits, acts;
};

static int find_forms(struct form_found *found, int most)
{
	char folder[512], path[1024], line[512];
	int count = 0;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%.*s/../../src/view",
	         (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__);
	dir = opendir(folder);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		FILE *file;

		if (strlen(entry->d_name) < 3 ||
		    strcmp(entry->d_name + strlen(entry->d_name) - 2, ".c") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		file = fopen(path, "r");
		assert_non_null(file);
		while (fgets(line, sizeof(line), file) != NULL) {
			struct form_found *last = &found[count > 0 ? count - 1 : 0];
			char name[64];

			if (sscanf(line, "static const struct form_spec %63[a-z_] = {", name) == 1) {
				assert_true(count < most);
				memset(&found[count], 0, sizeof(*found));
				snprintf(found[count++].name, sizeof(name), "%s", name);
			}
			if (count == 0)
				continue;
			last->edits = last->edits || strncmp(line, "\t.edits = ", 10) == 0;
			last->acts = last->acts || strncmp(line, "\t.acts_on = ", 12) == 0;
		}
		fclose(file);
	}
	closedir(dir);
	return count;
}

static bool is_edited_here(const char *form)
{
	for (size_t i = 0; i < sizeof(edited) / sizeof(edited[0]); i++)
		if (strcmp(edited[i].form, form) == 0)
			return true;
	return false;
}

static bool is_apart(const char *form)
{
	for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		if (strcmp(apart[i].form, form) == 0)
			return true;
	return false;
}

static void test_rows__every_form_says_how_it_meets_somebody_elses_change(void **state)
{
	struct form_found found[200];
	int count = find_forms(found, 200), wrong = 0;

	(void)state;
	assert_true(count > 20);
	for (int i = 0; i < count; i++) {
		const struct form_found *form = &found[i];

		if (form->edits ? is_edited_here(form->name)
		                : form->acts || is_apart(form->name))
			continue;
		wrong++;
		print_error("%s: set .edits or .acts_on (form_view.h) and play it here, or say "
		            "among those apart why nothing can be lost\n",
		            form->name);
	}
	assert_int_equal(wrong, 0);
}

/* ---- playing them ---- */

static bool is_played(const struct form_spec *spec, const struct field_def *field)
{
	if (field->read_only || (field->kind != FIELD_LINE && field->kind != FIELD_TEXT &&
	                         field->kind != FIELD_DATE))
		return false;
	for (int i = 0; spec->edited != NULL && spec->edited[i] != NULL; i++)
		if (strcmp(spec->edited[i], field->name) == 0)
			return true;
	/* Where and when it happened stands in other columns. */
	return spec->edited == NULL && strcmp(field->name, "date") != 0;
}

/* What somebody has made of a field: short, for some fields are. */
static const char *made_of(struct arena *arena, const struct field_def *field, char who, int number)
{
	if (field->kind == FIELD_DATE)
		return arena_printf(arena, "2027-%02d-%02d", who == 'b' ? 1 : who == 't' ? 2 : 3,
		                    number + 1);
	return arena_printf(arena, "%c%d", who, number);
}

static const char *row_text(const struct edited_form *form, struct arena *arena, char who,
                            const char *version)
{
	const struct form_spec *spec = form->ops->spec;
	const char *columns = arena_printf(arena, "id|version%s", form->columns);
	const char *values = arena_printf(arena, "5|%s%s", version, form->values);

	for (int i = 0; spec->fields[i].name != NULL; i++)
		if (is_played(spec, &spec->fields[i])) {
			columns = arena_printf(arena, "%s|%s", columns, spec->fields[i].name);
			values = arena_printf(arena, "%s|%s", values,
			                      made_of(arena, &spec->fields[i], who, i));
		}
	return arena_printf(arena, "%s\n%s\n", columns, values);
}

static void load(const struct edited_form *form, const char *row, bool who)
{
	const char *texts[5] = { row };
	int count = 1;

	for (int i = 0; i < 2 && form->more[i] != NULL; i++)
		texts[count++] = form->more[i];
	if (who)
		texts[count++] = "name|moment|mine\nLuis Mora|2026-11-25 10:12|f\n";
	texts[count] = NULL;
	fake_answer_with(form->load, texts);
}

static void type_mine(const struct edited_form *form, struct form *typed, struct arena *arena)
{
	const struct form_spec *spec = form->ops->spec;

	for (int i = 0; spec->fields[i].name != NULL; i++)
		if (is_played(spec, &spec->fields[i]))
			form_set(typed, spec->fields[i].name,
			         made_of(arena, &spec->fields[i], 'm', i));
	/* What is required besides. */
	for (int i = 0; spec->fields[i].name != NULL; i++)
		if (spec->fields[i].kind == FIELD_LINE && spec->fields[i].required &&
		    form_value(typed, spec->fields[i].name) == NULL)
			form_set(typed, spec->fields[i].name, "x");
}

static const char *shown_as(struct arena *arena, const char *value)
{
	if (strlen(value) != 10 || value[4] != '-')
		return value;
	return arena_printf(arena, "%.2s/%.2s/%.4s", value + 8, value + 5, value);
}

static void check_stays(const struct edited_form *form, struct form *typed, struct arena *arena)
{
	const struct form_spec *spec = form->ops->spec;

	for (int i = 0; spec->fields[i].name != NULL; i++)
		if (is_played(spec, &spec->fields[i]))
			assert_string_equal(form_value(typed, spec->fields[i].name),
			                    made_of(arena, &spec->fields[i], 'm', i));
}

static void check_sides(const struct edited_form *form, struct arena *arena)
{
	const struct form_spec *spec = form->ops->spec;
	int fields = 0;

	for (int i = 0; spec->fields[i].name != NULL; i++) {
		if (!is_played(spec, &spec->fields[i]))
			continue;
		fields++;
		for (const char *who = "btm"; *who != '\0'; who++)
			assert_shows(arena_printf(
			    arena, "( ) %s%s",
			    shown_as(arena, made_of(arena, &spec->fields[i], *who, i)),
			    *who == 'm' ? "\n" : " "));
	}
	assert_true(fields > 0);
}

static bool is_sent(const char *value)
{
	for (int i = 0; i < fake.parameter_count; i++)
		if (fake.parameters[i] != NULL && strcmp(fake.parameters[i], value) == 0)
			return true;
	return false;
}

static void play(const struct edited_form *form)
{
	const struct form_spec *spec = form->ops->spec;
	struct arena *arena = arena_new();
	struct form *typed;
	struct view *view;

	print_message("%s\n", form->form);
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake.height = 60;
	fake.width = 200;
	view = view_push(fake.app, form->ops, form->arg);
	typed = form_view_form(view);
	load(form, row_text(form, arena, 'b', "7"), false);
	type_mine(form, typed, arena);
	fake_press("Ctrl-s");
	fake_refuse(form->save, "TR002", "row_version", "version=8");
	fake_break(form->load);
	check_stays(form, typed, arena);
	load(form, row_text(form, arena, 't', "8"), true);
	check_sides(form, arena);
	fake_press("Esc");
	check_stays(form, typed, arena);
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting(form->save), 0);
	/* It is gone, and comes back. */
	load(form, arena_printf(arena, "%.*s\n", (int)strcspn(row_text(form, arena, 't', "8"), "\n"),
	                        row_text(form, arena, 't', "8")),
	     true);
	assert_false(view->closed);
	check_stays(form, typed, arena);
	fake_press("Ctrl-s");
	load(form, row_text(form, arena, 't', "9"), true);
	fake_press("M");
	fake_press("Enter");
	fake_refuse(form->save, "XX000", "", "");
	check_stays(form, typed, arena);
	for (int i = 0; spec->fields[i].name != NULL; i++)
		if (is_played(spec, &spec->fields[i]))
			assert_true(is_sent(made_of(arena, &spec->fields[i], 'm', i)));
	/* A correction corrects the last one, the others save on top of the version. */
	assert_true(is_sent(strcmp(spec->edits, "communication") == 0 ? "5" : "9"));
	arena_free(&arena);
	fake_teardown(NULL);
}

static void test_rows__what_was_typed_survives_everywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(edited) / sizeof(edited[0]); i++)
		play(&edited[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows__every_form_says_how_it_meets_somebody_elses_change),
		cmocka_unit_test(test_rows__what_was_typed_survives_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
