internal import EvBytes

/// Numbers terms in the order in which they are first seen.
///
/// An open-addressing hash table over the terms' bytes, which lie one behind the other. A slot holds a
/// term's first eight bytes, its length and bits of its hash, so that most terms are found by one look
/// at memory.
struct TermTable: Sendable {
  private struct Slot: Sendable {
    /// As ``Entry/prefix``.
    var prefix: UInt64
    /// The term's length in the lowest byte, bits of its hash above.
    var tag: UInt32
    var number: UInt32

    static let empty = Slot(prefix: 0, tag: 0, number: .max)
  }

  private struct Entry: Sendable {
    /// The first eight bytes, the first one lowest, zeros behind the end.
    var prefix: UInt64
    var start: UInt32
    var length: UInt32
  }

  /// The terms' bytes.
  private(set) var bytes: [UInt8] = []

  private var entries: [Entry] = []
  /// The hash of each term.
  private var hashes: [UInt64] = []
  private var slots: [Slot]
  private var mask: Int

  /// Creates an empty table.
  ///
  /// - Parameter capacity: How many terms it is made for; it grows as it has to.
  init(capacity: Int = 512) {
    var size = 1024
    while size < 2 * capacity { size *= 2 }
    slots = [Slot](repeating: .empty, count: size)
    mask = size - 1
  }

  /// How many terms there are.
  var count: Int { entries.count }

  /// The bytes of a term, as a range of ``bytes``.
  func range(of number: Int) -> Range<Int> {
    let entry = entries[number]
    return Int(entry.start)..<Int(entry.start + entry.length)
  }

  /// Gives back the memory that is needed to find terms; terms of another table may still be added.
  mutating func freeze() {
    slots = []
  }

  /// Gives back the memory that is needed to add terms too.
  mutating func close() {
    slots = []
    hashes = []
  }

  /// The number of a term, a new one if it was not seen before.
  ///
  /// - Parameter source: Bytes, of which `range`, not empty, is the term.
  mutating func intern(_ source: RawSpan, _ range: Range<Int>) -> UInt32 {
    let prefix = Self.word(source, range.lowerBound, range.count)
    return intern(source, range, prefix, Self.hash(source, range, prefix))
  }

  /// The numbers of terms of another table, new ones for those not seen before.
  ///
  /// The slots of several terms are looked at before the first of them is compared: the processor
  /// fetches them side by side then, where one after the other would wait for memory each time.
  mutating func intern(_ numbers: [UInt32], of other: TermTable) -> [UInt32] {
    if entries.isEmpty {
      // The other's terms as they are: where a long text is all there is, no second copy is made.
      self = other
      return numbers
    }
    if slots.isEmpty { makeSlots(max(1024, mask + 1)) }
    var own: [UInt32] = []
    own.reserveCapacity(numbers.count)
    let bytes = other.bytes.rawSpan
    for start in stride(from: 0, to: numbers.count, by: Self.lookahead) {
      let end = min(start + Self.lookahead, numbers.count)
      var seen: UInt32 = 0
      for index in start..<end {
        let hash = other.hashes[Int(numbers[index])]
        seen ^= slots[Int(truncatingIfNeeded: hash) & mask].number
      }
      lastSeen = seen
      for index in start..<end {
        let number = Int(numbers[index])
        own.append(
          intern(
            bytes, other.range(of: number), other.entries[number].prefix, other.hashes[number]))
      }
    }
    return own
  }

  /// Terms whose slots are looked at together.
  private static let lookahead = 16

  /// Something of the slots that were looked at ahead, so that the looks are not left out as useless.
  private var lastSeen: UInt32 = 0

  private mutating func intern(
    _ source: RawSpan, _ range: Range<Int>, _ prefix: UInt64, _ hash: UInt64
  ) -> UInt32 {
    let tag = Self.tag(hash, range.count)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = slots[slot]
      if found.number == .max { break }
      if found.prefix == prefix, found.tag == tag,
        range.count <= 8 || isEqual(entries[Int(found.number)], source, range)
      {
        return found.number
      }
      slot = (slot + 1) & mask
    }
    let number = UInt32(count)
    slots[slot] = Slot(prefix: prefix, tag: tag, number: number)
    entries.append(
      Entry(prefix: prefix, start: UInt32(bytes.count), length: UInt32(range.count)))
    for index in range { bytes.append(source.load(UInt8.self, at: index) ?? 0) }
    hashes.append(hash)
    // At most half full: probes stay short.
    if 2 * count > mask { grow() }
    return number
  }

  /// Whether a term of more than eight bytes, the first eight of which are equal, is equal.
  private func isEqual(_ entry: Entry, _ source: RawSpan, _ range: Range<Int>) -> Bool {
    let own = bytes.rawSpan
    let start = Int(entry.start)
    var offset = 8
    while offset < range.count {
      // The last word overlaps the one before, so that every load is inside the term.
      offset = min(offset, range.count - 8)
      let left = own.load(UInt64.self, at: start + offset)
      if left != source.load(UInt64.self, at: range.lowerBound + offset) { return false }
      offset += 8
    }
    return true
  }

  private mutating func grow() {
    slots = []
    makeSlots(2 * (mask + 1))
  }

  private mutating func makeSlots(_ size: Int) {
    mask = size - 1
    slots = [Slot](repeating: .empty, count: size)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot].number != .max { slot = (slot + 1) & mask }
      let entry = entries[number]
      slots[slot] = Slot(
        prefix: entry.prefix, tag: Self.tag(hash, Int(entry.length)), number: UInt32(number))
    }
  }

  /// ``Slot/tag``; no term has more than 255 bytes.
  private static func tag(_ hash: UInt64, _ length: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: hash >> 32) & ~0xFF | UInt32(truncatingIfNeeded: length)
  }

  /// Up to eight bytes as a number, the first one lowest.
  private static func word(_ source: RawSpan, _ start: Int, _ count: Int) -> UInt64 {
    if let word = source.load(UInt64.self, at: start) {
      return count >= 8 ? word : word & (1 << UInt64(8 * count) - 1)
    }
    var word: UInt64 = 0
    for index in 0..<min(8, count) {
      word |= UInt64(source.load(UInt8.self, at: start + index) ?? 0) << UInt64(8 * index)
    }
    return word
  }

  /// A hash of a term's bytes; used in memory only, never written.
  ///
  /// Eight bytes at a time: exclusive-or, multiply, fold the high half back.
  private static func hash(_ source: RawSpan, _ range: Range<Int>, _ prefix: UInt64) -> UInt64 {
    func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
      let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      return product.high ^ product.low
    }
    var state = mix(0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count), prefix)
    var index = range.lowerBound + 8
    while index < range.upperBound {
      state = mix(state, word(source, index, range.upperBound - index))
      index += 8
    }
    return state
  }

  /// A term that is being sorted: its first eight bytes, the first one highest, and its number.
  private typealias Key = (prefix: UInt64, number: UInt32)

  /// The numbers of all terms, in ascending order of the terms' bytes.
  ///
  /// - Parameters:
  ///   - threads: With more than one, parts are sorted on other threads.
  ///   - partCount: How many terms are worth handing to another thread.
  func sorted(threads: Int = 1, partCount: Int = 1 << 15) -> [UInt32] {
    // By the first two bytes at one stroke; then those that share them.
    var ends = [Int](repeating: 0, count: 1 << 16 + 1)
    for entry in entries { ends[Self.bucket(entry) + 1] += 1 }
    for bucket in 0..<1 << 16 { ends[bucket + 1] += ends[bucket] }
    var keys = [Key](repeating: (0, 0), count: count)
    for (number, entry) in entries.enumerated() {
      let bucket = Self.bucket(entry)
      keys[ends[bucket]] = (entry.prefix.byteSwapped, UInt32(number))
      ends[bucket] += 1
    }
    guard threads > 1, count > partCount else {
      sortBuckets(&keys)
      return keys.map(\.number)
    }
    let work = OrderedWork<[UInt32]>(threads: threads)
    var order: [UInt32] = []
    order.reserveCapacity(count)
    var start = 0
    for end in ends where end - start >= partCount || end == count && end > start {
      let part = Array(keys[start..<end])
      start = end
      order +=
        work.submit {
          var part = part
          sortBuckets(&part)
          return part.map(\.number)
        } ?? []
    }
    while let part = work.next() { order += part }
    return order
  }

  /// Sorts terms that are in the order of their first two bytes.
  private func sortBuckets(_ keys: inout [Key]) {
    var start = 0
    while start < keys.count {
      let head = keys[start].prefix >> 48
      var end = start + 1
      while end < keys.count, keys[end].prefix >> 48 == head { end += 1 }
      if end - start > 1 { keys[start..<end].sort(by: precedes) }
      start = end
    }
  }

  private static func bucket(_ entry: Entry) -> Int { Int(entry.prefix.byteSwapped >> 48) }

  private func precedes(_ left: Key, _ right: Key) -> Bool {
    // Most terms differ in their first eight bytes, which compare as one number.
    if left.prefix != right.prefix { return left.prefix < right.prefix }
    return bytes.rawSpan.extracting(range(of: Int(left.number)))
      .precedes(bytes.rawSpan.extracting(range(of: Int(right.number))))
  }
}
