// What the benchmarks need of the system, and Swift does not see in its headers.
#pragma once

// Holds the calling thread, and the threads that it starts later, to one processor: the last of those
// that it may use. Returns its number, or -1 where the system refuses.
int ev_hold_to_one_processor(void);

// Takes a result and does nothing with it, where the compiler cannot see: so it has to be computed.
void ev_keep(long value);
