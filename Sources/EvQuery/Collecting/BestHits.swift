/// The best hits so far, and the score that a further one must reach.
///
/// Shared by all segments of a search: what one segment found, the next must beat.
final class BestHits {
  private let limit: Int
  /// The deleted documents of the segment that is searched, a bit each; empty where there are none.
  ///
  /// They are looked up last, for hits that would be kept.
  private var deleted: [UInt64] = []

  /// A heap, the worst hit first.
  private var heap: [Hit] = []

  /// A document below this score is not among the best.
  ///
  /// One at it may be: of equal scores the document that comes first wins, and documents do not come in
  /// order.
  private(set) var threshold: Float = -.infinity

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 4096))
  }

  /// Goes on with a segment.
  ///
  /// - Parameter deleted: The words of its deleted documents.
  func begin(deleted: [UInt64]) {
    self.deleted = deleted
  }

  /// Raises the threshold to a score that `limit` documents are known to reach.
  func raise(to score: Float) {
    threshold = max(threshold, score)
  }

  /// The threshold, lowered by what rounding may have taken from a sum of bounds.
  var safeThreshold: Float {
    threshold > 0 ? threshold * (1 - TermList.slack) : threshold
  }

  /// Takes a hit if it is among the best.
  func add(_ hit: Hit) {
    guard limit > 0, hit.score >= threshold else { return }
    if !deleted.isEmpty, deleted[Int(hit.document >> 6)] >> UInt64(hit.document & 63) & 1 != 0 {
      return
    }
    if heap.count < limit {
      heap.append(hit)
      siftUp(heap.count - 1)
      if heap.count == limit { raise(to: heap[0].score) }
    } else if hit.precedes(heap[0]) {
      heap[0] = hit
      siftDown(0)
      raise(to: heap[0].score)
    }
  }

  /// The hits, best first.
  func sorted() -> [Hit] { limit > 0 ? heap.sorted { $0.precedes($1) } : [] }

  private func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private func siftDown(_ start: Int) {
    var parent = start
    while true {
      var worst = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[worst].precedes(heap[left]) { worst = left }
      if left + 1 < heap.count, heap[worst].precedes(heap[left + 1]) { worst = left + 1 }
      guard worst != parent else { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}
