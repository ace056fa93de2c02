// Snowball's stemmers, from libstemmer-dev, behind an opaque C interface.
//
// The shim is there so that a stem is copied into memory of the caller's, and lives as long.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The stemmer of one language. For one thread at a time.
typedef struct ev_stemmer ev_stemmer;

/// Opens the stemmer of a language by its ISO 639 code, for UTF-8; null where there is none.
ev_stemmer *ev_stemmer_open(const char *language);

/// Gives a stemmer's memory back; null is allowed.
void ev_stemmer_close(ev_stemmer *stemmer);

/// Stores the stem of a word, and returns its length in bytes.
///
/// That is -1, and nothing is stored, where there is no memory or the stem is above `capacity`.
int32_t ev_stemmer_stem(
    ev_stemmer *stemmer, const uint8_t *word, int32_t count, uint8_t *stem, int32_t capacity);

#ifdef __cplusplus
}
#endif
