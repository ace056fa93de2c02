internal import CVectors
internal import EvBytes

/// The terms of a segment: a term to what is known of it, and all terms in order.
///
/// ``TermDictionaryWriter`` has the layout.
package struct TermDictionary: Sendable {
  private let file: SegmentFileReader

  /// How many terms there are.
  package let count: Int

  private let blockCount: Int

  /// Opens the dictionary at `path`.
  package init(path: String, count: Int) throws(IndexError) {
    file = try SegmentFileReader(.terms, path: path, sectionCount: 3)
    self.count = count
    blockCount = (count + TermDictionaryWriter.blockSize - 1) / TermDictionaryWriter.blockSize
    guard file.sections[1].count == 8 * blockCount, file.sections[2].count == 8 * blockCount else {
      throw file.corrupt(1, at: 0, "the table of blocks has a wrong length")
    }
  }

  /// The file, for checks.
  package var reader: SegmentFileReader { file }

  /// What is known of `term`, or nil where no document holds it.
  ///
  /// - Complexity: O(log terms).
  package func find(_ term: String) throws(IndexError) -> TermInfo? {
    guard count > 0 else { return nil }
    let text = term.utf8Span
    // Safe: `text` outlives the bytes, and they are no more than its own.
    let bytes = unsafe text.span.bytes
    let number = try block(for: bytes)
    do throws(FormatError) {
      return try find(bytes, inBlock: number)
    } catch {
      throw file.corrupt(0, error)
    }
  }

  /// What is known of several terms; nil for those that no document holds.
  ///
  /// As ``find(_:)`` of each, but no term waits for the memory of another.
  package func find(_ terms: [String]) throws(IndexError) -> [TermInfo?] {
    var found: [TermInfo?] = []
    found.reserveCapacity(terms.count)
    for start in stride(from: 0, to: terms.count, by: Self.together) {
      try find(terms[start..<min(terms.count, start + Self.together)], &found)
    }
    return found
  }

  /// How many terms are looked for together.
  private static let together = 8

  private func find(
    _ terms: ArraySlice<String>, _ found: inout [TermInfo?]
  ) throws(IndexError) {
    guard count > 0 else {
      found += terms.map { _ in nil }
      return
    }
    var heads = InlineArray<8, UInt64>(repeating: 0)
    for (place, term) in terms.enumerated() {
      let text = term.utf8Span
      // Safe: `text` outlives the bytes, and they are no more than its own.
      heads[place] = unsafe Self.head(of: text.span.bytes)
    }
    var blocks = blocks(below: heads, terms.count)
    for (place, term) in terms.enumerated() {
      let text = term.utf8Span
      // Safe: as above.
      blocks[place] = unsafe try block(for: text.span.bytes, heads[place], from: blocks[place])
      // Safe: what is asked for is not looked at.
      unsafe ev_prefetch(file.address + file.sections[1].lowerBound + 8 * blocks[place])
    }
    if terms.count > 1 { for place in 0..<terms.count { prefetch(blocks[place]) } }
    for (place, term) in terms.enumerated() {
      let text = term.utf8Span
      do throws(FormatError) {
        // Safe: as above.
        found.append(unsafe try find(text.span.bytes, inBlock: blocks[place]))
      } catch {
        throw file.corrupt(0, error)
      }
    }
  }

  /// How many blocks begin with less than each of some terms, as far as the first eight bytes tell.
  ///
  /// The steps of all terms are taken side by side, and none is a branch, half of which could not be
  /// foreseen.
  private func blocks(below heads: InlineArray<8, UInt64>, _ count: Int) -> InlineArray<8, Int> {
    var found = InlineArray<8, Int>(repeating: 0)
    let table = file.section(2)
    var size = blockCount
    while size > 0 {
      let half = (size + 1) / 2
      for place in 0..<count {
        // Safe: the places that are left are `found` to `found` + `size`, all in the table, whose length
        // was checked when it was opened.
        let head = unsafe table.unsafeLoadUnaligned(
          fromUncheckedByteOffset: 8 * (found[place] + half - 1), as: UInt64.self)
        found[place] += UInt64(littleEndian: head) < heads[place] ? half : 0
      }
      size -= half
    }
    return found
  }

  /// Asks for the memory of a block.
  private func prefetch(_ block: Int) {
    // A table that is wrong is found out where the block is read.
    guard let offset = file.section(1).load(UInt64.self, at: 8 * block),
      offset < UInt64(file.sections[0].count)
    else { return }
    // Safe: the offset is inside the section; what is asked for is not looked at.
    let start = unsafe file.address + file.sections[0].lowerBound + Int(offset)
    for line in 0..<4 { unsafe ev_prefetch(start + 64 * line) }
  }

  /// The term with a number, counted from 0, and what is known of it; nil where there is none.
  package func term(at number: Int) throws(IndexError) -> (term: [UInt8], info: TermInfo)? {
    guard number >= 0, number < count else { return nil }
    var cursor = TermCursor(self, inFrontOfBlock: number / TermDictionaryWriter.blockSize)
    for _ in 0...number % TermDictionaryWriter.blockSize {
      guard try cursor.next() else { return nil }
    }
    return (cursor.term, cursor.info)
  }

  /// Walks a block without putting its terms together.
  ///
  /// `matched` is how many bytes the last term, which is in front of the wanted one, shares with it. A
  /// term that shares more with the last one is in front of the wanted one too; one that shares less is
  /// behind it; only of one that shares as much are bytes compared.
  private func find(_ wanted: RawSpan, inBlock number: Int) throws(FormatError) -> TermInfo? {
    let bytes = file.section(0)
    var reader = ByteReader(bytes, at: try offset(ofBlock: number))
    var info = TermInfo.none
    try info.readBlockHead(from: &reader)
    let first = number * TermDictionaryWriter.blockSize
    // Safe: what is asked for is not looked at.
    let start = unsafe file.address + file.sections[0].lowerBound + reader.offset
    for line in 1..<4 { unsafe ev_prefetch(start + 64 * line) }
    var matched = 0
    for _ in first..<min(count, first + TermDictionaryWriter.blockSize) {
      let (shared, length) = try reader.readLengths()
      let rest = bytes.extracting(try reader.readRange(count: length))
      info.moveToNext()
      if shared < matched { return nil }
      guard shared == matched else {
        try info.passEntry(of: &reader)
        continue
      }
      let own = rest.commonPrefixLength(with: wanted.extracting(matched..<wanted.byteCount))
      matched += own
      if own == rest.byteCount {
        // The term is a prefix of the wanted one, or is it.
        if matched == wanted.byteCount {
          try info.readEntry(from: &reader)
          return info
        }
      } else if matched == wanted.byteCount {
        return nil
      } else if let left = rest.load(UInt8.self, at: own),
        let right = wanted.load(UInt8.self, at: matched), left > right
      {
        return nil
      }
      try info.passEntry(of: &reader)
    }
    return nil
  }

  /// The first eight bytes of a term as a number.
  static func head(of term: RawSpan) -> UInt64 {
    var head: UInt64 = 0
    for index in 0..<8 { head = head << 8 | UInt64(term.load(UInt8.self, at: index) ?? 0) }
    return head
  }

  /// The last block whose first term is at or before `term`; the first where there is none.
  fileprivate func block(for term: RawSpan) throws(IndexError) -> Int {
    let head = Self.head(of: term)
    let below = blocks(below: InlineArray<8, UInt64>(repeating: head), 1)
    return try block(for: term, head, from: below[0])
  }

  /// The same, of those from the one in front of `below` on.
  ///
  /// - Parameter below: How many blocks begin with less than `head`, the first eight bytes of the term.
  private func block(
    for term: RawSpan, _ head: UInt64, from below: Int
  ) throws(IndexError) -> Int {
    let heads = file.section(2)
    var (low, high) = (below, below)
    // Blocks that begin with the same eight bytes are few, mostly none.
    while high < blockCount, heads.load(UInt64.self, at: 8 * high) == head { high += 1 }
    while low < high {
      let middle = (low + high) / 2
      if try firstTerm(ofBlock: middle, isAtOrBefore: term) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return max(0, low - 1)
  }

  private func firstTerm(
    ofBlock block: Int, isAtOrBefore term: RawSpan
  ) throws(IndexError) -> Bool {
    do throws(FormatError) {
      let bytes = file.section(0)
      var reader = ByteReader(bytes, at: try offset(ofBlock: block))
      for _ in 0..<3 { _ = try reader.readVarint() }
      let range = try reader.readRange(count: try reader.readLengths().rest)
      return !term.precedes(bytes.extracting(range))
    } catch {
      throw file.corrupt(0, error)
    }
  }

  /// Where a block begins in the first section.
  func offset(ofBlock block: Int) throws(FormatError) -> Int {
    guard let offset = file.section(1).load(UInt64.self, at: 8 * block),
      offset < UInt64(file.sections[0].count)
    else { throw .truncated(offset: 0) }
    return Int(offset)
  }
}

/// Steps through the terms of a dictionary in ascending order of their bytes.
package struct TermCursor {
  private let dictionary: TermDictionary
  private var nextOrdinal: Int
  private var offset = 0
  private var target: [UInt8]

  /// The current term's bytes.
  package private(set) var term: [UInt8] = []

  /// What is known of the current term.
  package private(set) var info = TermInfo.none

  /// Stands in front of the first term at or after `target`.
  package init(_ dictionary: TermDictionary, seeking target: RawSpan) throws(IndexError) {
    self.dictionary = dictionary
    self.target = target.copied()
    nextOrdinal =
      dictionary.count == 0
      ? 0 : try dictionary.block(for: target) * TermDictionaryWriter.blockSize
  }

  /// Stands in front of the first term of all.
  package init(_ dictionary: TermDictionary) {
    self.dictionary = dictionary
    target = []
    nextOrdinal = 0
  }

  /// Stands in front of the first term of a block.
  fileprivate init(_ dictionary: TermDictionary, inFrontOfBlock block: Int) {
    self.dictionary = dictionary
    target = []
    nextOrdinal = block * TermDictionaryWriter.blockSize
  }

  /// Moves to the next term.
  ///
  /// - Returns: False at the end.
  package mutating func next() throws(IndexError) -> Bool {
    repeat {
      guard nextOrdinal < dictionary.count else { return false }
      do throws(FormatError) { try step() } catch { throw dictionary.reader.corrupt(0, error) }
      // Only the terms in front of the target in its block are passed over.
    } while !target.isEmpty && term.rawSpan.precedes(target.rawSpan)
    target = []
    return true
  }

  private mutating func step() throws(FormatError) {
    let bytes = dictionary.reader.section(0)
    let isFirst = nextOrdinal % TermDictionaryWriter.blockSize == 0
    if isFirst {
      offset = try dictionary.offset(ofBlock: nextOrdinal / TermDictionaryWriter.blockSize)
    }
    var reader = ByteReader(bytes, at: offset)
    if isFirst {
      try info.readBlockHead(from: &reader)
      term = []
    }
    let start = reader.offset
    let (shared, length) = try reader.readLengths()
    guard shared <= term.count else {
      throw .invalidValue(field: "shared bytes", value: UInt64(shared), offset: start)
    }
    let rest = try reader.readRange(count: length)
    term.removeLast(term.count - shared)
    // Safe: the bytes are in the file, which is mapped as long as the dictionary.
    unsafe bytes.extracting(rest).withUnsafeBytes { unsafe term.append(contentsOf: $0) }
    info.moveToNext()
    try info.readEntry(from: &reader)
    offset = reader.offset
    nextOrdinal += 1
  }
}

extension RawSpan {
  /// Whether these bytes are in front of `other` in the order of bytes, a prefix first.
  package func precedes(_ other: RawSpan) -> Bool {
    let shared = commonPrefixLength(with: other)
    guard shared < byteCount else { return byteCount < other.byteCount }
    guard let left = load(UInt8.self, at: shared), let right = other.load(UInt8.self, at: shared)
    else { return false }
    return left < right
  }

  /// Whether the bytes are the same.
  package func isEqual(to other: RawSpan) -> Bool {
    byteCount == other.byteCount && commonPrefixLength(with: other) == byteCount
  }
}
