/*
 * What is painted of a frame is what has changed since the one before. So each
 * picture that a test takes is also painted over the one that it took before,
 * and must come out as on an empty screen: nothing of what was there has stayed.
 */
#ifndef TRATO_TESTS_KEPT_H
#define TRATO_TESTS_KEPT_H

#include <ui/canvas.h>

/* picture: what has just been drawn on a screen of its own. Rows that are others by now, as how old
 * something is, are not compared. */
void kept_check(int height, int width, void (*draw)(void *ctx, struct canvas *canvas), void *ctx,
                const char *picture);

#endif
