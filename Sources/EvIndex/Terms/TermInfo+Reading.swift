internal import EvBytes

// Writing and reading what a dictionary's block knows of its terms, one after the other;
// TermDictionaryWriter has the layout. Offsets and lengths are kept below a quarter of the largest number, so that sums of a few
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
  @inline(__always)
  mutating func moveToNext() {
    // None is above half of the largest number (see above).
    postingsOffset &+= postingsLength
    positionsOffset &+= positionsLength
    firstBlock &+= blockCount
  }

  /// Reads of the next term only what ``moveToNext()`` needs.
  @inline(__always)
  mutating func passEntry(of reader: inout ByteReader) throws(FormatError) {
    try readNumbers(from: &reader)
    if blockCount > 0 { _ = try reader.readRange(count: Self.impactBytes) }
  }

  /// Bytes of the impacts of a term that has block metadata.
  private static let impactBytes = 2 * (4 + 3)

  /// The code of an entry that is written in full.
  private static let longEntry = 0x70

  /// Writes what is known of the term, but for its impacts.
  ///
  /// Most terms are rare, and their entry is one byte or two. By the bits of the first byte, with D for
  /// the documents, O for the occurrences above D, P for the bytes of postings, Q for those of positions:
  ///
  ///     1ooo ppqq    D = 1, O = o, P = p + 1, Q = o + 1 + q
  ///     0ddd 0ooo    D = d + 2, O = o; then a byte pppp qqqq: P = D + p, Q = D + O + q
  ///     0ddd 1ooo    D = d + 2, O = o; then P and Q, a varint each
  ///     0111 0000    D, O, P and Q, a varint each; d is less than 7 above
  func writeEntry(to writer: inout ByteWriter) {
    let more = totalFrequency - documentFrequency
    let postings = postingsLength - documentFrequency
    let positions = positionsLength - totalFrequency
    if documentFrequency == 1, more < 8, 0..<4 ~= postings, 0..<4 ~= positions {
      writer.writeByte(UInt8(0x80 | more << 4 | postings << 2 | positions))
    } else if 2..<9 ~= documentFrequency, more < 8 {
      let code = UInt8((documentFrequency - 2) << 4 | more)
      if 0..<16 ~= postings, 0..<16 ~= positions {
        writer.writeByte(code)
        writer.writeByte(UInt8(postings << 4 | positions))
      } else {
        writer.writeByte(code | 8)
        writer.writeCount(postingsLength)
        writer.writeCount(positionsLength)
      }
    } else {
      writer.writeByte(UInt8(Self.longEntry))
      writer.writeCount(documentFrequency)
      writer.writeCount(more)
      writer.writeCount(postingsLength)
      writer.writeCount(positionsLength)
    }
  }

  private mutating func readLengths(from reader: inout ByteReader) throws(FormatError) {
    postingsLength = try reader.readCount("postings length", atMost: .max / 4)
    positionsLength = try reader.readCount("positions length", atMost: .max / 4)
  }

  /// Reads what is known of the next term.
  mutating func readEntry(from reader: inout ByteReader) throws(FormatError) {
    try readNumbers(from: &reader)
    plainImpacts = TopImpacts()
    standardImpacts = TopImpacts()
    guard blockCount > 0 else { return }
    try plainImpacts.read(from: &reader)
    try standardImpacts.read(from: &reader)
  }

  /// Reads what ``writeEntry(to:)`` wrote.
  @inline(__always)
  private mutating func readNumbers(from reader: inout ByteReader) throws(FormatError) {
    let start = reader.offset
    let code = Int(try reader.read(UInt8.self))
    switch code {
    case 0x80...:
      let occurrences = code >> 4 & 7 + 1
      (documentFrequency, totalFrequency) = (1, occurrences)
      (postingsLength, positionsLength) = (code >> 2 & 3 + 1, code & 3 + occurrences)
    case 0..<Self.longEntry:
      documentFrequency = code >> 4 + 2
      totalFrequency = documentFrequency + code & 7
      if code & 8 == 0 {
        let lengths = Int(try reader.read(UInt8.self))
        (postingsLength, positionsLength) = (
          documentFrequency + lengths >> 4, totalFrequency + lengths & 15
        )
      } else {
        try readLengths(from: &reader)
      }
    case Self.longEntry:
      documentFrequency = try reader.readCount("documents", atMost: Int(UInt32.max) - 1)
      totalFrequency = documentFrequency + (try reader.readCount("occurrences", atMost: .max / 4))
      try readLengths(from: &reader)
    default:
      throw .invalidValue(field: "entry", value: UInt64(code), offset: start)
    }
    guard documentFrequency > 0 else {
      throw .invalidValue(field: "documents", value: 0, offset: start)
    }
    guard postingsOffset <= .max / 4, positionsOffset <= .max / 4 else {
      throw .invalidValue(field: "offset", value: UInt64(postingsOffset), offset: start)
    }
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

extension ByteWriter {
  /// Writes how many bytes a term shares with the one before, and how many more it has.
  mutating func writeLengths(shared: Int, rest: Int) {
    writeByte(UInt8(min(shared, 15) << 4 | min(rest, 15)))
    if shared >= 15 { writeCount(shared - 15) }
    if rest >= 15 { writeCount(rest - 15) }
  }
}

extension ByteReader {
  /// Reads what ``ByteWriter/writeLengths(shared:rest:)`` wrote.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func readLengths() throws(FormatError) -> (shared: Int, rest: Int) {
    let byte = Int(try read(UInt8.self))
    var (shared, rest) = (byte >> 4, byte & 15)
    // No term is longer than 255 bytes.
    if shared == 15 { shared += try readCount("shared bytes", atMost: 255) }
    if rest == 15 { rest += try readCount("length", atMost: 255) }
    return (shared, rest)
  }
}
