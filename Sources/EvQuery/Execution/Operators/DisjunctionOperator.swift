internal import EvBytes
internal import EvIndex

/// The documents that match any of several lists, without those that others exclude.
///
/// Leading, it takes its lists one after the other, the one with the highest bound first. A document is
/// handed out where its strongest list has it: in that list only what could reach the threshold with
/// everything that the weaker ones may add is looked at, and asked for in these. Once a list and all weaker
/// ones together cannot reach the threshold, the rest is not looked at. (MAXSCORE, list by list; see
/// ``UnionKernel``.)
@safe
final class DisjunctionOperator: ListOperator {
  /// The lists, the one with the highest bound first.
  private let lists: [ListOperator]
  private let excluded: [ListOperator]
  /// What the lists behind each may add together.
  private let rest: [Float]
  /// The list that leads.
  private var leading = 0
  private let zeros: UnsafeMutablePointer<Float>

  /// - Parameter lists: At least one.
  convenience init(_ lists: [ListOperator], excluded: [ListOperator] = []) {
    self.init(ordered: Self.strongestFirst(lists), excluded)
  }

  private init(ordered lists: [ListOperator], _ excluded: [ListOperator]) {
    self.lists = lists
    self.excluded = excluded
    rest = Self.bounds(behind: lists)
    // Safe: freed in deinit.
    unsafe zeros = .allocate(capacity: Self.size)
    unsafe zeros.initialize(repeating: 0, count: Self.size)
    super.init(
      cost: Self.cost(lists), effort: Self.effort(lists),
      upperBound: (lists[0].upperBound + rest[0]) * (1 + TermList.slack))
  }

  deinit { unsafe zeros.deallocate() }

  override func next(reaching threshold: Float) throws(IndexError) -> Int? {
    while leading < lists.count {
      let lead = lists[leading]
      guard lead.upperBound + rest[leading] >= threshold else {
        leading = lists.count
        return nil
      }
      let restarts = lead.restarts
      guard let count = try lead.next(reaching: threshold - rest[leading]) else {
        leading += 1
        guard leading < lists.count else { return nil }
        self.restarts += 1
        rewindLists()
        continue
      }
      if lead.restarts != restarts {
        self.restarts += 1
        rewindOthers()
      }
      return try complete(lead, count, threshold)
    }
    return nil
  }

  /// Asks the weaker lists, drops what a stronger one has handed out, and what is excluded.
  private func complete(
    _ lead: ListOperator, _ count: Int, _ threshold: Float
  ) throws(IndexError) -> Int {
    takeOver(lead, count)
    var count = count
    for number in leading + 1..<max(leading + 1, lists.count) where count > 0 {
      count = unsafe try ask(number, documents, places, count, threshold, zeros).left
    }
    let stronger = lists[..<leading]
    count = unsafe try drop(stronger, documents, places, count)
    return unsafe try drop(excluded[...], documents, places, count)
  }

  /// Adds what a list has of documents, and keeps those that may reach a score.
  ///
  /// - Returns: How many places are left, and which documents the list has.
  private func ask(
    _ number: Int, _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>,
    _ count: Int, _ threshold: Float, _ partial: UnsafePointer<Float>
  ) throws(IndexError) -> (left: Int, found: PlaceMask) {
    let needed = threshold - rest[number]
    let probes = unsafe self.probes
    unsafe probes.update(from: places, count: count)
    let gate = unsafe TermList.Gate(partial: UnsafePointer(running), needed: needed)
    let matched = unsafe try lists[number].match(documents, probes, count, gate)
    unsafe add(lists[number], probes, matched, partial)
    var found = PlaceMask()
    for index in 0..<matched { found.insert(unsafe probes[index]) }
    return (unsafe reaching(needed, places, count), found)
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(IndexError) -> Int {
    unsafe begin(places, count, gate)
    var count = count
    var found = PlaceMask()
    for number in lists.indices where count > 0 {
      let asked = unsafe try ask(number, documents, places, count, gate.needed, gate.partial)
      count = asked.left
      found.formUnion(asked.found)
    }
    count = unsafe found.keep(in: places, count)
    return unsafe try drop(excluded[...], documents, places, count)
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int {
    var found = PlaceMask()
    for list in lists {
      unsafe probes.update(from: places, count: count)
      let matched = unsafe try list.keep(documents, probes, count)
      for index in 0..<matched { found.insert(unsafe probes[index]) }
    }
    return unsafe try drop(excluded[...], documents, places, found.keep(in: places, count))
  }

  override func insert(into set: DocumentBits) throws(IndexError) {
    guard !excluded.isEmpty else {
      for list in lists { try list.insert(into: set) }
      return
    }
    let found = DocumentBits(like: set)
    let others = DocumentBits(like: set)
    for list in lists { try list.insert(into: found) }
    for list in excluded { try list.insert(into: others) }
    found.remove(others)
    set.insert(found)
  }

  override func rewind() {
    leading = 0
    rewindLists()
  }

  private func rewindLists() {
    for list in lists { list.rewind() }
    for list in excluded { list.rewind() }
  }

  private func rewindOthers() {
    for number in lists.indices where number != leading { lists[number].rewind() }
    for list in excluded { list.rewind() }
  }

  override var promise: Float {
    // What a list promises, an exclusion may take away.
    excluded.isEmpty ? lists.reduce(0) { max($0, $1.promise) } : 0
  }

  override var name: String { "union, list by list" }

  override func traced(_ role: String) -> [ExecutionTrace.List] {
    let role = role.isEmpty ? "optional" : role
    return lists.flatMap { $0.traced(role) } + excluded.flatMap { $0.traced("excluded") }
  }
}
