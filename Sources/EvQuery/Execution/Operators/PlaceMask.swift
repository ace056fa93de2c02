/// Some of the 128 places of a batch, a bit each.
struct PlaceMask {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func insert(_ place: UInt32) {
    let bit: UInt64 = 1 << UInt64(place & 63)
    if place < 64 { low |= bit } else { high |= bit }
  }

  mutating func formUnion(_ other: PlaceMask) {
    low |= other.low
    high |= other.high
  }

  @inline(__always)
  func contains(_ place: UInt32) -> Bool {
    (place < 64 ? low : high) >> UInt64(place & 63) & 1 != 0
  }

  /// Keeps those of some places that are in the set.
  func keep(in places: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    unsafe filter(places, count) { $0 }
  }

  /// Removes those of some places that are in the set.
  func drop(from places: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    unsafe filter(places, count) { !$0 }
  }

  @inline(__always)
  private func filter(
    _ places: UnsafeMutablePointer<UInt32>, _ count: Int, _ isWanted: (Bool) -> Bool
  ) -> Int {
    var kept = 0
    for index in 0..<count {
      // Safe: there are `count` places; as many are written at most as were read.
      let place = unsafe places[index]
      unsafe places[kept] = place
      kept += isWanted(contains(place)) ? 1 : 0
    }
    return kept
  }
}
