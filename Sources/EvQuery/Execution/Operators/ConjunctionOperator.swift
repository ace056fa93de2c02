internal import EvBytes
internal import EvIndex

/// The documents that match all of several lists, with what others add to their scores, or exclude.
///
/// The list with the fewest documents leads. What it hands out is asked for in the others together, the
/// cheapest first, and dropped as soon as one lacks it or the threshold is out of reach with everything
/// that the lists behind may add.
@safe
final class ConjunctionOperator: ListOperator {
  /// Lists of which each must match, the one that leads first.
  private let required: [ListOperator]
  /// Lists that add to the score.
  private let optional: [ListOperator]
  /// Lists of which none may match.
  private let excluded: [ListOperator]
  /// What the lists behind each may add together, the optional ones behind the required ones.
  private let rest: [Float]
  private let zeros: UnsafeMutablePointer<Float>

  /// - Parameter required: At least one.
  convenience init(
    _ required: [ListOperator], optional: [ListOperator] = [], excluded: [ListOperator] = []
  ) {
    self.init(
      ordered: Self.ordered(required), Self.strongestFirst(optional), excluded)
  }

  private init(
    ordered required: [ListOperator], _ optional: [ListOperator], _ excluded: [ListOperator]
  ) {
    self.required = required
    self.optional = optional
    self.excluded = excluded
    rest = Self.bounds(behind: required + optional)
    // Safe: freed in deinit.
    unsafe zeros = .allocate(capacity: Self.size)
    unsafe zeros.initialize(repeating: 0, count: Self.size)
    super.init(
      cost: required[0].cost, effort: Self.effort(required),
      upperBound: (required[0].upperBound + rest[0]) * (1 + TermList.slack))
  }

  /// The list with the fewest documents, and then the others, the cheapest first.
  private static func ordered(_ lists: [ListOperator]) -> [ListOperator] {
    var lists = lists
    lists.sort { ($0.effort, $0.cost) < ($1.effort, $1.cost) }
    var lead = 0
    for place in lists.indices where lists[place].cost < lists[lead].cost { lead = place }
    lists.insert(lists.remove(at: lead), at: 0)
    return lists
  }

  deinit { unsafe zeros.deallocate() }

  override func next(reaching threshold: Float) throws(IndexError) -> Int? {
    let lead = required[0]
    let restarts = lead.restarts
    guard let count = try lead.next(reaching: threshold - rest[0]) else { return nil }
    if lead.restarts != restarts {
      self.restarts += 1
      for list in required.dropFirst() { list.rewind() }
      for list in optional { list.rewind() }
      for list in excluded { list.rewind() }
    }
    takeOver(lead, count)
    let gate = unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: threshold)
    return unsafe try complete(documents, places, count, from: 1, gate)
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(IndexError) -> Int {
    unsafe begin(places, count, gate)
    return unsafe try complete(documents, places, count, from: 0, gate)
  }

  /// Asks the required lists from one on, and then the others.
  private func complete(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    from first: Int, _ gate: TermList.Gate
  ) throws(IndexError) -> Int {
    var count = count
    let partial = unsafe UnsafePointer(running)
    for number in first..<required.count where count > 0 {
      let needed = gate.needed - rest[number]
      count = unsafe try required[number].match(
        documents, places, count, TermList.Gate(partial: partial, needed: needed))
      unsafe add(required[number], places, count, gate.partial)
      count = unsafe reaching(needed, places, count)
    }
    for number in optional.indices where count > 0 {
      let needed = gate.needed - rest[required.count + number]
      unsafe probes.update(from: places, count: count)
      let found = unsafe try optional[number].match(
        documents, probes, count, TermList.Gate(partial: partial, needed: needed))
      unsafe add(optional[number], probes, found, gate.partial)
      count = unsafe reaching(needed, places, count)
    }
    return unsafe try drop(excluded[...], documents, places, count)
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int {
    var count = count
    for list in required where count > 0 { count = unsafe try list.keep(documents, places, count) }
    return unsafe try drop(excluded[...], documents, places, count)
  }

  override func insert(into set: DocumentBits) throws(IndexError) {
    let found = DocumentBits(like: set)
    try required[0].insert(into: found)
    if !excluded.isEmpty {
      let others = DocumentBits(like: set)
      for list in excluded { try list.insert(into: others) }
      found.remove(others)
    }
    guard required.count > 1 else {
      set.insert(found)
      return
    }
    var word = 0
    while true {
      let count = unsafe found.next(from: &word, into: running(asDocuments: ()))
      guard count > 0 else { return }
      for index in 0..<count { unsafe places[index] = UInt32(truncatingIfNeeded: index) }
      let documents = unsafe UnsafePointer(running(asDocuments: ()))
      var kept = count
      for list in required.dropFirst() where kept > 0 {
        kept = unsafe try list.keep(documents, places, kept)
      }
      for index in 0..<kept { set.insert(unsafe documents[Int(places[index])]) }
    }
  }

  /// Room for 128 documents, while nothing is scored.
  private func running(asDocuments: Void) -> UnsafeMutablePointer<UInt32> {
    // Safe: both are numbers of four bytes, and no score is kept there meanwhile.
    unsafe UnsafeMutableRawPointer(running).assumingMemoryBound(to: UInt32.self)
  }

  override func rewind() {
    for list in required { list.rewind() }
    for list in optional { list.rewind() }
    for list in excluded { list.rewind() }
  }

  override var name: String { "intersection" }

  override func traced(_ role: String) -> [ExecutionTrace.List] {
    required.flatMap { $0.traced("required") } + optional.flatMap { $0.traced("optional") }
      + excluded.flatMap { $0.traced("excluded") }
  }
}
