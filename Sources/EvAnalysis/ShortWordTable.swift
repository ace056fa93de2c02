// A table of words for hot loops: no memory is taken to look one up.

/// A fingerprint of a word, which two different words of a table do not share.
struct WordKey: Equatable {
  private(set) var low: UInt64 = 0xCBF2_9CE4_8422_2325
  private(set) var high: UInt64 = 0

  /// Adds the next byte.
  @inline(always)
  mutating func append(_ byte: UInt8) {
    low = (low ^ UInt64(byte)) &* 0x100_0000_01B3
    high = (high &+ UInt64(byte) &+ 1) &* 0x9E37_79B9_7F4A_7C15
  }

  /// Adds a scalar in UTF-8.
  @inline(always)
  mutating func append(scalar: UInt32) {
    if scalar < 0x80 { return append(UInt8(truncatingIfNeeded: scalar)) }
    for unit in String(UnicodeScalar(scalar) ?? "\u{FFFD}").utf8 { append(unit) }
  }

  init() {}

  init(_ word: some Sequence<UInt8>) {
    for byte in word { append(byte) }
  }
}

/// Values by word.
struct ShortWordTable<Value: Sendable>: Sendable {
  /// The words' fingerprints, with open addressing; both halves are zero where there is none.
  private var low: [UInt64]
  private var high: [UInt64]
  private var values: [Value?]

  /// Creates a table; of a word that is there twice the first value counts.
  init(_ rows: [(word: [UInt8], value: Value)]) {
    var slots = 16
    while slots < 3 * rows.count { slots *= 2 }
    low = Array(repeating: 0, count: slots)
    high = Array(repeating: 0, count: slots)
    values = Array(repeating: nil, count: slots)
    for (word, value) in rows {
      let key = WordKey(word)
      let slot = slot(of: key)
      if values[slot] != nil { continue }
      low[slot] = key.low
      high[slot] = key.high
      values[slot] = value
    }
  }

  /// The value of a word, or nil.
  @inline(always)
  subscript(key: WordKey) -> Value? { values[slot(of: key)] }

  @inline(always)
  private func slot(of key: WordKey) -> Int {
    var slot = Int(truncatingIfNeeded: key.high >> 32) & (low.count - 1)
    while low[slot] != key.low || high[slot] != key.high {
      if low[slot] == 0, high[slot] == 0 { break }
      slot = (slot + 1) & (low.count - 1)
    }
    return slot
  }
}
