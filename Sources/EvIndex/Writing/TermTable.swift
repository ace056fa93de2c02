/// Numbers terms in the order in which they are first seen.
///
/// An open-addressing hash table over the terms' bytes, which lie one behind the other. A slot holds a
/// term's number and 32 bits of its hash, so that most comparisons touch no bytes.
struct TermTable: Sendable {
  /// The terms' bytes.
  private(set) var bytes: [UInt8] = []

  /// Where each term begins in `bytes`, and at the end where the last ends.
  private(set) var starts: [Int] = [0]

  /// The hash of each term.
  private(set) var hashes: [UInt64] = []

  private var slots: [UInt64]
  private var mask: Int

  private static let emptySlot = UInt64.max

  /// Creates an empty table.
  init() {
    slots = [UInt64](repeating: Self.emptySlot, count: 1024)
    mask = 1023
  }

  /// How many terms there are.
  var count: Int { hashes.count }

  /// The bytes of a term, as a range of ``bytes``.
  func range(of number: Int) -> Range<Int> {
    starts[number]..<starts[number + 1]
  }

  /// Forgets all terms and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    hashes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = Self.emptySlot }
  }

  /// The number of a term, a new one if it was not seen before.
  ///
  /// - Parameters:
  ///   - source: Bytes, of which `range` is the term.
  ///   - hash: ``hash(_:_:)`` of the term.
  mutating func intern(_ source: Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> UInt32 {
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != Self.emptySlot {
      let entry = slots[slot]
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
        if isEqual(number, source, range) { return UInt32(number) }
      }
      slot = (slot + 1) & mask
    }
    let number = UInt32(count)
    slots[slot] = tag | UInt64(number)
    for index in range { bytes.append(source[index]) }
    starts.append(bytes.count)
    hashes.append(hash)
    // At most half full: probes stay short.
    if 2 * count > mask { grow() }
    return number
  }

  private func isEqual(_ number: Int, _ source: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let own = self.range(of: number)
    guard own.count == range.count else { return false }
    var left = own.lowerBound
    for right in range {
      if bytes[left] != source[right] { return false }
      left += 1
    }
    return true
  }

  private mutating func grow() {
    mask = 2 * mask + 1
    slots = [UInt64](repeating: Self.emptySlot, count: mask + 1)
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[number]) & mask
      while slots[slot] != Self.emptySlot { slot = (slot + 1) & mask }
      slots[slot] = hashes[number] & 0xFFFF_FFFF_0000_0000 | UInt64(number)
    }
  }

  /// A hash of a term's bytes; used in memory only, never written.
  ///
  /// Eight bytes at a time: exclusive-or, multiply, fold the high half back.
  static func hash(_ source: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      var word: UInt64 = 0
      let end = min(index + 8, range.upperBound)
      var shift: UInt64 = 0
      while index < end {
        word |= UInt64(source[index]) << shift
        shift += 8
        index += 1
      }
      let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      state = product.high ^ product.low
    }
    return state
  }

  /// The numbers of all terms, in ascending order of the terms' bytes.
  func sorted() -> [UInt32] {
    // Most terms differ in their first eight bytes, which compare as one number.
    var keys: [(prefix: UInt64, number: UInt32)] = []
    keys.reserveCapacity(count)
    for number in 0..<count { keys.append((prefix(of: number), UInt32(number))) }
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return bytes[range(of: Int(left.number))].lexicographicallyPrecedes(
        bytes[range(of: Int(right.number))])
    }
    return keys.map(\.number)
  }

  private func prefix(of number: Int) -> UInt64 {
    var value: UInt64 = 0
    let range = range(of: number)
    for index in 0..<8 {
      let byte = index < range.count ? bytes[range.lowerBound + index] : 0
      value = value << 8 | UInt64(byte)
    }
    return value
  }
}
