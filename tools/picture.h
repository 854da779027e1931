/*
 * Pictures of terminals as SVG, for the documentation: what libvterm's cells
 * show at one moment, or one moment after the other as an animation.
 */
#ifndef TRATO_TOOLS_PICTURE_H
#define TRATO_TOOLS_PICTURE_H

#include <harness/screen.h>

enum { PICTURE_SCREENS = 2, PICTURE_ROWS = 100, PICTURE_MOMENTS = 200 };

struct picture_screen {
	struct screen *screen;
	int rows, columns, top; /* top: pixels above the first row */
	/* The SVG of each row, per moment; NULL where it is that of the moment before. */
	char *row[PICTURE_ROWS][PICTURE_MOMENTS];
};

/* The screens stand one above the other. */
struct picture {
	struct picture_screen screens[PICTURE_SCREENS];
	int count;
	double seconds[PICTURE_MOMENTS]; /* how long each moment is shown */
	int moments;
};

struct picture_screen *picture_add_screen(struct picture *picture, struct screen *screen, int rows,
                                          int columns);
/* All screens as they are now, or as soon as their frames are whole. A screen that is added later is blank until then. */
void picture_take(struct picture *picture, double seconds);
/* Several moments are an animation; whoever wants none of that sees the last. */
void picture_write(const struct picture *picture, const char *path);
void picture_free(struct picture *picture);

#endif
