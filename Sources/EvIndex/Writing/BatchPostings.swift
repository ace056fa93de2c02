/// The postings of a batch, term by term in the batch's own numbering; packed, because they wait in
/// memory until the segment is written.
///
/// For each document of a term: its number less that of the one before, doubled, plus one where it has
/// one occurrence; the occurrences where it has more; the position of each less that of the one before.
/// All are numbers of seven bits a byte, the lowest first, the top bit set on every byte but the last.
struct BatchPostings: Sendable {
  var bytes: [UInt8] = []

  /// Where each term's postings end in ``bytes``.
  var ends: [UInt32] = []

  /// Appends the postings of a term to a list.
  ///
  /// - Parameter base: The segment's number of the batch's first document.
  func append(term: Int, base: UInt32, to list: inout PostingsList) {
    var offset = term > 0 ? Int(ends[term - 1]) : 0
    let end = Int(ends[term])
    let bytes = bytes.span
    var document = base
    while offset < end {
      let head = Self.read(bytes, &offset)
      document &+= head >> 1
      let frequency = head & 1 != 0 ? 1 : Self.read(bytes, &offset)
      list.documents.append(document)
      list.frequencies.append(frequency)
      for _ in 0..<frequency { list.differences.append(Self.read(bytes, &offset)) }
    }
  }

  @inline(__always)
  private static func read(_ bytes: Span<UInt8>, _ offset: inout Int) -> UInt32 {
    var byte = bytes[offset]
    offset += 1
    if byte < 0x80 { return UInt32(byte) }
    var value = UInt32(byte & 0x7F)
    var shift: UInt32 = 7
    repeat {
      byte = bytes[offset]
      offset += 1
      value |= UInt32(byte & 0x7F) << shift
      shift += 7
    } while byte >= 0x80
    return value
  }
}

/// Sorts the tokens of batches by term; keeps its memory from batch to batch.
///
/// A counting sort: one pass over the tokens counts those of each term, one puts each token's document
/// and position where its term's are. As documents and positions ascend in the tokens, so they do in
/// each term. A batch is small enough for all of it to stay in the processor's cache.
struct BatchInverter {
  private var starts: [Int] = []
  /// Document in the upper half, position in the lower.
  private var places: [UInt64] = []

  /// Sorts the tokens of a batch.
  ///
  /// - Parameters:
  ///   - stream: A word a token: twice the term's number, plus one for a joined form, which has the
  ///     position of the token in front of it.
  ///   - tokenCounts: How many words each document has.
  mutating func invert(_ stream: [UInt32], tokenCounts: [Int], termCount: Int) -> BatchPostings {
    count(stream, termCount)
    if places.count < stream.count {
      places.append(contentsOf: repeatElement(0, count: stream.count - places.count))
    }
    Self.place(stream, tokenCounts, &starts, &places)
    return pack(termCount)
  }

  /// Finds where the tokens of each term begin.
  private mutating func count(_ stream: [UInt32], _ termCount: Int) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: termCount + 1))
    var counts = starts.mutableSpan
    for word in stream { counts[Int(word >> 1) + 1] += 1 }
    for term in 0..<termCount { counts[term + 1] += counts[term] }
  }

  /// Puts the tokens there; moves the beginning of each term to its end.
  private static func place(
    _ stream: [UInt32], _ tokenCounts: [Int], _ starts: inout [Int], _ places: inout [UInt64]
  ) {
    var next = starts.mutableSpan
    var places = places.mutableSpan
    let words = stream.span
    var index = 0
    for (document, count) in tokenCounts.enumerated() {
      var position = UInt32.max
      for _ in 0..<count {
        let word = words[index]
        index += 1
        if word & 1 == 0 { position &+= 1 }
        let term = Int(word >> 1)
        places[next[term]] = UInt64(document) << 32 | UInt64(position)
        next[term] += 1
      }
    }
  }

  private func pack(_ termCount: Int) -> BatchPostings {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    // Two bytes a token are a little more than most text needs.
    bytes.reserveCapacity(2 * (termCount > 0 ? starts[termCount - 1] : 0))
    ends.reserveCapacity(termCount)
    var start = 0
    for term in 0..<termCount {
      let end = starts[term]
      var document: UInt64 = 0
      while start < end {
        let own = places[start] >> 32
        var next = start + 1
        while next < end, places[next] >> 32 == own { next += 1 }
        let isSingle = next - start == 1
        Self.write((own - document) << 1 | (isSingle ? 1 : 0), to: &bytes)
        if !isSingle { Self.write(UInt64(next - start), to: &bytes) }
        var position: UInt32 = 0
        for index in start..<next {
          let here = UInt32(truncatingIfNeeded: places[index])
          Self.write(UInt64(here &- position), to: &bytes)
          position = here
        }
        document = own
        start = next
      }
      ends.append(UInt32(bytes.count))
    }
    return BatchPostings(bytes: bytes, ends: ends)
  }

  @inline(__always)
  private static func write(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
