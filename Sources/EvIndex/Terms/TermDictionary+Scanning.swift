// Looking at all terms, for patterns that may begin with anything.

internal import EvBytes

extension TermDictionary {
  /// Hands out the terms that contain some bytes, or end with them, in order.
  ///
  /// Every term is looked at, but nothing is made of one that is not handed out: a term is its first bytes,
  /// which the term in front has too, and others, which are copied behind them.
  ///
  /// - Parameters:
  ///   - wanted: At least one byte.
  ///   - isAtEnd: Whether terms have to end with the bytes.
  /// - Complexity: O(bytes of all terms).
  package func scan(
    for wanted: [UInt8], atEnd isAtEnd: Bool,
    _ body: ([UInt8], TermInfo) throws(IndexError) -> Void
  ) throws(IndexError) {
    precondition(!wanted.isEmpty, "every term contains nothing")
    let blocks = (count + TermDictionaryWriter.blockSize - 1) / TermDictionaryWriter.blockSize
    var found: [(term: [UInt8], info: TermInfo)] = []
    for block in 0..<blocks {
      if block & 0xFF == 0 { try Interruption.check() }
      do throws(FormatError) {
        try scan(block, for: wanted, atEnd: isAtEnd, &found)
      } catch {
        throw reader.corrupt(0, error)
      }
      for (term, info) in found { try body(term, info) }
      found.removeAll(keepingCapacity: true)
    }
  }

  /// Looks at the terms of a block.
  private func scan(
    _ block: Int, for wanted: [UInt8], atEnd isAtEnd: Bool,
    _ found: inout [(term: [UInt8], info: TermInfo)]
  ) throws(FormatError) {
    let bytes = reader.section(0)
    var place = ByteReader(bytes, at: try offset(ofBlock: block))
    var info = TermInfo.none
    try info.readBlockHead(from: &place)
    // A term has at most 255 bytes.
    var term = InlineArray<256, UInt8>(repeating: 0)
    var length = 0
    let last = wanted[wanted.count - 1]
    let first = block * TermDictionaryWriter.blockSize
    for _ in first..<min(count, first + TermDictionaryWriter.blockSize) {
      let start = place.offset
      let (shared, more) = try place.readLengths()
      let rest = bytes.extracting(try place.readRange(count: more))
      guard shared <= length, shared + more <= 255 else {
        throw .invalidValue(field: "length", value: UInt64(shared + more), offset: start)
      }
      length = shared + more
      for index in 0..<more { term[shared + index] = rest.load(UInt8.self, at: index) ?? 0 }
      info.moveToNext()
      let isFound =
        length >= wanted.count
        && (isAtEnd
          ? term[length - 1] == last && Self.has(term, wanted, at: length - wanted.count)
          : Self.contains(term, length, wanted))
      guard isFound else {
        try info.passEntry(of: &place)
        continue
      }
      try info.readEntry(from: &place)
      found.append(((0..<length).map { term[$0] }, info))
    }
  }

  private static func has(
    _ term: borrowing InlineArray<256, UInt8>, _ wanted: [UInt8], at place: Int
  ) -> Bool {
    for index in wanted.indices where term[place + index] != wanted[index] { return false }
    return true
  }

  private static func contains(
    _ term: borrowing InlineArray<256, UInt8>, _ length: Int, _ wanted: [UInt8]
  ) -> Bool {
    let first = wanted[0]
    for place in 0...length - wanted.count where term[place] == first {
      if has(term, wanted, at: place) { return true }
    }
    return false
  }
}
