/*
 * Headings of imported files: how people and programs write them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>

#include "cli/import_columns.h"

static void expect(const char *entity, const char *heading, const char *key)
{
	const char *found = import_column(entity, heading);

	if ((found == NULL) != (key == NULL) || (found && key && strcmp(found, key) != 0))
		fail_msg("%s, \"%s\": %s instead of %s", entity, heading, found ? found : "NULL",
		         key ? key : "NULL");
}

static void test_import_column__knows_usual_headings(void **state)
{
	(void)state;
	expect("client", "Name", "name");
	expect("client", "CLIENTE", "name");
	expect("client", "Razón Social", "legal_name");
	expect("client", "RAZO\xCC\x81N SOCIAL", "legal_name"); /* decomposed */
	expect("client", "N.I.F./C.I.F.", "tax_id");
	expect("client", "tax_id", "tax_id");
	expect("client", "Código postal", "postcode");
	expect("client", " Población ", "city");
	expect("client", "País", "country");
	expect("client", "Teléfono", "phone");
	expect("contact", "Empresa", "client");
	expect("contact", "CIF", "client_tax_id");
	expect("contact", "E-mail", "email");
	expect("contact", "Apellidos", "surname");
	expect("division", "División", "name");
	expect("division", "Área", "area");
	expect("division", "Observaciones", "notes");
}

static void test_import_column__knows_no_others(void **state)
{
	(void)state;
	expect("client", "", NULL);
	expect("client", "...", NULL);
	expect("client", "nam", NULL);
	expect("client", "name nombre", NULL);
	expect("client", "Área", NULL);
	expect("client", "E-mail", NULL);
	expect("division", "Móvil", NULL);
	expect("client", "名前", NULL);
	expect("client", "\xFFname", NULL);
	expect("client", "name of the client as it stands in our old accounting program", NULL);
}

static void test_import_column__each_key_is_a_heading(void **state)
{
	static const char *const entities[] = { "client", "contact", "division" };
	struct arena *arena = arena_new();

	(void)state;
	for (int i = 0; i < 3; i++) {
		char *names = arena_copy(arena, import_column_names(arena, entities[i]));
		for (char *name = strtok(names, ", "); name; name = strtok(NULL, ", "))
			expect(entities[i], name, name);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_column__knows_usual_headings),
		cmocka_unit_test(test_import_column__knows_no_others),
		cmocka_unit_test(test_import_column__each_key_is_a_heading),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
