// Looking up many numbers in one block, with the widest vectors that the processor has.
//
// A number is found in two steps without a branch, of every eighth and then of eight: seven steps of two
// would be as few instructions, but each would wait for the one in front.
#include "finding.h"

#include "vectors.h"

size_t ev_find_all_plain(
    const uint32_t *documents, const uint32_t *samples, const uint32_t *wanted,
    const uint32_t *places, size_t count, uint32_t *kept, uint32_t *matches) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t place = places[i];
    const uint32_t number = wanted[place];
    const uint32_t eighth = ev_u32x16_below(samples, number);
    const uint32_t start = 8 * (eighth < 15 ? eighth : 15);
    const uint32_t own = start + ev_u32x8_below(documents + start, number);
    const uint32_t last = own < 127 ? own : 127;
    kept[found] = place;
    matches[found] = last;
    found += documents[last] == number;
  }
  return found;
}

#ifdef __x86_64__
#include <immintrin.h>

__attribute__((target("avx512f,avx512vl,popcnt"))) static size_t ev_find_all_avx512(
    const uint32_t *documents, const uint32_t *samples, const uint32_t *wanted,
    const uint32_t *places, size_t count, uint32_t *kept, uint32_t *matches) {
  const __m512i eighths = _mm512_loadu_si512(samples);
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t place = places[i];
    const uint32_t number = wanted[place];
    const uint32_t below =
        _mm512_cmplt_epu32_mask(eighths, _mm512_set1_epi32((int)number)) & 0x7FFF;
    const uint32_t start = 8 * (uint32_t)__builtin_popcount(below);
    const __m256i eight = _mm256_loadu_si256((const __m256i *)(documents + start));
    const __m256i same = _mm256_set1_epi32((int)number);
    // Of the last eight all may be below; the place stays inside the block then.
    const uint32_t before = _mm256_cmplt_epu32_mask(eight, same) & 0x7F;
    kept[found] = place;
    matches[found] = start + (uint32_t)__builtin_popcount(before);
    found += _mm256_cmpeq_epi32_mask(eight, same) != 0;
  }
  return found;
}
#endif

size_t ev_find_all(
    const uint32_t *documents, const uint32_t *samples, const uint32_t *wanted,
    const uint32_t *places, size_t count, uint32_t *kept, uint32_t *matches) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512vl")) {
    return ev_find_all_avx512(documents, samples, wanted, places, count, kept, matches);
  }
#endif
  return ev_find_all_plain(documents, samples, wanted, places, count, kept, matches);
}
