/// The postings of a batch, packed, because they wait in memory until the segment is written.
///
/// The terms are in the order of their bytes, as they are when the segment is written; so every batch is
/// then read from front to back. For each document of a term there is: its number less that of the one
/// before, doubled, plus one where it has one occurrence; the occurrences where it has more; the
/// position of each less that of the one before. All are numbers of seven bits a byte, the lowest first,
/// the top bit set on every byte but the last.
struct BatchPostings: Sendable {
  var bytes: [UInt8] = []

  /// Where each term's postings end in ``bytes``.
  var ends: [UInt32] = []

  /// Where the postings of a term are in ``bytes``.
  func range(of term: Int) -> Range<Int> {
    (term > 0 ? Int(ends[term - 1]) : 0)..<Int(ends[term])
  }
}

/// Unpacks postings into arrays that are long enough for whatever they hold.
struct PostingsUnpacker {
  private(set) var list = PostingsList()
  private(set) var documentCount = 0
  private(set) var positionCount = 0

  /// - Parameter byteCount: Bytes of all postings that will be unpacked. A document has two at least,
  ///   and a position one.
  init(byteCount: Int) {
    list.documents = [UInt32](repeating: 0, count: byteCount / 2)
    list.frequencies = [UInt32](repeating: 0, count: byteCount / 2)
    list.differences = [UInt32](repeating: 0, count: byteCount)
  }

  /// Unpacks the postings of a term.
  ///
  /// - Parameter base: The segment's number of the batch's first document.
  mutating func append(_ postings: BatchPostings, _ range: Range<Int>, base: UInt32) {
    Self.unpack(
      postings.bytes.span, range, base, &documentCount, &positionCount, &list.documents,
      &list.frequencies, &list.differences)
  }

  private static func unpack(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ base: UInt32, _ documentCount: inout Int,
    _ positionCount: inout Int, _ documents: inout [UInt32], _ frequencies: inout [UInt32],
    _ differences: inout [UInt32]
  ) {
    var documents = documents.mutableSpan
    var frequencies = frequencies.mutableSpan
    var differences = differences.mutableSpan
    var (posting, place) = (documentCount, positionCount)
    var offset = range.lowerBound
    var document = base
    while offset < range.upperBound {
      let head = read(bytes, &offset)
      document &+= head >> 1
      let frequency = head & 1 != 0 ? 1 : read(bytes, &offset)
      documents[posting] = document
      frequencies[posting] = frequency
      posting += 1
      for _ in 0..<frequency {
        differences[place] = read(bytes, &offset)
        place += 1
      }
    }
    (documentCount, positionCount) = (posting, place)
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
  ///   - order: The terms in the order of their bytes.
  mutating func invert(
    _ stream: [UInt32], tokenCounts: [Int], order: [UInt32]
  ) -> BatchPostings {
    count(stream, order.count)
    if places.count < stream.count {
      places.append(contentsOf: repeatElement(0, count: stream.count - places.count))
    }
    Self.place(stream, tokenCounts, &starts, &places)
    return pack(order)
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

  private func pack(_ order: [UInt32]) -> BatchPostings {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    // Two bytes a token are a little more than most text needs.
    bytes.reserveCapacity(2 * (order.isEmpty ? 0 : starts[order.count - 1]))
    ends.reserveCapacity(order.count)
    for term in order {
      var start = term > 0 ? starts[Int(term) - 1] : 0
      let end = starts[Int(term)]
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
