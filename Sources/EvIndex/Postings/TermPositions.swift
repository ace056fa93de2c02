package import EvBytes
internal import EvCodecs

/// The positions of one term: bare addresses, for the kernels of a search.
///
/// A plain value like ``TermBlocks``, with one group of 128 differences decoded.
@safe
package struct TermPositions {
  private let bytes: UnsafeRawPointer
  private let byteCount: Int
  private let totalFrequency: Int
  private let offsets: UnsafePointer<UInt32>
  private let skips: UnsafePointer<UInt8>
  private let hasMetadata: Bool

  /// The decoded group, of 128 places.
  private let group: UnsafeMutablePointer<UInt32>
  private var groupCount = 0
  /// Where the decoded group begins; −1 for none.
  private var groupOffset = -1
  /// Where the group behind it begins.
  private var nextOffset = 0
  /// How many groups were decoded so far.
  package private(set) var decodedGroups = 0

  // The group that was read last: that of a block, counted from the block's first; and where it begins.
  // Documents come in order, so the way from a block's first group is gone once.
  private var block = -1
  private var groupOfBlock = 0
  private var start = 0

  /// Bytes of scratch memory that this needs.
  package static let scratchBytes = 4 * PackedBlock.count

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
    unsafe group = scratch.bindMemory(to: UInt32.self, capacity: PackedBlock.count)
  }

  /// Replaces `result` by the positions of a posting, less `offset` each; without those below `offset`.
  ///
  /// - Parameters:
  ///   - block: The posting's block.
  ///   - before: Occurrences in the block's postings in front of it.
  ///   - frequency: Its own occurrences, and how many of them are in the title.
  /// - Returns: The last position in the title, less `offset`; below 0 where there is none.
  package mutating func read(
    block: Int, before: Int, _ frequency: FieldFrequency, less offset: UInt32,
    into result: inout PositionBuffer
  ) throws(FormatError) -> Int64 {
    let count = Int(frequency.count)
    // No posting has more positions than its term.
    guard count <= totalFrequency else { throw .truncated(offset: byteCount) }
    var place = try move(to: block, before)
    let positions = unsafe result.room(for: count)
    var position = 0 &- offset
    var done = 0
    while true {
      let copied = min(count - done, groupCount - place)
      guard copied > 0 else { throw .truncated(offset: byteCount) }
      // Safe: `place` and what is copied are inside the decoded group, of at most 128; there is room for
      // `count` positions.
      for index in 0..<copied {
        position = unsafe position &+ group[place + index]
        unsafe positions[done + index] = position
      }
      done += copied
      guard done < count else { break }
      try decode(nextOffset)
      (place, start) = (0, groupOffset)
      groupOfBlock += 1
    }
    let title = Int(frequency.title)
    var lastInTitle = -1 - Int64(offset)
    if title > 0, title <= count {
      // Safe: there are `count` positions.
      lastInTitle = unsafe Int64(positions[title - 1] &+ offset) - Int64(offset)
    }
    if offset > 0 { result.dropWrapped(offset) }
    return lastInTitle
  }

  /// Decodes the group that holds a posting's first position.
  ///
  /// - Returns: Its place in the group.
  private mutating func move(to block: Int, _ before: Int) throws(FormatError) -> Int {
    var place = before
    var first = 0
    if hasMetadata {
      // Safe: a term has an entry for each of its blocks.
      place += unsafe Int(skips[block])
      first = unsafe Int(offsets[block])
    }
    let wanted = place / PackedBlock.count
    if block != self.block || wanted < groupOfBlock {
      (self.block, groupOfBlock, start) = (block, 0, first)
    }
    while groupOfBlock < wanted {
      start = start == groupOffset ? nextOffset : try PatchedBlock.end(span, at: start)
      groupOfBlock += 1
    }
    if start != groupOffset { try decode(start) }
    return place % PackedBlock.count
  }

  private var span: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: the bytes were checked to be inside the mapping, which the user of this value keeps.
      let span = unsafe RawSpan(_unsafeStart: bytes, byteCount: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  private mutating func decode(_ offset: Int) throws(FormatError) {
    groupOffset = -1
    decodedGroups += 1
    // Safe: the buffer has 128 places.
    var values = unsafe MutableSpan(_unsafeStart: group, count: PackedBlock.count)
    let isTail =
      totalFrequency < PackedBlock.count || span.load(UInt8.self, at: offset) == 255
    if isTail {
      groupCount = totalFrequency % PackedBlock.count
      var reader = ByteReader(span, at: totalFrequency < PackedBlock.count ? offset : offset + 2)
      for place in 0..<groupCount { values[place] = try reader.readVarint32() }
      nextOffset = byteCount
    } else {
      nextOffset = try PatchedBlock.decode(span, at: offset, into: &values)
      groupCount = PackedBlock.count
    }
    groupOffset = offset
  }
}
