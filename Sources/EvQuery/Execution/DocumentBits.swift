internal import CVectors
internal import EvBytes
internal import EvIndex

/// A set of the documents of a segment, a bit each.
@safe
final class DocumentBits {
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  /// An empty set of documents below `documentCount`.
  init(_ documentCount: Int) {
    wordCount = (documentCount + 63) / 64 + 2
    // Safe: freed in deinit.
    unsafe words = .allocate(capacity: wordCount)
    unsafe words.initialize(repeating: 0, count: wordCount)
  }

  /// An empty set of documents of the same segment.
  convenience init(like other: DocumentBits) { self.init(64 * (other.wordCount - 2)) }

  deinit {
    unsafe words.deallocate()
  }

  /// Adds all documents of a list.
  func insert(_ list: inout TermList) throws(FormatError) {
    for block in 0..<list.blocks.count {
      // The words of a set of bits are where they are here: at multiples of 64 documents.
      if let bits = unsafe list.blocks.bitSet(block), list.block != block {
        let first = unsafe Int(bits.firstDocument / 64)
        for index in unsafe 0..<min(bits.count, wordCount - first) {
          unsafe words[first + index] |= bits.words.loadUnaligned(
            fromByteOffset: 8 * index, as: UInt64.self)
        }
        continue
      }
      try list.loadInOrder(block)
      // Safe: the codecs give no document at or above the segment's number.
      for place in 0..<list.count {
        let document = unsafe Int(list.documents[place])
        unsafe words[document >> 6] |= 1 << UInt64(document & 63)
      }
    }
  }

  /// Adds a document of the segment.
  @inline(__always)
  func insert(_ document: UInt32) {
    // Safe: documents are below the segment's number.
    unsafe words[Int(document >> 6)] |= 1 << UInt64(document & 63)
  }

  /// Adds all documents of another set of the segment.
  func insert(_ other: DocumentBits) {
    for index in 0..<min(other.wordCount, wordCount) { unsafe words[index] |= other.words[index] }
  }

  /// Hands out the next documents, at most 128.
  ///
  /// - Parameters:
  ///   - word: Where to go on; 0 at first.
  ///   - documents: 128 places.
  /// - Returns: How many there are; 0 at the end.
  func next(from word: inout Int, into documents: UnsafeMutablePointer<UInt32>) -> Int {
    var count = 0
    // Safe: a word has 64 documents at most, and there is room for so many before each.
    while word < wordCount, count <= 64 {
      var bits = unsafe words[word]
      while bits != 0 {
        unsafe documents[count] = UInt32(truncatingIfNeeded: 64 * word + bits.trailingZeroBitCount)
        count += 1
        bits &= bits &- 1
      }
      word += 1
    }
    return count
  }

  /// The same set for a segment of so many documents.
  func set(documentCount: Int) -> DocumentSet {
    DocumentSet(
      documentCount: documentCount,
      words: (0..<(documentCount + 63) / 64).map { unsafe words[$0] })
  }

  /// Takes out the documents of words, the lowest bit of the first word first.
  func remove(words other: [UInt64]) {
    for index in 0..<min(other.count, wordCount) { unsafe words[index] &= ~other[index] }
  }

  /// Adds the documents of words, the lowest bit of the first word first.
  func insert(words other: [UInt64]) {
    for index in 0..<min(other.count, wordCount) { unsafe words[index] |= other[index] }
  }

  /// Takes out all documents of another set of the segment.
  func remove(_ other: DocumentBits) {
    for index in 0..<min(other.wordCount, wordCount) { unsafe words[index] &= ~other.words[index] }
  }

  /// Moves the documents that a second set has to a third, all of the same segment.
  func move(_ other: DocumentBits, to target: DocumentBits) {
    for index in 0..<min(wordCount, other.wordCount, target.wordCount) {
      let moved = unsafe words[index] & other.words[index]
      unsafe words[index] ^= moved
      unsafe target.words[index] |= moved
    }
  }

  /// Whether the set has a document of the segment.
  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    // Safe: documents are below the segment's number.
    unsafe words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1
  }

  /// 1 if the set has a document of the segment, else 0; a number, so that nothing branches on it.
  @inline(__always)
  func number(of document: UInt32) -> Int {
    // Safe: documents are below the segment's number.
    unsafe Int(truncatingIfNeeded: words[Int(document >> 6)] >> UInt64(document & 63) & 1)
  }

  /// How many of some documents the set has.
  func count(of documents: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    var total: UInt64 = 0
    for place in 0..<count {
      let document = unsafe documents[place]
      total &+= unsafe words[Int(document >> 6)] >> UInt64(document & 63) & 1
    }
    return Int(total)
  }

  /// How many documents the set has.
  var count: Int {
    unsafe Int(ev_count_bits(words, wordCount))
  }
}
