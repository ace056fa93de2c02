// Bytes of text, sixteen at a time: where some of them are, and which of 64 are of which sort.
//
// As in vectors.h, everything is inline and needs no flags: a comparison of vectors becomes a set of bits.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "vectors.h"

#define EV_IS(v, byte) ((ev_u8x16)((v) == (ev_u8x16)(uint8_t)(byte)))
#define EV_WITHIN(v, first, count) \
  ((ev_u8x16)((ev_u8x16)((v) - (ev_u8x16)(uint8_t)(first)) < (ev_u8x16)(uint8_t)(count)))

// Each of these functions is the place of the first of `count` bytes for which its condition holds, or
// `count`. `readable` bytes may be read, `count` or more of them.
#define EV_FIND(name, condition)                                                                  \
  static inline size_t name(const uint8_t *_Nonnull p, size_t count, size_t readable) {           \
    for (size_t i = 0; i < count; i += 16) {                                                      \
      ev_u8x16 v = (ev_u8x16)(uint8_t)0;                                                          \
      if (readable - i >= 16) {                                                                   \
        memcpy(&v, p + i, 16);                                                                    \
      } else {                                                                                    \
        for (size_t k = i; k < count; k++) v[k - i] = p[k];                                       \
      }                                                                                           \
      const uint64_t found = ev_u8x16_bits(condition);                                            \
      if (found == 0) continue;                                                                   \
      const size_t place = i + (size_t)__builtin_ctzll(found);                                    \
      return place < count ? place : count;                                                       \
    }                                                                                             \
    return count;                                                                                 \
  }

EV_FIND(ev_find_foreign, EV_WITHIN(v, 0x80, 0x80))
EV_FIND(ev_find_line_feed, EV_IS(v, 0x0A))
EV_FIND(ev_find_line_feed_or_e2, EV_IS(v, 0x0A) | EV_IS(v, 0xE2))
EV_FIND(
    ev_find_stop_or_foreign,
    EV_IS(v, '.') | EV_IS(v, '?') | EV_IS(v, '!') | EV_WITHIN(v, 0x80, 0x80))

// Copies bytes with the capital letters of ASCII as small ones.
EV_INLINE void ev_fold_ascii(const uint8_t *_Nonnull in, size_t count, uint8_t *_Nonnull out) {
  for (size_t i = 0; i < count; i++) {
    const uint8_t byte = in[i];
    out[i] = (uint8_t)(byte - 0x41) < 26 ? byte | 0x20 : byte;
  }
}

// Which of 64 bytes are of which sort: bit i stands for byte i.
typedef struct {
  uint64_t letters, digits, stops, apostrophes;
  // Commas and semicolons.
  uint64_t commas;
  uint64_t low_lines, hyphens, strokes;
  // + # & @ $
  uint64_t signs;
} ev_ascii_sets;

// Sorts `count` bytes, at most 64; what is behind them is of no sort. `readable` as above.
static inline ev_ascii_sets ev_ascii_sort(
    const uint8_t *_Nonnull p, size_t count, size_t readable) {
  uint8_t rest[64];
  if (readable < 64) {
    memset(rest, 0, sizeof rest);
    memcpy(rest, p, count);
    p = rest;
  }
  ev_ascii_sets sets = {0};
  for (unsigned i = 0; i < 64; i += 16) {
    ev_u8x16 v;
    memcpy(&v, p + i, 16);
    const ev_u8x16 small = v | (ev_u8x16)(uint8_t)0x20;
    sets.letters |= ev_u8x16_bits(EV_WITHIN(small, 'a', 26)) << i;
    sets.digits |= ev_u8x16_bits(EV_WITHIN(v, '0', 10)) << i;
    // What is left is in a few places only; all of it but the last two lies side by side.
    const ev_u8x16 others =
        EV_WITHIN(v, '#', '/' - '#' + 1) | EV_IS(v, ';') | EV_IS(v, '_') | EV_IS(v, '@');
    if (ev_u8x16_bits(others) == 0) continue;
    sets.stops |= ev_u8x16_bits(EV_IS(v, '.')) << i;
    sets.apostrophes |= ev_u8x16_bits(EV_IS(v, '\'')) << i;
    sets.commas |= ev_u8x16_bits(EV_IS(v, ',') | EV_IS(v, ';')) << i;
    sets.low_lines |= ev_u8x16_bits(EV_IS(v, '_')) << i;
    sets.hyphens |= ev_u8x16_bits(EV_IS(v, '-')) << i;
    sets.strokes |= ev_u8x16_bits(EV_IS(v, '/')) << i;
    sets.signs |= ev_u8x16_bits(
                      EV_IS(v, '+') | EV_IS(v, '#') | EV_IS(v, '&') | EV_IS(v, '@') | EV_IS(v, '$'))
                  << i;
  }
  if (count < 64) {
    const uint64_t inside = ((uint64_t)1 << count) - 1;
    sets.letters &= inside;
    sets.digits &= inside;
    sets.stops &= inside;
    sets.apostrophes &= inside;
    sets.commas &= inside;
    sets.low_lines &= inside;
    sets.hyphens &= inside;
    sets.strokes &= inside;
    sets.signs &= inside;
  }
  return sets;
}

// Which of `count` bytes, at most 64, are no white space of ASCII: bit i stands for byte i. `readable` as
// above.
static inline uint64_t ev_dark_bytes(const uint8_t *_Nonnull p, size_t count, size_t readable) {
  uint8_t rest[64];
  if (readable < 64) {
    memset(rest, ' ', sizeof rest);
    memcpy(rest, p, count);
    p = rest;
  }
  uint64_t spaces = 0;
  for (unsigned i = 0; i < 64; i += 16) {
    ev_u8x16 v;
    memcpy(&v, p + i, 16);
    spaces |= ev_u8x16_bits(EV_IS(v, ' ') | EV_WITHIN(v, 0x09, 5)) << i;
  }
  return ~spaces & (count < 64 ? ((uint64_t)1 << count) - 1 : ~(uint64_t)0);
}
