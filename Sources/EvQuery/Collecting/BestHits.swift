/// The best hits so far, and the score that a further one must reach.
///
/// Shared by all segments of a search: what one segment found, the next must beat. Plain memory: kernels
/// ask for the threshold at every block and document, and each look at a property of a class that may
/// change would have to be announced.
@safe
final class BestHits {
  private let limit: Int
  /// The deleted documents of the segment that is searched, a bit each; empty where there are none.
  ///
  /// They are looked up last, for hits that would be kept.
  private var deleted: [UInt64] = []

  /// Invariant: the first `count` places of `heap` are a heap, the worst hit first.
  @safe
  private struct State {
    var threshold: Float = -.infinity
    var count = 0
    var capacity: Int
    var heap: UnsafeMutablePointer<Hit>
    /// Whether documents are deleted.
    var hasDeleted = false
  }

  private let state: UnsafeMutablePointer<State>

  /// How many hits there is room for at first.
  private static let capacity = 4096

  init(limit: Int) {
    self.limit = limit
    let capacity = max(1, min(limit, Self.capacity))
    // Safe: freed in deinit. Hits are plain values.
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(
      to: State(capacity: capacity, heap: .allocate(capacity: capacity)))
  }

  deinit {
    unsafe state.pointee.heap.deallocate()
    unsafe state.deallocate()
  }

  /// A document below this score is not among the best.
  ///
  /// One at it may be: of equal scores the document that comes first wins, and documents do not come in
  /// order.
  @inline(__always)
  var threshold: Float { unsafe state.pointee.threshold }

  /// The threshold, lowered by what rounding may have taken from a sum of bounds.
  @inline(__always)
  var safeThreshold: Float {
    threshold > 0 ? threshold * (1 - TermList.slack) : threshold
  }

  /// Goes on with a segment.
  ///
  /// - Parameter deleted: The words of its deleted documents.
  func begin(deleted: [UInt64]) {
    self.deleted = deleted
    unsafe state.pointee.hasDeleted = !deleted.isEmpty
  }

  /// Raises the threshold to a score that `limit` documents are known to reach.
  func raise(to score: Float) {
    unsafe state.pointee.threshold = max(threshold, score)
  }

  /// Takes a hit if it is among the best.
  func add(_ hit: Hit) {
    guard limit > 0, hit.score >= threshold else { return }
    if unsafe state.pointee.hasDeleted, deleted.hasBit(hit.document) { return }
    let count = unsafe state.pointee.count
    if count < limit {
      if unsafe count == state.pointee.capacity { grow() }
      unsafe state.pointee.count = count + 1
      unsafe siftUp(hit, state.pointee.heap, from: count)
    } else {
      // Safe: there is a hit, since `limit` is above 0.
      guard unsafe hit.precedes(state.pointee.heap[0]) else { return }
      unsafe siftDown(hit, state.pointee.heap, count)
    }
    if unsafe state.pointee.count == limit { raise(to: unsafe state.pointee.heap[0].score) }
  }

  /// The hits, best first.
  func sorted() -> [Hit] {
    var hits = unsafe Array(
      UnsafeBufferPointer(start: state.pointee.heap, count: state.pointee.count))
    hits.sort { $0.precedes($1) }
    return hits
  }

  /// Makes room for twice as many hits.
  private func grow() {
    let (count, old) = unsafe (state.pointee.count, state.pointee.heap)
    // Safe: freed in deinit, or here.
    let larger = UnsafeMutablePointer<Hit>.allocate(capacity: 2 * count)
    unsafe larger.update(from: old, count: count)
    unsafe old.deallocate()
    unsafe (state.pointee.heap, state.pointee.capacity) = (larger, 2 * count)
  }

  /// Puts a hit at a place behind all others, or in front of those that are better.
  private func siftUp(_ hit: Hit, _ heap: UnsafeMutablePointer<Hit>, from start: Int) {
    var child = start
    // Safe: parents are in front of their children.
    while child > 0, case let parent = (child - 1) / 2, unsafe heap[parent].precedes(hit) {
      unsafe heap[child] = heap[parent]
      child = parent
    }
    unsafe heap[child] = hit
  }

  /// Puts a hit in the place of the worst, or behind those that are worse.
  private func siftDown(_ hit: Hit, _ heap: UnsafeMutablePointer<Hit>, _ count: Int) {
    var parent = 0
    while true {
      // Safe: places are below `count`.
      var worst = 2 * parent + 1
      guard worst < count else { break }
      if worst + 1 < count, unsafe heap[worst].precedes(heap[worst + 1]) { worst += 1 }
      guard unsafe hit.precedes(heap[worst]) else { break }
      unsafe heap[parent] = heap[worst]
      parent = worst
    }
    unsafe heap[parent] = hit
  }
}
