internal import EvBytes
internal import EvCodecs

/// Steps through the position differences of one term; ``PostingsWriter`` has the layout.
struct PositionsCursor: ~Copyable {
  private let file: PostingsFile
  private let info: TermInfo

  private var group = InlineArray<128, UInt32>(repeating: 0)
  private var index = 0
  private var count = 0

  /// Where the next group begins, from the start of the term's positions.
  private var nextOffset = 0
  /// Differences to pass over before the next is handed out.
  private var pending = 0

  init(_ file: PostingsFile, _ info: TermInfo) {
    self.file = file
    self.info = info
  }

  /// Moves to the first position of a block, given by its place among the blocks of all terms.
  mutating func move(toBlock block: Int) throws(IndexError) {
    nextOffset = Int(try file.entry(.positionOffsets, block, as: UInt32.self))
    pending = Int(try file.entry(.positionSkips, block, as: UInt8.self))
    index = 0
    count = 0
  }

  /// Passes over differences.
  mutating func skip(_ skipped: Int) throws(IndexError) {
    pending += skipped
  }

  /// The next difference.
  mutating func next() throws(IndexError) -> UInt32 {
    while count - index <= pending {
      pending -= count - index
      try decodeGroup()
    }
    index += pending
    pending = 0
    let value = group[index]
    index += 1
    return value
  }

  private mutating func decodeGroup() throws(IndexError) {
    let positions = file.positions
    let bytes = positions.section(0)
    let limit = info.positionsOffset + info.positionsLength
    guard nextOffset < info.positionsLength, let term = bytes.slice(info.positionsOffset..<limit)
    else { throw file.positions.corrupt(0, at: limit, "a term has too few positions") }
    var span = group.mutableSpan
    do throws(FormatError) {
      let isTail =
        info.totalFrequency < PackedBlock.count
        || term.load(UInt8.self, at: nextOffset) == 255
      if isTail {
        var start = nextOffset
        count = info.totalFrequency % PackedBlock.count
        if info.totalFrequency >= PackedBlock.count {
          guard term.load(UInt8.self, at: start + 1) == UInt8(count) else {
            throw .invalidValue(field: "positions", value: UInt64(count), offset: start + 1)
          }
          start += 2
        }
        var reader = ByteReader(term, at: start)
        for place in 0..<count { span[place] = try reader.readVarint32() }
        nextOffset = info.positionsLength
      } else {
        nextOffset = try PatchedBlock.decode(term, at: nextOffset, into: &span)
        count = PackedBlock.count
      }
    } catch {
      throw file.positions.corrupt(0, error.shifted(by: info.positionsOffset))
    }
    index = 0
  }
}
