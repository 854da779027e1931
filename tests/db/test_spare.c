/*
 * Which generator OpenSSL's random numbers come from: the one without ciphers on a Unix socket alone.
 */
#include "support.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

/* It is chosen once for a process, so each connection is made in one of its own. */
static void assert_generator(const char *conninfo, const char *name)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		const char *found;
		struct err err;
		struct script *script = script_open(conninfo, "postgres", NULL, &err);

		script_close(&script);
		found = EVP_RAND_get0_name(EVP_RAND_CTX_get0_rand(RAND_get0_primary(NULL)));
		_exit(strcmp(found, name) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_spare_ciphers__only_without_tls(void **state)
{
	(void)state;
	assert_generator("dbname=postgres", "HASH-DRBG");
	/* Nobody is there, but it might have been with TLS. */
	assert_generator("host=127.0.0.1 port=1 dbname=postgres", "CTR-DRBG");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spare_ciphers__only_without_tls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
