internal import EvBytes
internal import EvIndex

/// The postings of a clause with several forms in one segment, merged in memory.
///
/// For each document there is the sum of the forms' weighted frequencies, each times the weight of its
/// form, added in the order of the forms as scorers add them. Lists of 128 and their bounds, which are
/// exact, let kernels treat it as the list of a term.
@safe
final class FormsList {
  /// How many documents there are.
  private(set) var count = 0

  // Behind the last document, up to a multiple of 128, `UInt32.max` and no occurrences.
  private(set) var documents: UnsafeMutablePointer<UInt32>
  private(set) var weighted: UnsafeMutablePointer<Float>

  // An entry for each 128 documents.
  private(set) var lastDocuments: UnsafeMutablePointer<UInt32>
  private(set) var bounds: UnsafeMutablePointer<UInt8>

  /// How many blocks there are.
  var blockCount: Int { (count + TermList.blockSize - 1) / TermList.blockSize }

  /// Makes room for postings.
  private init(room: Int) {
    let blocks = max(1, (room + TermList.blockSize - 1) / TermList.blockSize)
    let places = blocks * TermList.blockSize
    // Safe: freed in deinit; all places are initialized here.
    unsafe documents = .allocate(capacity: places)
    unsafe weighted = .allocate(capacity: places)
    unsafe lastDocuments = .allocate(capacity: blocks)
    unsafe bounds = .allocate(capacity: blocks)
    unsafe documents.initialize(repeating: .max, count: places)
    unsafe weighted.initialize(repeating: 0, count: places)
    unsafe lastDocuments.initialize(repeating: .max, count: blocks)
    unsafe bounds.initialize(repeating: .max, count: blocks)
  }

  /// Merges lists of words, which are walked from their beginnings.
  ///
  /// Documents are taken in windows of 4096: each list adds its postings to the sums of a window, which
  /// stay in the fastest cache, and then the window is emptied in order.
  convenience init(_ forms: FormLists) throws(FormatError) {
    var most = 0
    for number in 0..<forms.count {
      most += unsafe forms.lists[number].blocks.documentFrequency
    }
    self.init(room: most)
    let size = FormWindow.size
    let window = FormWindow()
    var heads = [(block: Int, place: Int)](repeating: (0, 0), count: forms.count)
    for number in 0..<forms.count {
      unsafe forms.lists[number].rewind()
      unsafe try forms.lists[number].load(0)
      unsafe try forms.lists[number].loadFrequencies()
    }
    while true {
      var first: UInt32?
      for number in 0..<forms.count {
        // Safe: there are so many lists; a head is at a posting of the decoded block, or at the end.
        let list = unsafe forms.lists + number
        guard unsafe heads[number].block < list.pointee.blocks.count else { continue }
        let document = unsafe list.pointee.documents[heads[number].place]
        first = min(first ?? document, document)
      }
      guard let first else { break }
      let last = first | UInt32(size - 1)
      for number in 0..<forms.count {
        let list = unsafe forms.lists + number
        var (block, place) = heads[number]
        while unsafe block < list.pointee.blocks.count {
          let count = unsafe list.pointee.count
          while place < count, unsafe list.pointee.documents[place] <= last {
            unsafe window.add(list.pointee.documents[place], list.pointee.weighted[place])
            place += 1
          }
          guard place == count else { break }
          (block, place) = (block + 1, 0)
          guard unsafe block < list.pointee.blocks.count else { break }
          unsafe try list.pointee.load(block)
          unsafe try list.pointee.loadFrequencies()
        }
        heads[number] = (block, place)
      }
      // Safe: there is room for as many documents as all lists have together.
      count += unsafe window.empty(
        first: first & ~UInt32(size - 1), into: documents + count, weighted + count)
    }
    setLastDocuments()
  }

  private func setLastDocuments() {
    for block in 0..<blockCount {
      let last = min(count, (block + 1) * TermList.blockSize) - 1
      // Safe: there is an entry for each block, and at least one document in each.
      unsafe lastDocuments[block] = documents[last]
    }
  }

  /// Takes over postings.
  convenience init(_ postings: consuming FormPostings) {
    self.init(room: postings.documents.count)
    count = postings.documents.count
    for place in 0..<count {
      // Safe: there is room for so many.
      unsafe documents[place] = postings.documents[place]
      unsafe weighted[place] = postings.weighted[place]
    }
    setLastDocuments()
  }

  deinit {
    unsafe documents.deallocate()
    unsafe weighted.deallocate()
    unsafe lastDocuments.deallocate()
    unsafe bounds.deallocate()
  }

  /// Notes the largest score of each block, relative to the largest of all.
  func setBounds(_ largest: [Float], relativeTo maximum: Float) {
    for block in largest.indices {
      // Safe: there is an entry for each block.
      let code = ImpactCode.least(reaching: maximum > 0 ? largest[block] / maximum : 0)
      unsafe bounds[block] = UInt8(min(255, code))
    }
  }
}

/// The sums of consecutive documents.
@safe
private final class FormWindow {
  /// Documents of a window; the first is a multiple of it.
  static let size = 4096

  private let sums: UnsafeMutablePointer<Float>
  private let found: UnsafeMutablePointer<UInt64>

  init() {
    // Safe: freed in deinit.
    unsafe sums = .allocate(capacity: Self.size)
    unsafe found = .allocate(capacity: Self.size / 64)
    unsafe sums.initialize(repeating: 0, count: Self.size)
    unsafe found.initialize(repeating: 0, count: Self.size / 64)
  }

  deinit {
    unsafe sums.deallocate()
    unsafe found.deallocate()
  }

  @inline(__always)
  func add(_ document: UInt32, _ frequency: Float) {
    let index = Int(document) & (Self.size - 1)
    // Safe: the index is below the size.
    unsafe sums[index] += frequency
    unsafe found[index >> 6] |= 1 << UInt64(index & 63)
  }

  /// Moves what there is, in ascending order.
  ///
  /// - Returns: How many documents there are.
  func empty(
    first: UInt32, into documents: UnsafeMutablePointer<UInt32>,
    _ weighted: UnsafeMutablePointer<Float>
  ) -> Int {
    var count = 0
    for word in 0..<Self.size / 64 {
      // Safe: indices are below the size; there is room for all documents.
      var bits = unsafe found[word]
      guard bits != 0 else { continue }
      unsafe found[word] = 0
      while bits != 0 {
        let index = 64 * word + bits.trailingZeroBitCount
        unsafe documents[count] = first &+ UInt32(truncatingIfNeeded: index)
        unsafe weighted[count] = sums[index]
        unsafe sums[index] = 0
        count += 1
        bits &= bits &- 1
      }
    }
    return count
  }
}

/// Documents in ascending order, and what each has of something.
struct FormPostings {
  var documents: [UInt32] = []
  var weighted: [Float] = []

  mutating func append(_ document: UInt32, _ frequency: Float) {
    documents.append(document)
    weighted.append(frequency)
  }

  /// Adds those of another form, times its weight.
  mutating func add(_ other: FormPostings, weight: Float) {
    var sum = FormPostings()
    sum.documents.reserveCapacity(documents.count + other.documents.count)
    sum.weighted.reserveCapacity(documents.count + other.documents.count)
    var own = 0
    for (document, frequency) in zip(other.documents, other.weighted) {
      while own < documents.count, documents[own] < document {
        sum.append(documents[own], weighted[own])
        own += 1
      }
      if own < documents.count, documents[own] == document {
        sum.append(document, weighted[own] + weight * frequency)
        own += 1
      } else {
        sum.append(document, weight * frequency)
      }
    }
    while own < documents.count {
      sum.append(documents[own], weighted[own])
      own += 1
    }
    self = sum
  }
}

/// The sums of many forms of one thing, side by side for all documents of a segment.
///
/// Cheaper than merging form by form where there are many.
struct FormSums {
  private var sums: [Float]
  private var found: [UInt64]

  init(documentCount: Int) {
    sums = [Float](repeating: 0, count: documentCount)
    found = [UInt64](repeating: 0, count: documentCount / 64 + 1)
  }

  /// Adds a form.
  mutating func add(_ other: FormPostings, weight: Float) {
    for (document, frequency) in zip(other.documents, other.weighted) {
      sums[Int(document)] += weight * frequency
      found[Int(document >> 6)] |= 1 << UInt64(document & 63)
    }
  }

  /// The documents that have any form.
  var postings: FormPostings {
    var postings = FormPostings()
    let count = found.reduce(0) { $0 + $1.nonzeroBitCount }
    postings.documents.reserveCapacity(count)
    postings.weighted.reserveCapacity(count)
    for (index, word) in found.enumerated() {
      var bits = word
      while bits != 0 {
        let document = 64 * index + bits.trailingZeroBitCount
        postings.append(UInt32(truncatingIfNeeded: document), sums[document])
        bits &= bits - 1
      }
    }
    return postings
  }
}
