internal import EvBytes
internal import EvIndex

/// The best documents that hold all of several terms.
///
/// The rarest list leads. Its blocks and postings are dropped by what all other lists may add at most,
/// before any other list is looked at; for those that remain the others are probed, the rarest first,
/// until one lacks the document or the threshold is out of reach.
@safe
struct IntersectionKernel {
  /// The lists, the rarest first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// What the lists behind each list may add together.
  private let rest: [Float]
  private let segment: Int
  private let best: BestHits

  /// - Parameter lists: At least one; they are reordered.
  init(_ lists: UnsafeMutableBufferPointer<TermList>, segment: Int, best: BestHits) {
    var lists = unsafe lists
    unsafe lists.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    unsafe self.lists = lists
    rest = unsafe boundsBehind(lists)
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
        unsafe try complete(lead.pointee.documents[place], lead.pointee.scores[place])
        place = unsafe lead.pointee.place(
          from: place + 1, reaching: best.safeThreshold - rest)
      }
      block += 1
    }
  }

  private func complete(_ document: UInt32, _ score: Float) throws(FormatError) {
    var sum = Double(score)
    var bound = score
    for number in unsafe 1..<max(1, lists.count) {
      guard bound + rest[number - 1] >= best.safeThreshold else { return }
      let frequency = unsafe try lists[number].frequency(of: document)
      guard frequency > 0 else { return }
      let score = unsafe lists[number].score(document, frequency: frequency)
      bound += unsafe score * lists[number].multiplicity
      sum += unsafe Double(score) * Double(lists[number].multiplicity)
    }
    best.add(Hit(segment: segment, document: document, score: Float(sum)))
  }
}
