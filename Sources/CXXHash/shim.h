// xxHash's XXH3, from libxxhash-dev.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>

// A one-argument spelling, because Swift would import the typedef as UInt64 on one platform and
// CUnsignedLongLong on another.
static inline uint64_t ev_xxh3_64(const void *_Nullable bytes, size_t count) {
  return (uint64_t)XXH3_64bits(bytes, count);
}
