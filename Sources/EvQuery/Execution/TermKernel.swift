internal import EvBytes
internal import EvIndex

/// The best documents that hold a term.
///
/// Where nothing but one list is scored, its blocks may come in any order. Those that may hold one of the
/// best are taken 64 at a time, the one with the highest bound first, so that the threshold rises as fast as
/// can be; of `the` in wiki-en-200k 14 of 1,418 blocks are decoded instead of 23. They lie far apart, so
/// what is needed of a block is asked for while those in front of it are decoded. (The blocks of a list in
/// the order of their bounds: Ding and Suel, SIGIR 2011.)
@safe
struct TermKernel {
  private let list: UnsafeMutablePointer<TermList>
  private let segment: Int
  private let best: BestHits

  /// How many blocks ahead memory is asked for.
  private static let ahead = 4

  /// - Parameter list: It outlives the kernel.
  init(_ list: UnsafeMutablePointer<TermList>, segment: Int, best: BestHits) {
    unsafe self.list = list
    self.segment = segment
    self.best = best
  }

  /// Shows the best documents to the collector.
  func run() throws(FormatError) {
    let count = unsafe list.pointee.blocks.count
    guard unsafe list.pointee.blocks.hasMetadata else { return try show(0) }
    var start = 0
    while start < count {
      var keys = InlineArray<64, UInt64>(repeating: 0)
      var error: FormatError?
      var live = 0
      var span = keys.mutableSpan
      // Safe: there are 64 places, and the address does not leave the closure.
      unsafe span.withUnsafeMutableBufferPointer { keys in
        let keys = unsafe keys.baseAddress.unsafelyUnwrapped
        live = unsafe list.pointee.liveBlocks(
          from: &start, reaching: best.safeThreshold, into: keys)
        unsafe Self.sort(keys, live)
        do throws(FormatError) { unsafe try show(keys, live) } catch let found { error = found }
      }
      if let error { throw error }
      if live == 0 { return }
    }
  }

  /// Shows the documents of some blocks that may be among the best, those with the highest bounds first.
  private func show(
    _ keys: UnsafeMutablePointer<UInt64>, _ count: Int
  ) throws(FormatError) {
    // Safe: there are `count` keys.
    func block(_ place: Int) -> Int { unsafe Int(keys[place] & 0xFFFF_FFFF) }
    for place in 0..<count { unsafe list.pointee.prefetchMetadata(block(place)) }
    for place in 0..<min(count, Self.ahead) { unsafe list.pointee.prefetch(block(place)) }
    for place in 0..<count {
      guard unsafe list.pointee.limit(ofBlock: block(place)) >= best.safeThreshold else { return }
      if place + Self.ahead < count { unsafe list.pointee.prefetch(block(place + Self.ahead)) }
      try show(block(place))
    }
  }

  /// Shows the documents of a block that may be among the best.
  private func show(_ block: Int) throws(FormatError) {
    unsafe try list.pointee.load(block)
    unsafe try list.pointee.scoreBlock()
    let (documents, places) = unsafe (list.pointee.documents, list.pointee.matches)
    let count = unsafe list.pointee.places(reaching: best.safeThreshold, into: places)
    for index in 0..<count {
      // Safe: places are below the count of the block.
      let place = unsafe Int(places[index])
      let score = unsafe Float(list.pointee.exactScore(at: place))
      best.add(Hit(segment: segment, document: unsafe documents[place], score: score))
    }
  }

  /// Sorts a few numbers.
  private static func sort(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int) {
    for end in 1..<max(1, count) {
      // Safe: places are below `count`.
      let key = unsafe keys[end]
      var place = end
      while place > 0, unsafe keys[place - 1] > key {
        unsafe keys[place] = keys[place - 1]
        place -= 1
      }
      unsafe keys[place] = key
    }
  }
}
