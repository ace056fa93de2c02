internal import EvBytes
internal import EvIndex

/// The best documents that hold any of several terms.
///
/// The lists are taken one after the other, the one with the highest bound first. A document is scored
/// where its strongest term is met: in the list of that term only blocks are decoded, and only postings
/// looked at, that could reach the threshold with everything that the weaker lists may add; for the few
/// that remain the weaker lists are probed. Once a list and all weaker ones together cannot reach the
/// threshold, the rest is not looked at. (MAXSCORE, list by list instead of document by document: Turtle
/// and Flood, "Query evaluation: strategies and optimizations", Information Processing and Management
/// 31(6), 1995; with bounds of blocks as in Ding and Suel, SIGIR 2011.)
@safe
struct UnionKernel {
  /// The lists, the one with the highest bound first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// Lists of which none may have a document.
  private let excluded: UnsafeMutableBufferPointer<TermList>
  /// What the lists behind each list may add together.
  private let rest: [Float]
  private let segment: Int
  private let best: BestHits

  /// - Parameter groups: With optional lists only, and excluded ones; they are reordered.
  init(_ groups: ListGroups, segment: Int, best: BestHits) {
    var lists = unsafe groups.optional
    unsafe excluded = groups.excluded
    unsafe lists.sortLists { $0.upperBound > $1.upperBound }
    unsafe self.lists = lists
    rest = unsafe boundsBehind(lists)
    self.segment = segment
    self.best = best
  }

  func run() throws(FormatError) {
    for number in unsafe lists.indices {
      guard unsafe lists[number].upperBound + rest[number] >= best.safeThreshold else { return }
      for other in unsafe lists.indices { unsafe lists[other].rewind() }
      for other in unsafe excluded.indices { unsafe excluded[other].rewind() }
      try scan(number)
    }
  }

  /// Scores the documents whose strongest term is that of list `number`.
  private func scan(_ number: Int) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
    let rest = rest[number]
    var block = 0
    while true {
      block = unsafe list.pointee.liveBlock(from: block, reaching: best.safeThreshold - rest)
      guard unsafe block < list.pointee.blocks.count else { return }
      unsafe try list.pointee.load(block)
      unsafe try list.pointee.scoreBlock()
      // The threshold rises on the way.
      var place = unsafe list.pointee.place(from: 0, reaching: best.safeThreshold - rest)
      while place < TermList.blockSize {
        try complete(number, place)
        place = unsafe list.pointee.place(from: place + 1, reaching: best.safeThreshold - rest)
      }
      block += 1
    }
  }

  /// Adds what weaker lists have of a document, and takes it if no stronger list has it.
  private func complete(_ number: Int, _ place: Int) throws(FormatError) {
    // Safe: `place` is below the count of the list's block.
    let document = unsafe lists[number].documents[place]
    var bound = unsafe lists[number].scores[place]
    var sum = unsafe lists[number].exactScore(at: place)
    for weaker in unsafe number + 1..<lists.count {
      guard bound + rest[weaker - 1] >= best.safeThreshold else { return }
      let frequency = unsafe try lists[weaker].frequency(of: document)
      guard frequency > 0 else { continue }
      let score = unsafe lists[weaker].score(document, frequency: frequency)
      bound += unsafe score * lists[weaker].multiplicity
      sum += unsafe Double(score) * Double(lists[weaker].multiplicity)
    }
    let total = Float(sum)
    guard total >= best.threshold else { return }
    for stronger in 0..<number where unsafe try lists[stronger].contains(document) {
      return
    }
    for other in unsafe excluded.indices where unsafe try excluded[other].contains(document) {
      return
    }
    best.add(Hit(segment: segment, document: document, score: total))
  }
}

/// What the lists behind each list may add to a score together, rounded up.
func boundsBehind(_ lists: UnsafeMutableBufferPointer<TermList>) -> [Float] {
  var rest = [Float](repeating: 0, count: lists.count)
  for index in rest.indices.reversed().dropFirst() {
    rest[index] = unsafe (rest[index + 1] + lists[index + 1].upperBound) * (1 + TermList.slack)
  }
  return rest
}
