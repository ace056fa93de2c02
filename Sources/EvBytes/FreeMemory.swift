internal import CMalloc

/// Gives the system back what the allocator keeps of memory that is free.
///
/// Useful between two kinds of work: glibc keeps what small blocks left, and the next kind asks for others.
public func releaseFreeMemory() {
  _ = malloc_trim(0)
}
