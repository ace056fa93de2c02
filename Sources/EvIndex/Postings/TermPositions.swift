package import EvBytes
internal import CVectors
internal import EvCodecs

/// The positions of one term, for the kernels of a search.
///
/// Positions are kept as differences in groups of 128. Those groups that hold what is asked for are decoded
/// side by side into a window, so that the differences of a posting lie together and are handed out by
/// address. Invariant: the window has the groups ``firstGroup`` to ``firstGroup`` + ``groupCount`` of
/// ``block``, counted from the one in which the block begins; ``nextOffset`` is where the group behind them
/// begins.
@safe
package struct TermPositions: ~Copyable {
  private let bytes: UnsafeRawPointer
  private let byteCount: Int
  private let totalFrequency: Int
  private let offsets: UnsafePointer<UInt32>
  private let skips: UnsafePointer<UInt8>
  private let hasMetadata: Bool

  @usableFromInline package private(set) var window: UnsafeMutablePointer<UInt32>
  /// Memory of a window that has outgrown the scratch memory.
  private var grown: UnsafeMutablePointer<UInt32>?
  /// Groups for which the window has room.
  private var capacity = Self.scratchGroups

  @usableFromInline package private(set) var block = -1
  /// The place in the block's first group at which the block begins.
  @usableFromInline package private(set) var skip = 0
  private var firstGroup = 0
  private var groupCount = 0
  /// Places from the beginning of the block's first group to that of the window, and to its end.
  @usableFromInline package private(set) var windowStart = 0
  @usableFromInline package private(set) var windowEnd = 0
  private var nextOffset = 0
  /// Where the last group of the window begins.
  private var lastOffset = -1

  /// How many groups were decoded so far.
  package private(set) var decodedGroups = 0

  private static let scratchGroups = 4

  /// Places behind the window that may be read: sums of four differences are made at once.
  private static let readAhead = 4

  /// Bytes of scratch memory that this needs; a multiple of 64.
  package static let scratchBytes = 4 * PackedBlock.count * scratchGroups + 64

  /// Finds the positions of a term.
  ///
  /// - Parameter scratch: ``scratchBytes`` of memory, aligned for numbers, that outlives the value.
  package init(
    _ file: PostingsFile, _ info: TermInfo, scratch: UnsafeMutableRawPointer
  ) throws(IndexError) {
    let section = file.positions.sections[0]
    guard info.positionsOffset <= section.count - info.positionsLength,
      info.blockCount == 0 || info.firstBlock <= file.blockCount - info.blockCount
    else {
      throw file.positions.corrupt(
        0, at: info.positionsOffset, "a term's positions are out of bounds")
    }
    let first = info.blockCount > 0 ? info.firstBlock : 0
    // Safe: the ranges were checked above; the arrays have `blockCount` entries each.
    unsafe bytes = file.positions.address + section.lowerBound + info.positionsOffset
    byteCount = info.positionsLength
    totalFrequency = info.totalFrequency
    hasMetadata = info.blockCount > 0
    unsafe offsets =
      file.address(of: .positionOffsets).assumingMemoryBound(to: UInt32.self) + first
    unsafe skips = file.address(of: .positionSkips).assumingMemoryBound(to: UInt8.self) + first
    unsafe window = scratch.bindMemory(to: UInt32.self, capacity: Self.scratchBytes / 4)
    unsafe grown = nil
  }

  deinit {
    unsafe grown?.deallocate()
  }

  /// The differences between the positions of a posting; the first is its first position.
  ///
  /// - Parameters:
  ///   - block: The posting's block.
  ///   - before: Occurrences in the block's postings in front of it.
  ///   - count: Its own occurrences.
  /// - Returns: `count` differences, and behind them three more places that may be read; valid until the
  ///   next call.
  @inlinable
  @inline(__always)
  package mutating func differences(
    block: Int, before: Int, count: Int
  ) throws(FormatError) -> UnsafePointer<UInt32> {
    let place = before &+ skip
    if block == self.block, place >= windowStart, place &+ count <= windowEnd {
      // Safe: the window has these places.
      return unsafe UnsafePointer(window + (place - windowStart))
    }
    return unsafe try decode(block, before, count)
  }

  /// Asks for the memory in which the positions of a block begin.
  @inline(__always)
  package func prefetch(block: Int) {
    // Safe: a term has an entry for each of its blocks; what is asked for is not looked at.
    if hasMetadata { unsafe ev_prefetch(bytes + Int(offsets[block])) }
  }

  /// Asks for the memory in which it is said where the positions of a block begin.
  @inline(__always)
  package func prefetchMetadata(block: Int) {
    // Safe: as above.
    if hasMetadata { unsafe ev_prefetch(offsets + block) }
  }

  /// Brings the groups of a posting into the window.
  @usableFromInline
  package mutating func decode(
    _ block: Int, _ before: Int, _ count: Int
  ) throws(FormatError) -> UnsafePointer<UInt32> {
    // No posting has more positions than its term.
    guard count <= totalFrequency else { throw .truncated(offset: byteCount) }
    if block != self.block { enter(block) }
    let place = before + skip
    let wanted = place / PackedBlock.count
    if wanted < firstGroup { restart() }
    if wanted >= firstGroup + groupCount {
      var group = firstGroup + groupCount
      while group < wanted {
        nextOffset = try PatchedBlock.end(span, at: nextOffset)
        group += 1
      }
      (firstGroup, groupCount, lastOffset) = (wanted, 0, -1)
      (windowStart, windowEnd) = (PackedBlock.count * wanted, PackedBlock.count * wanted)
    }
    while windowEnd < place + count {
      if groupCount == capacity { makeRoom(wanted) }
      try decodeNext()
    }
    // Safe: the window has these places.
    return unsafe UnsafePointer(window + (place - windowStart))
  }

  /// Goes to the beginning of a block; its first group may be the last of the block in front.
  private mutating func enter(_ block: Int) {
    let (last, behindLast) = (lastOffset, nextOffset)
    let start = PackedBlock.count * (groupCount - 1)
    let count = windowEnd - windowStart - start
    self.block = block
    restart()
    guard nextOffset == last else { return }
    // Safe: `last` is that of a group in the window.
    unsafe window.update(from: window + start, count: PackedBlock.count)
    (groupCount, windowEnd, lastOffset, nextOffset) = (1, count, last, behindLast)
  }

  /// Empties the window, which then begins where the block begins.
  private mutating func restart() {
    (firstGroup, groupCount, windowStart, windowEnd, lastOffset) = (0, 0, 0, 0, -1)
    // Safe: a term has an entry for each of its blocks.
    skip = hasMetadata ? unsafe Int(skips[block]) : 0
    nextOffset = hasMetadata ? unsafe Int(offsets[block]) : 0
  }

  /// Drops the groups in front of one that is wanted, or makes the window larger.
  private mutating func makeRoom(_ wanted: Int) {
    let dropped = wanted - firstGroup
    if dropped > 0 {
      // Safe: the groups are inside the window.
      unsafe window.update(
        from: window + PackedBlock.count * dropped,
        count: PackedBlock.count * (groupCount - dropped))
      firstGroup = wanted
      groupCount -= dropped
      windowStart += PackedBlock.count * dropped
      return
    }
    capacity *= 2
    // Safe: freed here, or in deinit.
    let larger = UnsafeMutablePointer<UInt32>.allocate(
      capacity: PackedBlock.count * capacity + Self.readAhead)
    unsafe larger.update(from: window, count: PackedBlock.count * groupCount)
    unsafe grown?.deallocate()
    unsafe grown = larger
    unsafe window = larger
  }

  private var span: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: the bytes were checked to be inside the mapping, which the user of this value keeps.
      let span = unsafe RawSpan(_unsafeStart: bytes, byteCount: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Decodes the group behind the window, for which there is room.
  private mutating func decodeNext() throws(FormatError) {
    let offset = nextOffset
    decodedGroups += 1
    // Safe: the window has room for the group.
    var values = unsafe MutableSpan(
      _unsafeStart: window + PackedBlock.count * groupCount, count: PackedBlock.count)
    let isTail =
      totalFrequency < PackedBlock.count || span.load(UInt8.self, at: offset) == 255
    var count = PackedBlock.count
    if isTail {
      count = totalFrequency % PackedBlock.count
      var reader = ByteReader(span, at: totalFrequency < PackedBlock.count ? offset : offset + 2)
      for place in 0..<count { values[place] = try reader.readVarint32() }
      nextOffset = byteCount
    } else {
      nextOffset = try PatchedBlock.decode(span, at: offset, into: &values)
    }
    groupCount += 1
    windowEnd += count
    lastOffset = offset
  }
}
