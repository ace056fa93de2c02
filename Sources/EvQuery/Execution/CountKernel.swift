internal import EvBytes
internal import EvIndex

/// Counts documents without scoring any.
@safe
struct CountKernel {
  private let lists: UnsafeMutableBufferPointer<TermList>
  private let documentCount: Int

  /// - Parameters:
  ///   - lists: At least one; they are reordered, the rarest first.
  ///   - documentCount: Documents of the segment.
  init(_ lists: UnsafeMutableBufferPointer<TermList>, documentCount: Int) {
    var lists = unsafe lists
    unsafe lists.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    unsafe self.lists = lists
    self.documentCount = documentCount
  }

  /// Documents that are in all lists.
  ///
  /// The rarest list is walked. Of the others those that are not much longer are turned into bits, once,
  /// and looked up; the rest are probed.
  func intersection() throws(FormatError) -> Int {
    guard unsafe lists.count > 1 else { return unsafe lists[0].blocks.documentFrequency }
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    // A probe costs about as much as putting this many documents into a set.
    let worth = unsafe 12 * lead.pointee.blocks.documentFrequency
    var bits: DocumentBits?
    var probed: [Int] = []
    for number in unsafe 1..<lists.count {
      if unsafe lists[number].blocks.documentFrequency > worth {
        probed.append(number)
      } else if bits == nil {
        let set = DocumentBits(documentCount)
        unsafe try set.insert(&lists[number])
        bits = set
      } else {
        probed.append(number)
      }
    }
    var total = 0
    for block in unsafe 0..<lead.pointee.blocks.count {
      unsafe try lead.pointee.load(block)
      let count = unsafe lead.pointee.count
      if let bits, probed.isEmpty {
        total += unsafe bits.count(of: lead.pointee.documents, count)
        continue
      }
      for place in 0..<count {
        let document = unsafe lead.pointee.documents[place]
        if let bits, !bits.contains(document) { continue }
        var isEverywhere = true
        for number in probed where isEverywhere {
          isEverywhere = unsafe try lists[number].contains(document)
        }
        total += isEverywhere ? 1 : 0
      }
    }
    return total
  }

  /// Documents that are in any list.
  ///
  /// Of two lists the lengths are added and the intersection is taken off; of more a set is made.
  func union() throws(FormatError) -> Int {
    let frequencies = unsafe lists.map(\.blocks.documentFrequency)
    if frequencies.count == 1 { return frequencies[0] }
    if frequencies.count == 2 { return frequencies[0] + frequencies[1] - (try intersection()) }
    let bits = DocumentBits(documentCount)
    for number in unsafe lists.indices { unsafe try bits.insert(&lists[number]) }
    return bits.count
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
