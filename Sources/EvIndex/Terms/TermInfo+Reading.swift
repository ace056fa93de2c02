internal import EvBytes

// Reading what a dictionary's block knows of its terms, one after the other; TermDictionaryWriter has
// the layout. Offsets and lengths are kept below a quarter of the largest number, so that sums of a few
// do not overflow, whatever the bytes are.

extension TermInfo {
  /// Nothing; what a reader begins with.
  package static let none = TermInfo(
    documentFrequency: 0, totalFrequency: 0, postingsOffset: 0, positionsOffset: 0,
    postingsLength: 0, positionsLength: 0, firstBlock: 0)

  /// Reads where the first term of a block has its postings; the term itself is next.
  mutating func readBlockHead(from reader: inout ByteReader) throws(FormatError) {
    self = .none
    postingsOffset = try reader.readCount("postings offset", atMost: .max / 4)
    positionsOffset = try reader.readCount("positions offset", atMost: .max / 4)
    firstBlock = try reader.readCount("first block", atMost: .max / 4)
  }

  /// Moves behind what the last term has in the files of postings.
  mutating func moveToNext() {
    postingsOffset += postingsLength
    positionsOffset += positionsLength
    firstBlock += blockCount
  }

  /// Reads of the next term only what ``moveToNext()`` needs.
  mutating func passEntry(of reader: inout ByteReader) throws(FormatError) {
    documentFrequency = try reader.readCount("documents", atMost: Int(UInt32.max) - 1)
    _ = try reader.readVarint()
    postingsLength = try reader.readCount("postings length", atMost: .max / 4)
    positionsLength = try reader.readCount("positions length", atMost: .max / 4)
    guard postingsOffset <= .max / 4, positionsOffset <= .max / 4 else {
      throw .invalidValue(
        field: "offset", value: UInt64(postingsOffset), offset: reader.offset)
    }
    if blockCount > 0 { _ = try reader.readRange(count: Self.impactBytes) }
  }

  /// Bytes of the impacts of a term that has block metadata.
  private static let impactBytes = 2 * (4 + 3)

  /// Reads what is known of the next term.
  mutating func readEntry(from reader: inout ByteReader) throws(FormatError) {
    let start = reader.offset
    documentFrequency = try reader.readCount("documents", atMost: Int(UInt32.max) - 1)
    totalFrequency = documentFrequency + (try reader.readCount("occurrences", atMost: .max / 4))
    postingsLength = try reader.readCount("postings length", atMost: .max / 4)
    positionsLength = try reader.readCount("positions length", atMost: .max / 4)
    guard documentFrequency > 0 else {
      throw .invalidValue(field: "documents", value: 0, offset: start)
    }
    guard postingsOffset <= .max / 4, positionsOffset <= .max / 4 else {
      throw .invalidValue(field: "offset", value: UInt64(postingsOffset), offset: start)
    }
    plainImpacts = TopImpacts()
    standardImpacts = TopImpacts()
    guard blockCount > 0 else { return }
    try plainImpacts.read(from: &reader)
    try standardImpacts.read(from: &reader)
  }
}

extension TermInfo.TopImpacts {
  fileprivate mutating func read(from reader: inout ByteReader) throws(FormatError) {
    maximum = Float(bitPattern: try reader.read(UInt32.self))
    tenth = try reader.read(UInt8.self)
    hundredth = try reader.read(UInt8.self)
    thousandth = try reader.read(UInt8.self)
  }
}
