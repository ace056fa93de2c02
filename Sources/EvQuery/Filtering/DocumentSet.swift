internal import EvIndex

/// Documents of one segment, a bit each.
struct DocumentSet: Equatable, Sendable {
  /// The bits, the lowest of the first word first; none is set past the last document.
  private(set) var words: [UInt64]

  let documentCount: Int

  /// No document.
  init(documentCount: Int) {
    self.documentCount = documentCount
    words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
  }

  /// The documents whose bits are set, in a word for each 64 documents.
  init(documentCount: Int, words: [UInt64]) {
    self.documentCount = documentCount
    self.words = words
  }

  /// All documents but those whose bits are set; none where there are no words.
  init(documentCount: Int, without others: [UInt64]) {
    self.init(documentCount: documentCount)
    for index in words.indices { words[index] = others.isEmpty ? .max : ~others[index] }
    clearRest()
  }

  /// How many documents there are.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ document: UInt32) -> Bool {
    let word = Int(document >> 6)
    return word < words.count && words[word] >> UInt64(document & 63) & 1 != 0
  }

  /// - Precondition: The segment has the document.
  mutating func insert(_ document: UInt32) {
    words[Int(document >> 6)] |= 1 << UInt64(document & 63)
  }

  /// Adds the documents of a term, deleted ones among them.
  mutating func insert(_ term: TermInfo, of segment: SegmentReader) throws(IndexError) {
    var postings = PostingsCursor(segment.postings, term)
    while try postings.next() != PostingsCursor.end { insert(postings.document) }
  }

  /// Hands out the documents in ascending order.
  func forEach(_ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(UInt32(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }

  /// The first document at or after `document`; nil where there is none.
  func first(from document: UInt32) -> UInt32? {
    var index = Int(document >> 6)
    guard index < words.count else { return nil }
    var word = words[index] & (.max << UInt64(document & 63))
    while word == 0 {
      index += 1
      guard index < words.count else { return nil }
      word = words[index]
    }
    return UInt32(64 * index + word.trailingZeroBitCount)
  }

  /// Keeps the documents that another set has too.
  mutating func formIntersection(_ other: DocumentSet) {
    for (index, word) in other.words.enumerated() { words[index] &= word }
  }

  /// Takes away the documents of another set.
  mutating func subtract(_ other: DocumentSet) {
    for (index, word) in other.words.enumerated() { words[index] &= ~word }
  }

  /// The bits of all documents that are not in the set.
  var complement: [UInt64] {
    var complement = self
    for index in words.indices { complement.words[index] = ~words[index] }
    complement.clearRest()
    return complement.words
  }

  private mutating func clearRest() {
    guard documentCount % 64 != 0, let last = words.indices.last else { return }
    words[last] &= 1 << UInt64(documentCount % 64) - 1
  }
}

extension [UInt64] {
  /// Whether the bit of a document is set; the words have one for each document.
  func hasBit(_ document: UInt32) -> Bool {
    self[Int(document >> 6)] >> UInt64(document & 63) & 1 != 0
  }
}
