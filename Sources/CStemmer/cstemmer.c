// The only file that sees Snowball's header. The contracts are in cstemmer.h.

#include "cstemmer.h"

#include <string.h>

#include <libstemmer.h>

// The opaque type is Snowball's own, under another name.

ev_stemmer *ev_stemmer_open(const char *language) {
  return (ev_stemmer *)sb_stemmer_new(language, "UTF_8");
}

void ev_stemmer_close(ev_stemmer *stemmer) { sb_stemmer_delete((struct sb_stemmer *)stemmer); }

int32_t ev_stemmer_stem(
    ev_stemmer *stemmer, const uint8_t *word, int32_t count, uint8_t *stem, int32_t capacity) {
  struct sb_stemmer *snowball = (struct sb_stemmer *)stemmer;
  const sb_symbol *result = sb_stemmer_stem(snowball, word, count);
  if (result == NULL) return -1;
  int32_t length = sb_stemmer_length(snowball);
  if (length > capacity) return -1;
  memcpy(stem, result, (size_t)length);
  return length;
}
