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

  /// Takes over postings.
  init(_ postings: consuming FormPostings) {
    count = postings.documents.count
    let blocks = max(1, (count + TermList.blockSize - 1) / TermList.blockSize)
    let places = blocks * TermList.blockSize
    // Safe: freed in deinit; all places are initialized here.
    unsafe documents = .allocate(capacity: places)
    unsafe weighted = .allocate(capacity: places)
    unsafe lastDocuments = .allocate(capacity: blocks)
    unsafe bounds = .allocate(capacity: blocks)
    unsafe documents.initialize(repeating: .max, count: places)
    unsafe weighted.initialize(repeating: 0, count: places)
    unsafe bounds.initialize(repeating: .max, count: blocks)
    for place in 0..<count {
      unsafe documents[place] = postings.documents[place]
      unsafe weighted[place] = postings.weighted[place]
    }
    for block in 0..<blocks {
      let last = min(count, (block + 1) * TermList.blockSize) - 1
      unsafe (lastDocuments + block).initialize(to: last < 0 ? .max : documents[last])
    }
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
      unsafe bounds[block] = ImpactModel.code(largest[block], relativeTo: maximum)
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
