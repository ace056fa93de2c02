internal import CVectors
internal import EvBytes
internal import EvCodecs

/// The postings and positions of a segment; what ``PostingsWriter`` wrote.
@safe
package final class PostingsFile: Sendable {
  package let postings: SegmentFileReader
  package let positions: SegmentFileReader

  /// Where the sections of `postings` begin.
  ///
  /// Kept apart because a search opens each of its lists with them, and a look into an array of ranges
  /// for each would cost as much as finding the term.
  private nonisolated(unsafe) let addresses: InlineArray<8, UnsafeRawPointer>
  /// Bytes of the payload.
  let payloadCount: Int

  /// Entries in each array of block metadata.
  package let blockCount: Int

  /// Documents of the segment; every document number is below it.
  package let documentCount: UInt32

  /// The sections of the postings file.
  package enum Section: Int {
    case payload, lastDocuments, blockOffsets, positionOffsets, positionSkips, encodings
    case plainBounds, standardBounds

    /// The section of the bounds that are made with some parameters.
    package static func bounds(_ kind: ImpactModel.Kind) -> Section {
      kind == .plain ? .plainBounds : .standardBounds
    }
  }

  package init(folder: String, documentCount: Int) throws(IndexError) {
    postings = try SegmentFileReader(
      .postings, path: folder + "/postings", sectionCount: Section.standardBounds.rawValue + 1)
    positions = try SegmentFileReader(.positions, path: folder + "/positions", sectionCount: 1)
    self.documentCount = UInt32(documentCount)
    let encodings = postings.sections[Section.encodings.rawValue].count
    blockCount = encodings
    for (section, size) in [
      (Section.lastDocuments, 4), (.blockOffsets, 4), (.positionOffsets, 4), (.positionSkips, 1),
      (.plainBounds, 1), (.standardBounds, 1),
    ] where postings.sections[section.rawValue].count != size * encodings {
      throw postings.corrupt(section.rawValue, at: 0, "an array of blocks has a wrong length")
    }
    payloadCount = postings.sections[Section.payload.rawValue].count
    let (start, ranges) = unsafe (postings.address, postings.sections)
    // Safe: sections lie inside the mapping, which `postings` keeps.
    unsafe addresses = InlineArray { unsafe start + ranges[$0].lowerBound }
  }

  /// The first byte of a section of `postings`.
  @inline(__always)
  func address(of section: Section) -> UnsafeRawPointer { unsafe addresses[section.rawValue] }

  /// Asks for the memory in which the postings of a term begin, and for what is known of its blocks.
  ///
  /// It is as far away as ten steps of a search in it are long, and the first to be looked at.
  package func prefetch(_ info: TermInfo) {
    // Safe: what is asked for is not looked at.
    let start = unsafe address(of: .payload) + info.postingsOffset
    let lines = min(4, (info.postingsLength + 63) / 64)
    for line in 0..<lines { unsafe ev_prefetch(start + 64 * line) }
    guard info.blockCount > 0 else { return }
    unsafe ev_prefetch(address(of: .lastDocuments) + 4 * info.firstBlock)
    unsafe ev_prefetch(address(of: .blockOffsets) + 4 * info.firstBlock)
    unsafe ev_prefetch(address(of: .encodings) + info.firstBlock)
    unsafe ev_prefetch(address(of: .plainBounds) + info.firstBlock)
    unsafe ev_prefetch(address(of: .standardBounds) + info.firstBlock)
  }

  /// An entry of an array of block metadata.
  @inline(__always)
  package func entry<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ section: Section, _ block: Int, as type: Integer.Type
  ) throws(IndexError) -> Integer {
    let offset = block * MemoryLayout<Integer>.size
    let postings = self.postings
    guard let value = postings.section(section.rawValue).load(type, at: offset) else {
      throw postings.corrupt(section.rawValue, at: offset, "there is no block \(block)")
    }
    return value
  }

  /// The last document of a block of all terms.
  @inline(__always)
  package func lastDocument(ofBlock block: Int) throws(IndexError) -> UInt32 {
    try entry(.lastDocuments, block, as: UInt32.self)
  }
}
