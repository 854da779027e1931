/*
 * Where the password is in this process's memory: a scan of all that can be written, for a
 * password that stands in this file only as something else.
 */
#include "support.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <base/mem.h>

enum { LENGTH = 24, PIECE = 1 << 20, MASK = 0x15, SHADOW = 1 << 30 };

/* Each character is another one than in the password, so that this is not found. */
static const char masked[LENGTH + 1] = "vtglye8hxj`sxq`s8g`ptq80";

static char *scratch; /* the scan's own */

static void unmask(char password[LENGTH + 1])
{
	for (int i = 0; i < LENGTH; i++)
		password[i] = (char)(masked[i] ^ MASK);
	password[LENGTH] = '\0';
}

static int count_in(const char *bytes, size_t length)
{
	int count = 0;

	for (size_t i = 0; i + LENGTH <= length; i++) {
		int same = 0;

		while (same < LENGTH && (bytes[i + (size_t)same] ^ MASK) == masked[same])
			same++;
		count += same == LENGTH;
	}
	return count;
}

/* Copies of the whole password. */
static int count_copies(void)
{
	FILE *maps = fopen("/proc/self/maps", "r"), *memory = fopen("/proc/self/mem", "r");
	char line[500];
	int count = 0;

	assert_non_null(maps);
	assert_non_null(memory);
	setvbuf(memory, NULL, _IONBF, 0);
	while (fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char rights[5];

		if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[1] != 'w' ||
		    (uintptr_t)scratch == from || to - from > SHADOW) /* terabytes, a sanitizer's own */
			continue;
		for (unsigned long at = from; at < to; at += PIECE - LENGTH) {
			size_t want = to - at < PIECE ? to - at : PIECE, got;

			if (fseek(memory, (long)at, SEEK_SET) != 0)
				break;
			got = fread(scratch, 1, want, memory);
			count += count_in(scratch, got);
			if (got < PIECE)
				break;
		}
	}
	fclose(maps);
	fclose(memory);
	return count;
}

/* In a process of its own, so that this one has never known the password. */
static int set_up(void **state)
{
	int status;
	pid_t child;

	support_set_up(state);
	scratch = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(scratch, MAP_FAILED);
	child = fork();
	if (child == 0) {
		char password[LENGTH + 1], sql[200];

		unmask(password);
		snprintf(sql, sizeof(sql), "CREATE ROLE \"secret@x\" LOGIN PASSWORD '%s'", password);
		support_run(sql);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_scan__finds_what_is_there(void **state)
{
	char password[LENGTH + 1];

	(void)state;
	assert_int_equal(count_copies(), 0);
	unmask(password);
	assert_int_equal(count_copies(), 1);
	mem_erase(password, sizeof(password));
	assert_int_equal(count_copies(), 0);
}

/* One for the day that the connection breaks, and those of libpq, which has no way to ask for
 * fewer. */
static void test_connect__keeps_one_copy_and_none_once_it_is_closed(void **state)
{
	char password[LENGTH + 1];
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });

	(void)state;
	unmask(password);
	db_connect(c->db, "secret@x", password);
	mem_erase(password, sizeof(password));
	assert_int_equal(count_copies(), 1);
	client_wait(c, db_state(c->db) == DB_READY);
	assert_in_range(count_copies(), 1, 4);
	db_disconnect(c->db);
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(count_copies(), 0);
	client_free(&c);
}

static void test_verifier__leaves_no_copy(void **state)
{
	char password[LENGTH + 1];
	struct err err = { 0 };
	char *verifier;

	(void)state;
	unmask(password);
	verifier = db_password_verifier("secret@x", password, &err);
	assert_non_null(verifier);
	mem_erase(password, sizeof(password));
	free(verifier);
	assert_int_equal(count_copies(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scan__finds_what_is_there),
		cmocka_unit_test(test_connect__keeps_one_copy_and_none_once_it_is_closed),
		cmocka_unit_test(test_verifier__leaves_no_copy),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
