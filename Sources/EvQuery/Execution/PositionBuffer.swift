/// Where phrases may begin in one document: the positions of one word, less its offset in the phrase.
///
/// Plain memory, which kernels reach without a check or a count of references each. Invariant: the first
/// ``count`` places are positions, ascending.
@safe
struct PositionBuffer: ~Copyable {
  private var positions: UnsafeMutablePointer<UInt32>
  private var capacity = 256

  /// How many positions there are.
  private(set) var count = 0

  /// An empty buffer.
  init() {
    // Safe: freed in deinit, and replaced in `fill` only.
    unsafe positions = .allocate(capacity: capacity)
  }

  deinit {
    unsafe positions.deallocate()
  }

  /// Replaces the positions by sums of differences, less `offset` each; without those below `offset`.
  ///
  /// - Parameter differences: `count` of them.
  mutating func fill(_ differences: UnsafePointer<UInt32>, _ count: Int, less offset: UInt32) {
    if count > capacity {
      unsafe positions.deallocate()
      capacity = 2 * count
      unsafe positions = .allocate(capacity: capacity)
    }
    var (position, kept): (UInt32, Int) = (0, 0)
    // Safe: there are `count` differences, and room for so many positions.
    for index in 0..<count {
      position &+= unsafe differences[index]
      unsafe positions[kept] = position &- offset
      kept += position >= offset ? 1 : 0
    }
    self.count = kept
  }

  /// Keeps those positions that are among sums of differences, less `offset` each.
  ///
  /// - Parameter differences: `count` of them.
  mutating func keep(_ differences: UnsafePointer<UInt32>, _ count: Int, less offset: UInt32) {
    guard count > 0 else {
      self.count = 0
      return
    }
    var (kept, other) = (0, 0)
    // Safe: both indices stay below their counts.
    var position = unsafe differences[0]
    for index in 0..<self.count {
      let wanted = unsafe positions[index] &+ offset
      while position < wanted, other + 1 < count {
        other += 1
        position &+= unsafe differences[other]
      }
      guard position >= wanted else { break }
      unsafe positions[kept] = wanted &- offset
      kept += position == wanted ? 1 : 0
    }
    self.count = kept
  }

  /// How many positions are at or below `last`.
  func count(through last: Int64) -> UInt32 {
    var count = 0
    // Safe: `count` stays below the number of positions.
    while count < self.count, unsafe Int64(positions[count]) <= last { count += 1 }
    return UInt32(count)
  }
}
