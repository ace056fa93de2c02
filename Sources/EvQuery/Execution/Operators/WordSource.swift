internal import EvBytes
internal import EvIndex

/// The occurrences of a word, or of many forms that are merged.
@safe
final class WordSource: FormSource {
  private let list: UnsafeMutablePointer<TermList>
  private let name: String
  private var block = 0

  /// - Parameters:
  ///   - list: Outlives the source.
  ///   - name: What the list is of, for a trace.
  init(_ list: UnsafeMutablePointer<TermList>, _ name: String) {
    unsafe self.list = list
    self.name = name
    unsafe super.init(
      cost: list.pointee.blocks.documentFrequency, upperBound: list.pointee.upperBound,
      documents: UnsafePointer(list.pointee.documents))
  }

  override func next(
    reaching threshold: Float, _ places: UnsafeMutablePointer<UInt32>,
    _ scores: UnsafeMutablePointer<Float>
  ) throws(FormatError) -> Int? {
    // Safe: the list outlives the source; there are 128 places.
    block = unsafe list.pointee.liveBlock(from: block, reaching: threshold)
    guard unsafe block < list.pointee.blocks.count else { return nil }
    unsafe try list.pointee.load(block)
    unsafe try list.pointee.scoreBlock()
    block += 1
    let count = unsafe list.pointee.places(reaching: threshold, into: places)
    unsafe scores.update(from: list.pointee.scores, count: TermList.blockSize)
    unsafe found = list.pointee.weighted
    return count
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(FormatError) -> Int {
    let row = unsafe useRow()
    return unsafe try list.pointee.match(
      documents, places, count, gate: gate, frequencies: .found
    ) {
      list, place, _, own in
      unsafe row[place] = list.weighted[own]
      return true
    }
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(FormatError) -> Int {
    unsafe try list.pointee.match(
      documents, places, count, frequencies: .none
    ) { _, _, _, _ in true }
  }

  override func insert(into set: DocumentBits) throws(FormatError) {
    unsafe try set.insert(&list.pointee)
  }

  override func rewind() {
    block = 0
    unsafe list.pointee.rewind()
  }

  override var traced: [ExecutionTrace.List] {
    var traced = unsafe list.pointee.tracedWork
    traced.name = name
    return [traced]
  }
}
