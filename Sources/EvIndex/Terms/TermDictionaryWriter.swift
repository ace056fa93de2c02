internal import EvBytes

/// Writes a segment's terms and what is known of each, in ascending order of their bytes.
///
/// The file `terms` has three sections. The first holds blocks of 32 terms (the last may be shorter):
///
///     field               type
///     postings offset     varint, where the first term's postings begin
///     positions offset    varint, where the first term's positions begin
///     first block         varint, the first term's place in the arrays of block metadata
///     for each term:
///       lengths           byte: bytes shared with the term before (0 for the block's first), 0 to 15, in
///                         the upper half; how many more it has in the lower. Behind it, for each half
///                         that is 15, what there is above 15, as a varint
///       rest              the bytes that are not shared
///       entry             see ``TermInfo/writeEntry(to:)``
///     and, for terms in 128 documents and more, twice, for plain and for standard parameters:
///       largest impact    4, IEEE 754 bits
///       top impacts       3, the 10th, 100th and 1,000th largest, see ``ImpactCode``
///
/// The second holds the offset (8 bytes) of each block in the first; the third, for each block, the
/// first eight bytes of its first term as a number, the first byte highest, zeros behind a shorter term.
/// A term is found by binary search over these numbers, and over the blocks' first terms where they are
/// equal, then by walking one block; offsets inside a block add up from its head.
final class TermDictionaryWriter {
  /// Terms in a block.
  static let blockSize = 32

  private let output: SegmentFileWriter
  private var block = ByteWriter()
  private var offsets: [UInt64] = []
  private var heads: [UInt64] = []
  private var written: UInt64 = 0
  private var previous: [UInt8] = []

  /// Terms written so far.
  private(set) var count = 0

  init(folder: String) throws(SystemError) {
    output = try SegmentFileWriter(.terms, folder: folder)
    try output.beginSection()
  }

  /// Appends the next term.
  ///
  /// - Precondition: It is above the one before; offsets follow on from the one before.
  func add(_ term: RawSpan, _ info: TermInfo) throws(SystemError) {
    var shared = 0
    if count % Self.blockSize == 0 {
      try endBlock()
      offsets.append(written)
      heads.append(TermDictionary.head(of: term))
      block.writeCount(info.postingsOffset)
      block.writeCount(info.positionsOffset)
      block.writeCount(info.firstBlock)
    } else {
      shared = term.commonPrefixLength(with: previous.rawSpan)
    }
    previous = term.copied()
    block.writeLengths(shared: shared, rest: previous.count - shared)
    block.write(contentsOf: previous[shared...])
    info.writeEntry(to: &block)
    if info.blockCount > 0 {
      for kind in ImpactModel.Kind.allCases {
        let impacts = info.impacts(kind)
        block.write(impacts.maximum.bitPattern)
        block.writeByte(impacts.tenth)
        block.writeByte(impacts.hundredth)
        block.writeByte(impacts.thousandth)
      }
    }
    count += 1
  }

  /// Writes what is left and the table of blocks.
  func finish(_ id: SegmentID) throws(SystemError) -> SegmentInfo.File {
    try endBlock()
    try output.beginSection()
    try output.write(offsets)
    try output.beginSection()
    try output.write(heads)
    return try output.finish(id)
  }

  private func endBlock() throws(SystemError) {
    try output.write(block.bytes)
    written += UInt64(block.count)
    block.removeAll()
  }
}
