/*
 * What the database's codes are called on the screens: states, channels,
 * directions, outcomes. One place, so that every screen says the same word.
 * All return translated text; a code that is not known comes back as it is.
 */
#ifndef TRATO_MODEL_WORDS_H
#define TRATO_MODEL_WORDS_H

const char *words_action_state(const char *state);
/* Knows "expired" too, which is how a presented offer past its validity is shown. */
const char *words_offer_state(const char *state);
const char *words_notice_state(const char *state);
const char *words_request_state(const char *state);
const char *words_mail_state(const char *state);
const char *words_channel(const char *channel);
const char *words_direction(const char *direction);
const char *words_role(const char *role);
/* What the register and the blockings of personal data have: whose, what for, kept, state. */
const char *words_privacy(const char *code);

#endif
