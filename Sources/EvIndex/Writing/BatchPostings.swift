/// The postings of a batch, packed, because they wait in memory until the segment is written.
///
/// The terms are in the order of their bytes, as they are when the segment is written; so every batch is
/// then read from front to back. For each document of a term there is: its number less that of the one
/// before, doubled, plus one where it has one occurrence, in the body; else the occurrences where all are
/// in the body, or 0, the occurrences, those in the title and those in headings; the position of each
/// less that of the one before. All are numbers of seven bits a byte, the lowest first, the top bit set
/// on every byte but the last.
struct BatchPostings: Sendable {
  var bytes: [UInt8] = []

  /// Where each term's postings end in ``bytes``.
  var ends: [UInt32] = []

  /// Where the postings of a term are in ``bytes``.
  func range(of term: Int) -> Range<Int> {
    (term > 0 ? Int(ends[term - 1]) : 0)..<Int(ends[term])
  }
}

/// Unpacks the postings of one term after the other, into arrays that only grow.
struct PostingsUnpacker {
  private var list = PostingsList()
  private var documentCount = 0
  private var positionCount = 0

  /// Forgets what was unpacked, and makes room.
  ///
  /// - Parameter byteCount: Bytes of all postings that will be unpacked. A document has two at least,
  ///   and a position one.
  mutating func begin(byteCount: Int) {
    (documentCount, positionCount) = (0, 0)
    list.fields.removeAll(keepingCapacity: true)
    Self.grow(&list.documents, to: byteCount / 2)
    Self.grow(&list.frequencies, to: byteCount / 2)
    Self.grow(&list.differences, to: byteCount)
  }

  private static func grow(_ numbers: inout [UInt32], to count: Int) {
    let missing = count - numbers.count
    guard missing > 0 else { return }
    numbers.append(contentsOf: repeatElement(0, count: max(missing, numbers.count)))
  }

  /// Puts what was unpacked into a list, in place of what is there.
  func copy(to list: inout PostingsList) {
    list.removeAll()
    list.documents.append(contentsOf: self.list.documents[..<documentCount])
    list.frequencies.append(contentsOf: self.list.frequencies[..<documentCount])
    list.differences.append(contentsOf: self.list.differences[..<positionCount])
    list.fields.append(contentsOf: self.list.fields)
  }

  /// Unpacks more postings of the term.
  ///
  /// - Parameter base: The segment's number of the batch's first document.
  mutating func append(_ postings: BatchPostings, _ range: Range<Int>, base: UInt32) {
    Self.unpack(
      postings.bytes.span, range, base, &documentCount, &positionCount, &list.documents,
      &list.frequencies, &list.differences, &list.fields)
  }

  private static func unpack(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ base: UInt32, _ documentCount: inout Int,
    _ positionCount: inout Int, _ documents: inout [UInt32], _ frequencies: inout [UInt32],
    _ differences: inout [UInt32], _ fields: inout [PostingsList.Field]
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
      var frequency = head & 1 != 0 ? 1 : read(bytes, &offset)
      if frequency == 0 {
        frequency = read(bytes, &offset)
        let (title, heading) = (read(bytes, &offset), read(bytes, &offset))
        fields.append(PostingsList.Field(posting: posting, title: title, heading: heading))
      }
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
  /// Where in a document a token is.
  enum Field: UInt64 {
    case body, title, heading
  }

  /// From which token on, counted through the batch, tokens are in another field; until the document's
  /// end at most.
  typealias FieldChange = (token: Int, field: Field)

  private var starts: [Int] = []
  /// See ``place(document:position:field:)``.
  private var places: [UInt64] = []
  /// Tokens with which a document that is alone in its batch is sorted in half the memory.
  private let longDocument: Int
  /// The bytes of the batch under way, and room for more.
  private var packed: [UInt8] = []

  init(longDocument: Int = 1 << 16) {
    self.longDocument = longDocument
  }

  /// Document, position and field of a token in one number, from the highest bit down.
  ///
  /// A batch has fewer than 2³⁰ documents. In 32 bits there is no document, and fewer than 2³⁰ positions.
  @inline(__always)
  private static func place<Place: FixedWidthInteger>(
    document: Int, position: UInt32, field: UInt64
  ) -> Place {
    Place(truncatingIfNeeded: document) << 34 | Place(truncatingIfNeeded: position) << 2
      | Place(truncatingIfNeeded: field)
  }

  /// Sorts the tokens of a batch.
  ///
  /// - Parameters:
  ///   - stream: A word a token: twice the term's number, plus one for a joined form, which has the
  ///     position of the token in front of it.
  ///   - tokenCounts: How many words each document has.
  ///   - fieldChanges: Ascending; what is before the first of a document is body.
  ///   - fields: The numbers of the terms of fields, none twice in a document.
  ///   - fieldCounts: How many of them each document has.
  ///   - order: The terms in the order of their bytes.
  ///   - keepsMemory: False to give memory back as soon as it is not needed, that of `stream` too.
  mutating func invert(
    _ stream: inout [UInt32], tokenCounts: [Int], fieldChanges: [FieldChange] = [],
    fields: [UInt32] = [], fieldCounts: [Int] = [], order: [UInt32], keepsMemory: Bool = true
  ) -> BatchPostings {
    count(stream, fields, order.count)
    let tokenCount = stream.count + fields.count
    if tokenCounts.count == 1, tokenCount >= longDocument, tokenCount < 1 << 30 {
      var places = [UInt32](repeating: 0, count: tokenCount)
      Self.place(stream, tokenCounts, fieldChanges, &starts, &places)
      if !keepsMemory { stream = [] }
      Self.place(fields: fields, fieldCounts, &starts, &places)
      return Self.pack(order, starts, places, &packed, keepsMemory)
    }
    let missing = tokenCount - places.count
    if missing > 0 { places.append(contentsOf: repeatElement(0, count: missing)) }
    Self.place(stream, tokenCounts, fieldChanges, &starts, &places)
    if !keepsMemory { stream = [] }
    Self.place(fields: fields, fieldCounts, &starts, &places)
    return Self.pack(order, starts, places, &packed, keepsMemory)
  }

  /// Finds where the tokens of each term begin.
  private mutating func count(_ stream: [UInt32], _ fields: [UInt32], _ termCount: Int) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: termCount + 1))
    var counts = starts.mutableSpan
    for word in stream { counts[Int(word >> 1) + 1] += 1 }
    for term in fields { counts[Int(term) + 1] += 1 }
    for term in 0..<termCount { counts[term + 1] += counts[term] }
  }

  /// Puts the tokens there; moves the beginning of each term to its end.
  private static func place<Place: FixedWidthInteger>(
    _ stream: [UInt32], _ tokenCounts: [Int], _ fieldChanges: [FieldChange],
    _ starts: inout [Int], _ places: inout [Place]
  ) {
    var next = starts.mutableSpan
    var places = places.mutableSpan
    let words = stream.span
    var index = 0
    var change = 0
    var nextChange = fieldChanges.first?.token ?? .max
    for (document, count) in tokenCounts.enumerated() {
      var position = UInt32.max
      var field = Field.body
      for _ in 0..<count {
        while index == nextChange {
          field = fieldChanges[change].field
          change += 1
          nextChange = change < fieldChanges.count ? fieldChanges[change].token : .max
        }
        let word = words[index]
        index += 1
        if word & 1 == 0 { position &+= 1 }
        let term = Int(word >> 1)
        places[next[term]] = Self.place(
          document: document, position: position, field: field.rawValue)
        next[term] += 1
      }
    }
  }

  /// Puts the terms of fields there: no token has these, so documents ascend in each.
  private static func place<Place: FixedWidthInteger>(
    fields: [UInt32], _ fieldCounts: [Int], _ starts: inout [Int], _ places: inout [Place]
  ) {
    var index = 0
    for (document, count) in fieldCounts.enumerated() {
      for term in fields[index..<index + count] {
        places[starts[Int(term)]] = Self.place(
          document: document, position: 0, field: Field.body.rawValue)
        starts[Int(term)] += 1
      }
      index += count
    }
  }

  /// The most bytes that a token takes: as the only one of its document, in the title.
  private static let mostBytesOfToken = 5 + 1 + 3 * 5 + 5

  private static func pack<Place: FixedWidthInteger>(
    _ order: [UInt32], _ starts: [Int], _ places: [Place], _ packed: inout [UInt8],
    _ keepsMemory: Bool
  ) -> BatchPostings {
    var ends: [UInt32] = []
    ends.reserveCapacity(order.count)
    var end = 0
    for term in order {
      let range = (term > 0 ? starts[Int(term) - 1] : 0)..<starts[Int(term)]
      let missing = end + mostBytesOfToken * range.count - packed.count
      if missing > 0 {
        let more = keepsMemory ? packed.count : packed.count / 4
        packed.append(contentsOf: repeatElement(0, count: max(missing, more)))
      }
      var output = Output(bytes: packed.mutableSpan, end: end)
      pack(places.span.extracting(range), to: &output)
      end = output.end
      ends.append(UInt32(end))
    }
    guard !keepsMemory else { return BatchPostings(bytes: Array(packed[..<end]), ends: ends) }
    defer { packed = [] }
    packed.removeSubrange(end...)
    return BatchPostings(bytes: packed, ends: ends)
  }

  /// Where packed postings are written; a byte costs no more than the check that there is room.
  private struct Output: ~Copyable, ~Escapable {
    var bytes: MutableSpan<UInt8>
    var end: Int

    @_lifetime(copy bytes)
    init(bytes: consuming MutableSpan<UInt8>, end: Int) {
      self.bytes = bytes
      self.end = end
    }

    /// Seven bits a byte, the lowest first, the top bit set on every byte but the last.
    @inline(__always)
    @_lifetime(self: copy self)
    mutating func write(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes[end] = UInt8(truncatingIfNeeded: rest) | 0x80
        end += 1
        rest >>= 7
      }
      bytes[end] = UInt8(truncatingIfNeeded: rest)
      end += 1
    }
  }

  /// Writes the postings of a term.
  private static func pack<Place: FixedWidthInteger>(
    _ places: Span<Place>, to output: inout Output
  ) {
    var start = 0
    var document: Place = 0
    while start < places.count {
      let own = places[start] >> 34
      var next = start + 1
      var fields = places[start] & 3
      while next < places.count, places[next] >> 34 == own {
        fields |= places[next] & 3
        next += 1
      }
      let isSingle = next - start == 1 && fields == 0
      output.write(UInt64(own - document) << 1 | (isSingle ? 1 : 0))
      if fields != 0 {
        output.write(0)
        output.write(UInt64(next - start))
        for field in [Field.title, .heading] {
          var count: UInt64 = 0
          for index in start..<next where UInt64(places[index] & 3) == field.rawValue {
            count += 1
          }
          output.write(count)
        }
      } else if !isSingle {
        output.write(UInt64(next - start))
      }
      var position: UInt32 = 0
      for index in start..<next {
        let here = UInt32(truncatingIfNeeded: places[index] >> 2)
        output.write(UInt64(here &- position))
        position = here
      }
      document = own
      start = next
    }
  }
}
