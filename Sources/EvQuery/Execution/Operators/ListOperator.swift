internal import EvBytes
internal import EvIndex

/// A part of a query in one segment, as a list of the documents that match it, with their scores.
///
/// A word in its forms, all of several parts, and any of several parts are lists alike, so that each can be
/// a part of the others. A list is used in one of two ways. One that leads hands out its documents by the
/// batch, leaving out what cannot reach a score (``next(reaching:)``). Another is asked for documents that
/// the leading list has handed out (``match(_:_:_:_:)``, ``keep(_:_:_:)``). In both ways it goes forward
/// only, until it is rewound; bounds are never low, so nothing that is left out would have been a hit.
@safe
class ListOperator {
  /// The most documents of a batch; places are below it.
  static let size = TermList.blockSize

  /// Documents that may match, at most.
  let cost: Int

  /// How much is done for a document that is asked for: lists come before positions, positions before
  /// queries that are looked at document by document.
  let effort: Int

  /// No document's score is higher.
  let upperBound: Float

  /// The documents that were handed out last, some of them at ``places``.
  final var documents: UnsafePointer<UInt32>
  /// The places of what was handed out, ascending.
  final let places: UnsafeMutablePointer<UInt32>
  /// The score of the document at each place, of those handed out or asked for.
  final let scores: UnsafeMutablePointer<Float>
  /// The same before it is rounded.
  final let sums: UnsafeMutablePointer<Double>
  /// What is known so far of the score of the document at each place, with that of other lists.
  final let running: UnsafeMutablePointer<Float>
  /// Room for places that are tried out.
  final let probes: UnsafeMutablePointer<UInt32>

  /// How often the list has begun with its first documents again by itself while it led.
  ///
  /// Whoever asks other lists for the documents that it hands out has to rewind them then.
  final var restarts = 0

  private let memory: UnsafeMutableRawPointer

  init(cost: Int, effort: Int, upperBound: Float) {
    self.cost = cost
    self.effort = effort
    self.upperBound = upperBound
    let size = Self.size
    // Safe: freed in deinit; five arrays of 128 places, four bytes a number in four of them, eight in one.
    unsafe memory = .allocate(byteCount: 24 * size, alignment: 64)
    unsafe sums = memory.bindMemory(to: Double.self, capacity: size)
    unsafe places = (memory + 8 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe scores = (memory + 12 * size).bindMemory(to: Float.self, capacity: size)
    unsafe running = (memory + 16 * size).bindMemory(to: Float.self, capacity: size)
    unsafe probes = (memory + 20 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe documents = UnsafePointer(places)
  }

  deinit { unsafe memory.deallocate() }

  /// Hands out the next documents that may score `threshold`, all of which match, with their scores.
  ///
  /// - Returns: How many there are, 0 for none yet; nil at the end.
  func next(reaching threshold: Float) throws(IndexError) -> Int? { nil }

  /// Finds those of some documents that match, and sets their ``scores`` and ``sums``.
  ///
  /// - Parameters:
  ///   - documents: Those at `places` ascend, and are behind those that were asked for before.
  ///   - places: Which of them are wanted. Those that match move to the front.
  ///   - gate: Passes over documents that cannot reach a score.
  /// - Returns: How many match.
  func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(IndexError) -> Int { 0 }

  /// Finds those of some documents that match, without scores; as ``match(_:_:_:_:)``.
  func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int { 0 }

  /// Adds all documents that match to a set; from the beginning of a list.
  func insert(into set: DocumentBits) throws(IndexError) {}

  /// Goes back to the first document.
  func rewind() {}

  /// A score that `limit` documents are known to reach; 0 where nothing is known.
  var promise: Float { 0 }

  /// How the list is walked, in words.
  var name: String { "" }

  /// What was done with the lists of terms inside.
  func traced(_ role: String) -> [ExecutionTrace.List] { [] }

  // MARK: Several lists

  /// Lists in the order of their bounds, the highest first.
  static func strongestFirst(_ lists: [ListOperator]) -> [ListOperator] {
    var lists = lists
    lists.sort { $0.upperBound > $1.upperBound }
    return lists
  }

  /// What the lists behind each may add together.
  static func bounds(behind lists: [ListOperator]) -> [Float] {
    var bounds: [Float] = []
    for list in lists { bounds.append(list.upperBound) }
    return boundsBehind(bounds)
  }

  static func cost(_ lists: [ListOperator]) -> Int {
    var cost = 0
    for list in lists { cost += list.cost }
    return cost
  }

  static func effort(_ lists: [ListOperator]) -> Int {
    var effort = 0
    for list in lists { effort = max(effort, list.effort) }
    return effort
  }

  /// Hands out what a list inside has handed out.
  final func takeOver(_ lead: ListOperator, _ count: Int) {
    unsafe documents = lead.documents
    for index in 0..<count {
      // Safe: places are below 128, and so much room each array has.
      let place = unsafe lead.places[index]
      unsafe places[index] = place
      unsafe sums[Int(place)] = lead.sums[Int(place)]
      unsafe scores[Int(place)] = lead.scores[Int(place)]
      unsafe running[Int(place)] = lead.scores[Int(place)]
    }
  }

  /// Begins with documents that are asked for: nothing is known of them here, and of others what the gate
  /// has.
  final func begin(_ places: UnsafePointer<UInt32>, _ count: Int, _ gate: TermList.Gate) {
    for index in 0..<count {
      // Safe: as above.
      let place = unsafe Int(places[index])
      unsafe sums[place] = 0
      unsafe scores[place] = 0
      unsafe running[place] = gate.partial[place]
    }
  }

  /// Adds the scores that a list has of documents.
  ///
  /// - Parameter partial: What is known of their scores beside this list's.
  final func add(
    _ list: ListOperator, _ places: UnsafePointer<UInt32>, _ count: Int,
    _ partial: UnsafePointer<Float>
  ) {
    for index in 0..<count {
      // Safe: places are below 128.
      let place = unsafe Int(places[index])
      let sum = unsafe sums[place] + list.sums[place]
      unsafe sums[place] = sum
      unsafe scores[place] = Float(sum)
      unsafe running[place] = partial[place] + Float(sum)
    }
  }

  /// Keeps the places whose documents score so much as far as is known.
  final func reaching(
    _ needed: Float, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) -> Int {
    guard needed > 0 else { return count }
    var kept = 0
    for index in 0..<count {
      // Safe: as above; as many are written at most as were read.
      let place = unsafe places[index]
      unsafe places[kept] = place
      kept += unsafe running[Int(place)] >= needed ? 1 : 0
    }
    return kept
  }

  /// Removes the places of documents that any of some lists has.
  ///
  /// - Returns: How many places are left.
  final func drop(
    _ lists: ArraySlice<ListOperator>, _ documents: UnsafePointer<UInt32>,
    _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int {
    var count = count
    for list in lists where count > 0 {
      unsafe probes.update(from: places, count: count)
      let found = unsafe try list.keep(documents, probes, count)
      guard found > 0 else { continue }
      var mask = PlaceMask()
      for index in 0..<found { mask.insert(unsafe probes[index]) }
      count = unsafe mask.drop(from: places, count)
    }
    return count
  }
}
