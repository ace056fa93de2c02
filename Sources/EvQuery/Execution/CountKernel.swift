internal import EvBytes
internal import EvIndex

/// Counts documents without scoring any.
@safe
struct CountKernel {
  private let required: UnsafeMutableBufferPointer<TermList>
  private let optional: UnsafeMutableBufferPointer<TermList>
  private let documentCount: Int
  private let owner: SegmentLists
  /// Documents that are excluded or deleted; nil where there are none.
  private let left: DocumentBits?

  /// - Parameters:
  ///   - groups: They are reordered.
  ///   - documentCount: Documents of the segment.
  ///   - deleted: The words of its deleted documents; empty where there are none.
  init(_ groups: ListGroups, documentCount: Int, deleted: [UInt64]) throws(FormatError) {
    unsafe required = groups.required
    unsafe optional = groups.optional
    self.documentCount = documentCount
    owner = groups.owner
    left = unsafe try Self.left(groups.excluded, documentCount, deleted)
  }

  /// Documents that do not count: excluded and deleted ones; nil where there are none.
  static func left(
    _ excluded: UnsafeMutableBufferPointer<TermList>, _ documentCount: Int, _ deleted: [UInt64]
  ) throws(FormatError) -> DocumentBits? {
    guard !excluded.isEmpty || !deleted.isEmpty else { return nil }
    let bits = DocumentBits(documentCount)
    bits.insert(words: deleted)
    for number in excluded.indices { unsafe try bits.insert(&excluded[number]) }
    return bits
  }

  /// Documents that match.
  func count() throws(FormatError) -> Int {
    unsafe try required.isEmpty ? union() : Self.intersection(required, documentCount, left, owner)
  }

  /// Documents that are in any of the optional lists.
  ///
  /// Of two lists the lengths are added and the intersection is taken off; of more a set is made.
  private func union() throws(FormatError) -> Int {
    if left == nil, unsafe optional.count <= 2, unsafe optional.allSatisfy({ $0.forms == nil }) {
      var total = 0
      for number in unsafe optional.indices {
        total += unsafe optional[number].blocks.documentFrequency
      }
      return unsafe optional.count < 2
        ? total : total - (try Self.intersection(optional, documentCount, nil, owner))
    }
    let bits = DocumentBits(documentCount)
    for number in unsafe optional.indices { unsafe try bits.insert(&optional[number]) }
    if let left { bits.remove(left) }
    return bits.count
  }

  /// Documents that are in all of some lists and not in `left`.
  private static func intersection(
    _ lists: UnsafeMutableBufferPointer<TermList>, _ documentCount: Int, _ left: DocumentBits?,
    _ owner: SegmentLists
  ) throws(FormatError) -> Int {
    var lists = unsafe lists
    unsafe lists.sortLists { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    unsafe try owner.merge(lead)
    if left == nil, lists.count == 1 { return unsafe lead.pointee.blocks.documentFrequency }
    let conjunction = unsafe try Conjunction(lists, documentCount, without: left)
    var total = 0
    for block in unsafe 0..<lead.pointee.blocks.count { total += try conjunction.count(block) }
    return total
  }
}

/// A set of the documents of a segment, a bit each.
@safe
final class DocumentBits {
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  /// An empty set of documents below `documentCount`.
  init(_ documentCount: Int) {
    wordCount = documentCount / 64 + 2
    // Safe: freed in deinit.
    unsafe words = .allocate(capacity: wordCount)
    unsafe words.initialize(repeating: 0, count: wordCount)
  }

  deinit {
    unsafe words.deallocate()
  }

  /// Adds all documents of a list.
  func insert(_ list: inout TermList) throws(FormatError) {
    if let forms = list.forms {
      // Safe: there are so many lists.
      for number in 0..<forms.count { unsafe try insert(&forms.lists[number]) }
      return
    }
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
      try list.load(block)
      // Safe: the codecs give no document at or above the segment's number.
      for place in 0..<list.count {
        let document = unsafe Int(list.documents[place])
        unsafe words[document >> 6] |= 1 << UInt64(document & 63)
      }
    }
  }

  /// Adds the documents of words, the lowest bit of the first word first.
  func insert(words other: [UInt64]) {
    for index in 0..<min(other.count, wordCount) { unsafe words[index] |= other[index] }
  }

  /// Takes out all documents of another set of the segment.
  func remove(_ other: DocumentBits) {
    for index in 0..<min(other.wordCount, wordCount) { unsafe words[index] &= ~other.words[index] }
  }

  /// Whether the set has a document of the segment.
  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    // Safe: documents are below the segment's number.
    unsafe words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1
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
    var total = 0
    for index in 0..<wordCount { total += unsafe words[index].nonzeroBitCount }
    return total
  }
}
