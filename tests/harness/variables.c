/*
 * Reading tests/harness/variables.
 */
#include "variables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool variables_read(int nth, const char *folder, const char **name, const char **value)
{
	static char line[512], with[1024];
	FILE *file = fopen("tests/harness/variables", "r");
	bool found = file != NULL;
	size_t length = 0;

	while (found && nth-- >= 0)
		found = fgets(line, sizeof(line), file) != NULL;
	if (file != NULL)
		fclose(file);
	if (!found)
		return false;
	line[strcspn(line, "\n")] = '\0';
	for (const char *at = line; *at && length < sizeof(with) / 2; at++)
		length +=
		    (size_t)(*at == '%'
		                 ? snprintf(with + length, sizeof(with) - length, "%s", folder)
		                 : snprintf(with + length, sizeof(with) - length, "%c", *at));
	*name = with;
	with[strcspn(with, "=")] = '\0';
	*value = with + strlen(with) + 1;
	return true;
}
