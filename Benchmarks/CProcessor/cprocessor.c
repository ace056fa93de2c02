// The functions for sets of processors are GNU's, and must be asked for before any header.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cprocessor.h"

#include <sched.h>

#ifdef __linux__
int ev_hold_to_one_processor(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return -1;
  int last = -1;
  for (int number = 0; number < CPU_SETSIZE; number++) {
    if (CPU_ISSET(number, &allowed)) last = number;
  }
  if (last < 0) return -1;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(last, &one);
  return sched_setaffinity(0, sizeof one, &one) == 0 ? last : -1;
}
#else
int ev_hold_to_one_processor(void) { return -1; }
#endif

void ev_keep(long value) { (void)value; }
