/* Random UUIDs (RFC 9562, version 4): every write carries one. */
#ifndef TRATO_BASE_UUID_H
#define TRATO_BASE_UUID_H

void uuid_make(char out[37]);

#endif
