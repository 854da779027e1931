/*
 * How long requests took, see tally.h.
 */
#include <harness/tally.h>

#include <stdio.h>
#include <stdlib.h>

#include <base/mem.h>

void tally_add(struct tally *tally, enum answer_status status, double ms)
{
	if (status == ANSWER_REFUSED) {
		tally->refused++;
	} else if (status != ANSWER_DONE) {
		tally->lost++;
	} else {
		tally->ms = mem_resize(tally->ms, (size_t)tally->count + 1, sizeof(double));
		tally->ms[tally->count++] = ms;
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_one(struct tally *tally, const char *name)
{
	int count = tally->count;

	printf("%-36s %8d", name, count);
	if (count > 0) {
		qsort(tally->ms, (size_t)count, sizeof(double), compare);
		printf(" %8.0f %8.0f %8.0f", tally->ms[count / 2],
		       tally->ms[(count * 99 + 99) / 100 - 1], tally->ms[count - 1]);
	} else {
		printf(" %8s %8s %8s", "-", "-", "-");
	}
	printf(" %8d %8d\n", tally->refused, tally->lost);
}

void tally_print(struct tally *tallies, const char *const *names, int count, double seconds)
{
	int all = 0;

	printf("%-36s %8s %8s %8s %8s %8s %8s\n", "", "asked", "p50 ms", "p99 ms", "max ms",
	       "refused", "lost");
	for (int i = 0; i < count; i++) {
		all += tallies[i].count;
		if (tallies[i].count + tallies[i].refused + tallies[i].lost > 0)
			print_one(&tallies[i], names[i]);
		free(tallies[i].ms);
	}
	printf("%-36s %8d %8.1f a second\n", "all", all, all / seconds);
}
