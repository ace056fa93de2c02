// Positions of words in documents: sums of differences, and where two rows of them meet.
//
// As in vectors.h, everything is inline and needs no flags.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "vectors.h"

// Four numbers that are `base` and differences added up; differences that are not `valid` count as 0.
EV_INLINE ev_u32x4 ev_u32x4_running(const uint32_t *_Nonnull p, uint32_t base, ev_u32x4 valid) {
  const ev_u32x4 zero = (ev_u32x4)0u;
  ev_u32x4 v = ev_u32x4_load(p) & valid;
  v += __builtin_shufflevector(zero, v, 0, 4, 5, 6);
  v += __builtin_shufflevector(zero, v, 0, 1, 4, 5);
  return v + (ev_u32x4)base;
}

// How many numbers of one ascending row are in another. Each row is given by its differences and what is
// added to all of it. Three places behind each row have to be readable. Sums that wrap give a wrong number,
// and nothing worse.
//
// Four are compared with four; then the row whose fourth is the lower goes on. (Inoue, Ohara and Taura,
// "Faster set intersection with SIMD instructions by reducing branch mispredictions", VLDB 2014.)
static inline uint32_t ev_meetings(
    const uint32_t *_Nonnull a, size_t aCount, uint32_t aBase, const uint32_t *_Nonnull b,
    size_t bCount, uint32_t bBase) {
  if (aCount == 0 || bCount == 0) return 0;
  ev_u32x4 valid = ev_u32x4_first(aCount);
  ev_u32x4 x = ev_u32x4_running(a, aBase, valid);
  ev_u32x4 y = ev_u32x4_running(b, bBase, ev_u32x4_first(bCount));
  ev_u32x4 found = (ev_u32x4)0u;
  for (;;) {
    const ev_u32x4 equal = (ev_u32x4)(x == y) | (ev_u32x4)(x == y.yzwx) |
                           (ev_u32x4)(x == y.zwxy) | (ev_u32x4)(x == y.wxyz);
    found -= equal & valid;
    // Most rows are that short, and which of them is the lower cannot be foreseen.
    if (aCount <= 4 && bCount <= 4) break;
    if (x[3] <= y[3]) {
      if (aCount <= 4) break;
      a += 4;
      aCount -= 4;
      valid = ev_u32x4_first(aCount);
      x = ev_u32x4_running(a, x[3], valid);
    } else {
      if (bCount <= 4) break;
      b += 4;
      bCount -= 4;
      y = ev_u32x4_running(b, y[3], ev_u32x4_first(bCount));
    }
  }
  return found[0] + found[1] + found[2] + found[3];
}
