/// Keeps the best hits that it is shown, and counts all.
struct TopHitsCollector {
  /// The most hits that are kept.
  private let limit: Int

  /// A heap: no hit comes after its parent's, so that the worst one kept is the first.
  private var heap: [Hit] = []

  /// Hits shown so far.
  private(set) var total = 0

  init(limit: Int) { self.limit = limit }

  /// Shows a hit.
  mutating func add(_ hit: Hit) {
    total += 1
    if heap.count < limit {
      heap.append(hit)
      siftUp(heap.count - 1)
    } else if let worst = heap.first, hit.precedes(worst) {
      heap[0] = hit
      siftDown(0)
    }
  }

  /// The hits that were kept, best first.
  func result() -> TopHits {
    TopHits(total: total, hits: heap.sorted { $0.precedes($1) })
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[worst].precedes(heap[child]) {
        worst = child
      }
      guard worst != parent else { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}
