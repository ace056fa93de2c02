// Looking up many numbers in one block.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Looks up the numbers wanted[places[0]], wanted[places[1]], …, `count` of them, in 128 that ascend and of
// which `samples` are every eighth, from the eighth on. Of each that is there `kept` gets its entry of
// `places`, and `matches` which of the 128 it is. Returns how many are there.
//
// Nothing branches on whether a number is there: that cannot be foreseen, and costs as much as the search.
// `kept` may be `places`, or begin in front of it; it and `matches` have `count` places. Where the 128 do not
// ascend, what is found is wrong, but one of them.
size_t ev_find_all(
    const uint32_t *_Nonnull documents, const uint32_t *_Nonnull samples,
    const uint32_t *_Nonnull wanted, const uint32_t *_Nonnull places, size_t count,
    uint32_t *_Nonnull kept, uint32_t *_Nonnull matches);

// The same as it is done where the processor has no vectors of 512 bits.
size_t ev_find_all_plain(
    const uint32_t *_Nonnull documents, const uint32_t *_Nonnull samples,
    const uint32_t *_Nonnull wanted, const uint32_t *_Nonnull places, size_t count,
    uint32_t *_Nonnull kept, uint32_t *_Nonnull matches);
