internal import EvBytes
internal import EvIndex

/// A part of a query for which there is no list, document by document: things near each other, titles alone,
/// filters inside of a query, all documents.
@safe
final class ScorerOperator: ListOperator {
  private let makeScorer: () throws(IndexError) -> Scorer?
  /// The scorer; nil before the first document is asked for.
  private var scorer: Scorer?
  private let room: UnsafeMutablePointer<UInt32>

  /// - Parameters:
  ///   - upperBound: No document's score is higher.
  ///   - makeScorer: Makes a scorer in front of the first document.
  init(
    _ scorer: Scorer, upperBound: Float, _ makeScorer: @escaping () throws(IndexError) -> Scorer?
  ) {
    self.scorer = scorer
    self.makeScorer = makeScorer
    // Safe: freed in deinit.
    unsafe room = .allocate(capacity: Self.size)
    super.init(cost: scorer.cost, effort: 2, upperBound: upperBound)
    unsafe documents = UnsafePointer(room)
  }

  deinit { unsafe room.deallocate() }

  private func current() throws(IndexError) -> Scorer? {
    if scorer == nil { scorer = try makeScorer() }
    return scorer
  }

  override func next(reaching threshold: Float) throws(IndexError) -> Int? {
    guard upperBound >= threshold, let scorer = try current() else { return nil }
    var count = 0
    var seen = 0
    while count < Self.size, seen < 4096, try scorer.next() != Scorer.end {
      seen += 1
      let sum = try scorer.score()
      guard Float(sum) >= threshold else { continue }
      // Safe: `count` is below 128.
      unsafe room[count] = scorer.document
      unsafe places[count] = UInt32(truncatingIfNeeded: count)
      unsafe sums[count] = sum
      unsafe scores[count] = Float(sum)
      count += 1
    }
    return seen > 0 ? count : nil
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(IndexError) -> Int {
    guard let scorer = try current() else { return 0 }
    var kept = 0
    for index in 0..<count {
      // Safe: places are below 128.
      let place = unsafe Int(places[index])
      guard unsafe gate.partial[place] + upperBound >= gate.needed,
        unsafe try scorer.seek(to: documents[place]) == documents[place]
      else { continue }
      let sum = try scorer.score()
      unsafe sums[place] = sum
      unsafe scores[place] = Float(sum)
      unsafe places[kept] = UInt32(truncatingIfNeeded: place)
      kept += 1
    }
    return kept
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(IndexError) -> Int {
    guard let scorer = try current() else { return 0 }
    var kept = 0
    for index in 0..<count {
      let place = unsafe places[index]
      let document = unsafe documents[Int(place)]
      guard try scorer.seek(to: document) == document else { continue }
      unsafe places[kept] = place
      kept += 1
    }
    return kept
  }

  override func insert(into set: DocumentBits) throws(IndexError) {
    guard let scorer = try current() else { return }
    while try scorer.next() != Scorer.end { set.insert(scorer.document) }
  }

  override func rewind() { scorer = nil }

  override var name: String { "document by document" }
}
