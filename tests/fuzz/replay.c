/*
 * A fuzzing target without a fuzzer: the inputs of its corpus, or those named
 * as arguments, one after the other. As TAP, for `make check`.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void replay_file(const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *file = fopen(path, "rb");
	uint8_t *copy;
	size_t length;

	fuzz_assert(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	printf("# %s\n", path);
	fflush(stdout);
	/* As long as the input is: what reads behind it is found. */
	copy = malloc(length + (length == 0));
	fuzz_assert(copy);
	memcpy(copy, bytes, length);
	fuzz_one(copy, length);
	free(copy);
}

static int replay_corpus(const char *name)
{
	char folder[256], path[600];
	struct dirent **entries;
	int count, played = 0;

	snprintf(folder, sizeof(folder), "tests/fuzz/corpus/%s", name);
	count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.') {
			replay_file(path);
			played++;
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return played;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const char *name = (slash ? slash + 1 : argv[0]) + strlen("test_");
	int played = 0;

	puts("1..1");
	for (int i = 1; i < argc; i++)
		replay_file(argv[i]);
	if (argc == 1)
		played = replay_corpus(name);
	printf("%s 1 - %s: %d inputs\n", argc > 1 || played > 0 ? "ok" : "not ok", name,
	       argc > 1 ? argc - 1 : played);
	return argc == 1 && played == 0;
}
