internal import EvBytes
internal import EvIndex

/// The best documents that hold all of several terms, with others that add to the score, or exclude.
///
/// The rarest list leads. Its blocks and postings are dropped by what all other lists may add at most,
/// before any other list is looked at; for those that remain the others are probed, the rarest first,
/// until one lacks the document or the threshold is out of reach.
@safe
struct IntersectionKernel {
  /// The required lists, the rarest first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// Lists that add to the score.
  private let optional: UnsafeMutableBufferPointer<TermList>
  /// Lists of which none may have a document.
  private let excluded: UnsafeMutableBufferPointer<TermList>
  /// What the required lists behind each, and all optional ones, may add together.
  private let rest: [Float]
  private let segment: Int
  private let best: BestHits

  /// - Parameter groups: With at least one required list; they are reordered.
  init(_ groups: ListGroups, segment: Int, best: BestHits) {
    var lists = unsafe groups.required
    unsafe optional = groups.optional
    unsafe excluded = groups.excluded
    unsafe lists.sortLists { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    unsafe self.lists = lists
    var most: Float = 0
    for number in unsafe groups.optional.indices {
      most = unsafe (most + groups.optional[number].upperBound) * (1 + TermList.slack)
    }
    rest = unsafe boundsBehind(lists).map { ($0 + most) * (1 + TermList.slack) }
    self.segment = segment
    self.best = best
  }

  func run() throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let rest = rest[0]
    var block = 0
    while true {
      block = unsafe lead.pointee.liveBlock(from: block, reaching: best.safeThreshold - rest)
      guard unsafe block < lead.pointee.blocks.count else { return }
      unsafe try lead.pointee.load(block)
      unsafe try lead.pointee.scoreBlock()
      var place = unsafe lead.pointee.place(from: 0, reaching: best.safeThreshold - rest)
      while place < TermList.blockSize {
        try complete(place)
        place = unsafe lead.pointee.place(
          from: place + 1, reaching: best.safeThreshold - rest)
      }
      block += 1
    }
  }

  private func complete(_ place: Int) throws(FormatError) {
    // Safe: `place` is below the count of the lead's block.
    let document = unsafe lists[0].documents[place]
    var bound = unsafe lists[0].scores[place]
    var sum = unsafe lists[0].exactScore(at: place)
    for number in unsafe 1..<max(1, lists.count) {
      guard bound + rest[number - 1] >= best.safeThreshold else { return }
      let frequency = unsafe try lists[number].frequency(of: document)
      guard frequency > 0 else { return }
      let score = unsafe lists[number].score(document, frequency: frequency)
      bound += unsafe score * lists[number].multiplicity
      sum += unsafe Double(score) * Double(lists[number].multiplicity)
    }
    for number in unsafe optional.indices {
      let frequency = unsafe try optional[number].frequency(of: document)
      guard frequency > 0 else { continue }
      let score = unsafe optional[number].score(document, frequency: frequency)
      sum += unsafe Double(score) * Double(optional[number].multiplicity)
    }
    guard Float(sum) >= best.threshold else { return }
    for number in unsafe excluded.indices where unsafe try excluded[number].contains(document) {
      return
    }
    best.add(Hit(segment: segment, document: document, score: Float(sum)))
  }
}
