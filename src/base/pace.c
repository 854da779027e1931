/*
 * The pace of looking, see pace.h. Of N programs that wait REST times as long as an answer takes about
 * N / REST have a question in the server at once, however slow it is.
 */
#include <base/pace.h>

#include <unistd.h>

enum {
	REST = 20,
	REST_MOST = 48 * 1000, /* with a quarter more a minute: nothing looked at is much older */
	SHARES = 1000,
};

struct pace pace_new(int every)
{
	unsigned short random;

	if (getentropy(&random, sizeof(random)) != 0)
		random = (unsigned short)getpid();
	return (struct pace){ every, random % SHARES };
}

/* The part of it that the share is of all shares. */
static int pace_part(const struct pace *pace, int time)
{
	return (int)((long long)time * pace->share / SHARES);
}

int pace_first(const struct pace *pace)
{
	return pace->every + pace_part(pace, pace->every);
}

int pace_rest(long long took)
{
	return took < REST_MOST / REST ? (int)(took * REST) : REST_MOST;
}

/* What a standstill of the server has held up is answered all at once. After the same time it would
 * also be asked all at once, and bring about the next standstill. */
int pace_next(const struct pace *pace, long long took)
{
	int rest = pace_rest(took);

	rest += pace_part(pace, rest / 4);
	return rest > pace->every ? rest : pace->every;
}
