// Vector primitives: what Swift's own SIMD operators compile lane by lane.
//
// Four lanes of 32 bits are the unit of a packed block (EvCodecs). Everything is inline and written
// with the compiler's portable vector extension, so it needs no flags and builds on any processor.
// What is for the bytes of text is in bytes.h, for positions in positions.h; what is compiled for several
// processors in finding.c.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t ev_u32x4 __attribute__((ext_vector_type(4)));
typedef int32_t ev_i32x4 __attribute__((ext_vector_type(4)));

#define EV_INLINE static inline __attribute__((always_inline))

typedef float ev_f32x4 __attribute__((ext_vector_type(4)));
typedef uint8_t ev_u8x16 __attribute__((ext_vector_type(16)));
typedef bool ev_b8x16 __attribute__((ext_vector_type(16)));

// The lanes that are not zero, the first as the lowest bit.
EV_INLINE uint64_t ev_u8x16_bits(ev_u8x16 lanes) {
  ev_b8x16 set = __builtin_convertvector(lanes, ev_b8x16);
  uint16_t bits;
  __builtin_memcpy(&bits, &set, sizeof bits);
  return bits;
}

// The lanes of which all bits are set, the first as the lowest bit.
EV_INLINE uint32_t ev_u32x4_bits(ev_u32x4 lanes) {
#ifdef __SSE2__
  typedef float ev_m128 __attribute__((vector_size(16)));
  return (uint32_t)__builtin_ia32_movmskps((ev_m128)lanes);
#else
  return __builtin_reduce_or(lanes & (ev_u32x4){1, 2, 4, 8});
#endif
}

// Bit i: whether byte i of 64 is at least `limit`.
EV_INLINE uint64_t ev_u8x64_mask_ge(const uint8_t *_Nonnull p, uint8_t limit) {
  uint64_t mask = 0;
#pragma clang loop unroll(full)
  for (unsigned i = 0; i < 64; i += 16) {
    ev_u8x16 v;
    __builtin_memcpy(&v, p + i, sizeof v);
    mask |= ev_u8x16_bits((ev_u8x16)(v >= (ev_u8x16)limit)) << i;
  }
  return mask;
}

// How many of the first 4 * `fours` numbers, which ascend, are below `limit`; as far as they ascend, where
// they do not. At most seven times four.
EV_INLINE uint32_t ev_u32_below(const uint32_t *_Nonnull p, uint32_t limit, unsigned fours) {
  uint32_t mask = 0;
#pragma clang loop unroll(full)
  for (unsigned i = 0; i < fours; i++) {
    ev_u32x4 v;
    __builtin_memcpy(&v, p + 4 * i, sizeof v);
    mask |= ev_u32x4_bits((ev_u32x4)(v < (ev_u32x4)limit)) << 4 * i;
  }
  return (uint32_t)__builtin_ctz(~mask);
}
EV_INLINE uint32_t ev_u32x8_below(const uint32_t *_Nonnull p, uint32_t limit) {
  return ev_u32_below(p, limit, 2);
}
EV_INLINE uint32_t ev_u32x16_below(const uint32_t *_Nonnull p, uint32_t limit) {
  return ev_u32_below(p, limit, 4);
}

// How many bits of `count` words are set. The instruction for it is not in every processor that programs
// without flags are built for; whether it is there is asked once a call.
#ifdef __x86_64__
__attribute__((target("popcnt"))) static inline uint64_t ev_count_bits_popcnt(
    const uint64_t *_Nonnull p, size_t count) {
  uint64_t bits = 0;
  for (size_t i = 0; i < count; i++) bits += (uint64_t)__builtin_popcountll(p[i]);
  return bits;
}
#endif
static inline uint64_t ev_count_bits(const uint64_t *_Nonnull p, size_t count) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("popcnt")) return ev_count_bits_popcnt(p, count);
#endif
  uint64_t bits = 0;
  for (size_t i = 0; i < count; i++) bits += (uint64_t)__builtin_popcountll(p[i]);
  return bits;
}

// Bit i: whether float i of four is at least `limit`.
EV_INLINE uint32_t ev_f32x4_mask_ge(const void *_Nonnull p, float limit) {
  ev_f32x4 v;
  __builtin_memcpy(&v, p, sizeof v);
  return ev_u32x4_bits((ev_u32x4)(v >= (ev_f32x4)limit));
}

// Bit i: whether float i of 64 is at least `limit`.
EV_INLINE uint64_t ev_f32x64_mask_ge(const float *_Nonnull p, float limit) {
  uint64_t mask = 0;
#pragma clang loop unroll(full)
  for (unsigned i = 0; i < 16; i++) mask |= (uint64_t)ev_f32x4_mask_ge(p + 4 * i, limit) << 4 * i;
  return mask;
}

// Loads and stores at any alignment.
EV_INLINE ev_u32x4 ev_u32x4_load(const void *_Nonnull p) {
  ev_u32x4 v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
EV_INLINE void ev_u32x4_store(void *_Nonnull p, ev_u32x4 v) { __builtin_memcpy(p, &v, sizeof v); }

EV_INLINE ev_u32x4 ev_u32x4_splat(uint32_t x) { return (ev_u32x4){x, x, x, x}; }
EV_INLINE ev_u32x4 ev_u32x4_add(ev_u32x4 a, ev_u32x4 b) { return a + b; }
EV_INLINE ev_u32x4 ev_u32x4_max(ev_u32x4 a, ev_u32x4 b) { return a > b ? a : b; }

// Asks for the 64 bytes around an address, which need not be readable.
EV_INLINE void ev_prefetch(const void *_Nonnull p) { __builtin_prefetch(p); }

// All bits of the first `left` lanes.
EV_INLINE ev_u32x4 ev_u32x4_first(size_t left) {
  const int32_t count = left < 4 ? (int32_t)left : 4;
  return (ev_u32x4)((ev_i32x4){0, 1, 2, 3} < (ev_i32x4)count);
}

// The sum of `count` numbers, in 32 bits. Three places behind them have to be readable.
EV_INLINE uint32_t ev_u32_sum(const uint32_t *_Nonnull p, size_t count) {
  ev_u32x4 sums = (ev_u32x4)0u;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) sums += ev_u32x4_load(p + i);
  if (i < count) sums += ev_u32x4_load(p + i) & ev_u32x4_first(count - i);
  return sums[0] + sums[1] + sums[2] + sums[3];
}

// For each of some places below 128, which ascend, the sum of the numbers in front of it.
//
// Few sums go on from the one in front. For more all sums are made: how many numbers lie between two places
// cannot be foreseen, and a wrong guess costs as much as ten sums.
static inline void ev_sums_before(
    const uint32_t *_Nonnull p, const uint32_t *_Nonnull places, size_t count,
    uint32_t *_Nonnull sums) {
  if (count < 5) {
    uint32_t sum = 0, start = 0;
    for (size_t i = 0; i < count; i++) {
      sum += ev_u32_sum(p + start, places[i] - start);
      start = places[i];
      sums[i] = sum;
    }
    return;
  }
  uint32_t all[128];
  const ev_u32x4 zero = (ev_u32x4)0u;
  ev_u32x4 carry = zero;
  for (unsigned i = 0; i < 128; i += 4) {
    const ev_u32x4 own = ev_u32x4_load(p + i);
    ev_u32x4 v = __builtin_shufflevector(zero, own, 0, 4, 5, 6);
    v += __builtin_shufflevector(zero, v, 0, 4, 5, 6) +
         __builtin_shufflevector(zero, v, 0, 1, 4, 5);
    ev_u32x4_store(all + i, v + carry);
    // One step from sum to sum: they would wait for more.
    carry += v.wwww + own.wwww;
  }
  for (size_t i = 0; i < count; i++) sums[i] = all[places[i] & 127];
}

// Unpacks 32 rows of four values of `width` bits, as a packed block has them; row i of a lane begins at
// bit i * width of the lane. With a constant width every shift is constant, and the loop is unrolled.
EV_INLINE ev_u32x4 ev_unpack_row(const uint8_t *_Nonnull in, unsigned width, unsigned row) {
  const unsigned word = row * width / 32, shift = row * width % 32;
  ev_u32x4 v = ev_u32x4_load(in + 16 * word) >> shift;
  if (shift + width > 32) v |= ev_u32x4_load(in + 16 * (word + 1)) << (32 - shift);
  return width < 32 ? v & (ev_u32x4)((1u << width) - 1) : v;
}

EV_INLINE void ev_unpack_fixed(const uint8_t *_Nonnull in, unsigned width, uint32_t *_Nonnull out) {
#pragma clang loop unroll(full)
  for (unsigned row = 0; row < 32; row++) ev_u32x4_store(out + 4 * row, ev_unpack_row(in, width, row));
}

// The same as differences between values four apart, added up from `base`. Returns the last value of each
// lane.
EV_INLINE ev_u32x4 ev_unpack_deltas_fixed(
    const uint8_t *_Nonnull in, unsigned width, uint32_t base, uint32_t *_Nonnull out) {
  ev_u32x4 sum = (ev_u32x4)base;
#pragma clang loop unroll(full)
  for (unsigned row = 0; row < 32; row++) {
    sum += ev_unpack_row(in, width, row);
    ev_u32x4_store(out + 4 * row, sum);
  }
  return sum;
}

// The largest value of each lane of 32 rows.
static inline ev_u32x4 ev_largest(const uint32_t *_Nonnull p) {
  ev_u32x4 largest = (ev_u32x4)0u;
  for (unsigned row = 0; row < 32; row++) {
    largest = ev_u32x4_max(largest, ev_u32x4_load(p + 4 * row));
  }
  return largest;
}

#define EV_WIDTHS(X)                                                                         \
  X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16)     \
  X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)  \
  X(32)

// Unpacks 128 values from 16 * width readable bytes; width is in 1...32.
static inline void ev_unpack(const void *_Nonnull in, uint32_t width, uint32_t *_Nonnull out) {
  switch (width) {
#define EV_CASE(w) case w: ev_unpack_fixed(in, w, out); return;
    EV_WIDTHS(EV_CASE)
#undef EV_CASE
  }
}

// Unpacks and adds up; returns the largest value of each lane. Where the sums cannot wrap that is the last.
static inline ev_u32x4 ev_unpack_deltas(
    const void *_Nonnull in, uint32_t width, uint32_t base, uint32_t *_Nonnull out) {
  ev_u32x4 last = (ev_u32x4)base;
  switch (width) {
#define EV_CASE(w) case w: last = ev_unpack_deltas_fixed(in, w, base, out); break;
    EV_WIDTHS(EV_CASE)
#undef EV_CASE
  }
  return width <= 26 && base <= INT32_MAX ? last : ev_largest(out);
}
