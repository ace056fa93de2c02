// Vector primitives: what Swift's own SIMD operators compile lane by lane.
//
// Four lanes of 32 bits are the unit of a packed block (EvCodecs). Everything is inline and written
// with the compiler's portable vector extension, so it needs no flags and builds on any processor.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef uint32_t ev_u32x4 __attribute__((ext_vector_type(4)));

#define EV_INLINE static inline __attribute__((always_inline))

typedef float ev_f32x4 __attribute__((ext_vector_type(4)));
typedef uint8_t ev_u8x16 __attribute__((ext_vector_type(16)));

// Whether any of 16 bytes is at least `limit`.
EV_INLINE bool ev_u8x16_any_ge(const void *_Nonnull p, uint8_t limit) {
  ev_u8x16 v;
  __builtin_memcpy(&v, p, sizeof v);
  ev_u8x16 over = (ev_u8x16)(v >= (ev_u8x16)limit);
  return __builtin_reduce_or(over) != 0;
}

// Whether any of four floats is at least `limit`.
EV_INLINE bool ev_f32x4_any_ge(const void *_Nonnull p, float limit) {
  ev_f32x4 v;
  __builtin_memcpy(&v, p, sizeof v);
  return __builtin_reduce_or(v >= (ev_f32x4)limit) != 0;
}

// How many of four numbers are below `limit`.
EV_INLINE uint32_t ev_u32x4_count_below(ev_u32x4 v, uint32_t limit) {
  return (uint32_t)-__builtin_reduce_add(v < (ev_u32x4)limit);
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
EV_INLINE ev_u32x4 ev_u32x4_and(ev_u32x4 a, ev_u32x4 b) { return a & b; }
EV_INLINE ev_u32x4 ev_u32x4_or(ev_u32x4 a, ev_u32x4 b) { return a | b; }
// Shift counts are 0...31.
EV_INLINE ev_u32x4 ev_u32x4_shr(ev_u32x4 a, uint32_t n) { return a >> n; }
EV_INLINE ev_u32x4 ev_u32x4_shl(ev_u32x4 a, uint32_t n) { return a << n; }
