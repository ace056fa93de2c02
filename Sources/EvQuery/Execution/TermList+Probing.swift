// Finding a document in a term's list, with as little decoding as possible.

internal import CVectors
internal import EvBytes
internal import EvIndex

extension TermList {
  /// The block that may hold `document`, at or after the last probed; the number of blocks for none.
  @inline(__always)
  mutating func blockOf(_ document: UInt32) -> Int {
    var number = probed
    guard blocks.hasMetadata else { return number }
    // Safe: so many entries can be read; those behind the list's own are not counted.
    while number + 16 <= blocks.readableCount {
      let below = unsafe ev_u32x16_below(blocks.lastDocuments + number, document)
      number = min(blocks.count, number + Int(below))
      if below < 16 || number == blocks.count {
        probed = number
        return number
      }
    }
    while number < blocks.count, unsafe blocks.lastDocuments[number] < document { number += 1 }
    probed = number
    return number
  }

  /// How often `document` holds the term, weighted; 0 where it does not.
  ///
  /// - Precondition: Documents are asked for in ascending order, since the last ``rewind()``.
  mutating func frequency(of document: UInt32) throws(FormatError) -> Float {
    let place = try locate(document)
    return place < 0 ? 0 : unsafe weighted[place]
  }

  /// The place of `document` in the block ``probed``; −1 where it lacks the term.
  ///
  /// The frequencies of that block are decoded then. Documents ascend as in ``frequency(of:)``.
  mutating func locate(_ document: UInt32) throws(FormatError) -> Int {
    let number = blockOf(document)
    guard number < blocks.count else { return -1 }
    if number != block, let bits = unsafe blocks.bitSet(number) {
      return unsafe try locate(document, number, bits)
    }
    try load(number)
    let place = place(of: document)
    if place >= 0 { try loadFrequencies() }
    return place
  }

  /// Whether `document` holds the term; documents ascend as in ``frequency(of:)``.
  mutating func contains(_ document: UInt32) throws(FormatError) -> Bool {
    let number = blockOf(document)
    guard number < blocks.count else { return false }
    if number != block, let bits = unsafe blocks.bitSet(number) {
      return unsafe Self.bit(document, bits)
    }
    try load(number)
    return place(of: document) >= 0
  }

  /// The place of `document` in the block; −1 where it is not there.
  @inline(__always)
  func place(of document: UInt32) -> Int {
    let place = firstPlace(from: document)
    return unsafe documents[place] == document ? place : -1
  }

  /// The first place of the block whose document is at or behind `document`; the last where there is none.
  @inline(__always)
  func firstPlace(from document: UInt32) -> Int {
    // Two steps without a branch: of every eighth document, then of eight. Seven steps of two would be as
    // few instructions, but each would wait for the one in front, and mostly nothing else is there to do.
    // Safe: there are 16 samples, and 128 documents.
    let eighth = unsafe Int(ev_u32x16_below(samples, document))
    let start = 8 &* min(15, eighth)
    let place = unsafe start &+ Int(ev_u32x8_below(documents + start, document))
    return min(Self.blockSize &- 1, place)
  }

  /// 1 where a set of bits has a document of its block, else 0; a number, so that nothing branches on it.
  @inline(__always)
  static func number(
    _ document: UInt32, _ bits: (words: UnsafeRawPointer, count: Int, firstDocument: UInt32)
  ) -> Int {
    let index = unsafe UInt(bitPattern: Int(document) &- Int(bits.firstDocument))
    // Safe: the word is inside the set, which has at least one.
    let word = unsafe min(index >> 6, UInt(bitPattern: bits.count &- 1))
    let found = unsafe bits.words.loadUnaligned(
      fromByteOffset: Int(bitPattern: 8 &* word), as: UInt64.self)
    return Int(truncatingIfNeeded: found >> UInt64(index & 63) & 1)
  }

  @inline(__always)
  static func bit(
    _ document: UInt32, _ bits: (words: UnsafeRawPointer, count: Int, firstDocument: UInt32)
  ) -> Bool {
    guard unsafe document >= bits.firstDocument else { return false }
    let index = unsafe Int(document - bits.firstDocument)
    guard unsafe index / 64 < bits.count else { return false }
    // Safe: the word is inside the set.
    let word = unsafe bits.words.loadUnaligned(fromByteOffset: index / 64 * 8, as: UInt64.self)
    return word >> UInt64(index % 64) & 1 == 1
  }

  /// Finds a document in a set of bits without decoding it; its place is the number of bits in front.
  ///
  /// - Parameter isOneOfFew: Whether its frequency is read alone where that is possible.
  mutating func locate(
    _ document: UInt32, _ number: Int,
    _ bits: (words: UnsafeRawPointer, count: Int, firstDocument: UInt32), isOneOfFew: Bool = false
  ) throws(FormatError) -> Int {
    guard unsafe Self.bit(document, bits) else { return -1 }
    let index = unsafe Int(document - bits.firstDocument)
    var place = 0
    for word in 0..<index / 64 {
      // Safe: words up to that of the document are inside the set.
      place += unsafe bits.words.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)
        .nonzeroBitCount
    }
    let own = unsafe bits.words.loadUnaligned(fromByteOffset: index / 64 * 8, as: UInt64.self)
    place += (own & ((1 << UInt64(index % 64)) - 1)).nonzeroBitCount
    guard place < Self.blockSize else {
      throw .invalidValue(field: "documents", value: UInt64(place), offset: 0)
    }
    if frequencyBlock != number {
      // The documents stay those of another block; only the frequencies are of this one.
      let offset = unsafe blocks.frequenciesOffset(ofBitSet: number, words: bits.count)
      if isOneOfFew, !norms.weighsFields, formWeight == 1 {
        frequencyBlock = -1
        try decodeFrequency(at: offset, place)
      } else {
        try decodeFrequencies(at: offset, of: number)
      }
    }
    return place
  }
}
