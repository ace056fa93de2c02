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

/// Documents in ascending order, and what each has of something.
struct FormPostings {
  var documents: [UInt32] = []
  var weighted: [Float] = []

  mutating func append(_ document: UInt32, _ frequency: Float) {
    documents.append(document)
    weighted.append(frequency)
  }
}

/// The sums of many forms of one thing, side by side for all documents of a segment.
struct FormSums {
  private var sums: [Float]
  private var found: [UInt64]

  init(documentCount: Int) {
    sums = [Float](repeating: 0, count: documentCount)
    found = [UInt64](repeating: 0, count: documentCount / 64 + 1)
  }

  /// Adds a form of which each occurrence counts 1.
  mutating func add(_ form: FormSource, weight: Float) throws(FormatError) {
    let size = TermList.blockSize
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: size)
    defer {
      unsafe places.deallocate()
      unsafe scores.deallocate()
    }
    while let count = unsafe try form.next(reaching: -.infinity, places, scores) {
      for index in 0..<count {
        // Safe: places are below 128; the codecs give no document at or above the segment's number.
        let place = unsafe Int(places[index])
        let document = unsafe Int(form.documents[place])
        sums[document] += unsafe weight * form.found[place]
        found[document >> 6] |= 1 << UInt64(document & 63)
      }
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
