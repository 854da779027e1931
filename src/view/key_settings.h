/*
 * The key map out of the commands' own keys and what trato.conf says about them.
 * For the program with a screen and for `trato keys`.
 */
#ifndef TRATO_VIEW_KEY_SETTINGS_H
#define TRATO_VIEW_KEY_SETTINGS_H

#include <base/buf.h>
#include <base/err.h>
#include <conf/conf.h>
#include <ui/keymap.h>

/*
 * NULL: a setting names what there is not, or two of them want the same key; err says where.
 * warnings gets a line for each that has an effect which was perhaps not meant: a command that is
 * without a key now, or one that has no use where it was bound.
 */
struct keymap *key_settings_make(const struct conf *conf, struct buf *warnings, struct err *err);

#endif
