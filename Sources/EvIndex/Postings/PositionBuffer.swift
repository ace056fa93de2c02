/// Positions in memory that kernels reach without a check or a count of references each.
@safe
package struct PositionBuffer: ~Copyable {
  /// The positions; ``count`` of them are there.
  package var positions: UnsafeMutablePointer<UInt32> { unsafe start + first }

  private var start: UnsafeMutablePointer<UInt32>
  private var first = 0

  /// How many positions there are.
  package private(set) var count = 0

  private var capacity = 256

  /// An empty buffer.
  package init() {
    // Safe: freed in deinit, and replaced in `room` only.
    unsafe start = .allocate(capacity: capacity)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// Forgets all positions and makes room for `count`, which the caller sets.
  mutating func room(for count: Int) -> UnsafeMutablePointer<UInt32> {
    first = 0
    self.count = count
    if count > capacity {
      unsafe start.deallocate()
      capacity = 2 * count
      unsafe start = .allocate(capacity: capacity)
    }
    return unsafe start
  }

  /// Drops those positions that wrapped below 0 when `offset` was taken off; they are in front.
  mutating func dropWrapped(_ offset: UInt32) {
    // Safe: `first` stays inside.
    while count > 0, unsafe positions[0] &+ offset < offset {
      first += 1
      count -= 1
    }
  }

  /// How many positions are at or below `last`; positions ascend.
  package func count(through last: Int64) -> UInt32 {
    var count = 0
    // Safe: `count` stays below the number of positions.
    while count < self.count, unsafe Int64(positions[count]) <= last { count += 1 }
    return UInt32(count)
  }

  /// Whether `others` has any of the positions; both ascend.
  package func meets(_ others: borrowing PositionBuffer) -> Bool {
    let (positions, otherPositions) = unsafe (self.positions, others.positions)
    var other = 0
    // Safe: both indices stay below the counts.
    for index in 0..<count {
      let position = unsafe positions[index]
      while other < others.count, unsafe otherPositions[other] < position { other += 1 }
      guard other < others.count else { return false }
      if unsafe otherPositions[other] == position { return true }
    }
    return false
  }

  /// Keeps those positions that `others` has too; both ascend.
  package mutating func intersect(_ others: borrowing PositionBuffer) {
    let (positions, otherPositions) = unsafe (self.positions, others.positions)
    var kept = 0
    var other = 0
    // Safe: both indices stay below the counts.
    for index in 0..<count {
      let position = unsafe positions[index]
      while other < others.count, unsafe otherPositions[other] < position { other += 1 }
      guard other < others.count else { break }
      if unsafe otherPositions[other] == position {
        unsafe positions[kept] = position
        kept += 1
      }
    }
    count = kept
  }
}
