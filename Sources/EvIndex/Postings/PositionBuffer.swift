/// Positions in memory that kernels reach without a check or a count of references each.
@safe
package struct PositionBuffer: ~Copyable {
  /// The positions; ``count`` of them are there.
  package private(set) var positions: UnsafeMutablePointer<UInt32>

  /// How many positions there are.
  package private(set) var count = 0

  private var capacity = 256

  /// An empty buffer.
  package init() {
    // Safe: freed in deinit, and replaced in `reserve` only.
    unsafe positions = .allocate(capacity: capacity)
  }

  deinit {
    unsafe positions.deallocate()
  }

  /// Forgets all positions and makes room for `count`.
  package mutating func reset(reserving count: Int) {
    self.count = 0
    guard count > capacity else { return }
    unsafe positions.deallocate()
    capacity = 2 * count
    unsafe positions = .allocate(capacity: capacity)
  }

  /// Appends a position, for which room was made.
  @inline(__always)
  package mutating func append(_ position: UInt32) {
    precondition(count < capacity, "the buffer is full")
    // Safe: there is room.
    unsafe (positions + count).initialize(to: position)
    count += 1
  }

  /// How many positions are at or below `last`; positions ascend.
  package func count(through last: Int64) -> UInt32 {
    var count = 0
    // Safe: `count` stays below the number of positions.
    while count < self.count, unsafe Int64(positions[count]) <= last { count += 1 }
    return UInt32(count)
  }

  /// Keeps those positions that `others` has too; both ascend.
  package mutating func intersect(_ others: borrowing PositionBuffer) {
    var kept = 0
    var other = 0
    // Safe: both indices stay below the counts.
    for index in 0..<count {
      let position = unsafe positions[index]
      while other < others.count, unsafe others.positions[other] < position { other += 1 }
      guard other < others.count else { break }
      if unsafe others.positions[other] == position {
        unsafe positions[kept] = position
        kept += 1
      }
    }
    count = kept
  }
}
