internal import EvBytes
internal import EvCodecs

/// Writes the postings and positions of terms, term by term in the dictionary's order.
///
/// The file `postings` has these sections; the arrays have one entry a block, the blocks of a term
/// being consecutive. Only terms in 128 documents or more have blocks; the last of a term's blocks may
/// be a tail.
///
///     section  type     contents
///     0        bytes    payload: for each term its blocks, or its tail
///     1        UInt32   last document of each block
///     2        UInt32   where the block begins, from the start of the term's payload
///     3        UInt32   where the block's positions begin: a group, from the start of the term's
///     4        UInt8    how many positions of that group belong to blocks in front
///     5        UInt8    encoding of the documents (``EvCodecs/DocumentBlock``), or 128 for a tail
///     6        UInt8    bound: the largest impact of the block, see ``ImpactCode``, plain
///     7        UInt8    the same with standard parameters
///
/// A block's payload is its documents, a ``EvCodecs/PatchedBlock`` of frequencies less one, and a
/// ``EvCodecs/FieldBlock``. A tail is an ``EvCodecs/TailBlock``.
///
/// The file `positions` has one section. Positions are kept as differences: the first in a document
/// from 0, the others from the one before. For each term groups of 128 differences follow each other
/// across documents, each a ``EvCodecs/PatchedBlock``; the rest are varints, behind the bytes 255 and
/// their number where any group is in front.
final class PostingsWriter {
  /// The encoding byte of a block that is a tail.
  static let tailEncoding: UInt8 = 128

  private let postings: SegmentFileWriter
  private let positions: SegmentFileWriter
  private let models: [ImpactModel]

  // The block metadata of all terms.
  private var lastDocuments: [UInt32] = []
  private var blockOffsets: [UInt32] = []
  private var positionOffsets: [UInt32] = []
  private var positionSkips: [UInt8] = []
  private var encodings: [UInt8] = []
  private var bounds: [[UInt8]] = [[], []]

  // The term under way.
  private var payload = ByteWriter()
  private var positionBytes = ByteWriter()
  /// Bytes of the term's positions that are already in the file.
  private var positionsWritten = 0
  /// Where each group of the term's position differences begins.
  private var groupOffsets: [Int] = []
  /// Differences that do not fill a group yet.
  private var rest: [UInt32] = []
  private var impactsOfTerm: [Float] = []
  /// Occurrences in titles and headings of each posting; both empty where there are none.
  private var titles: [UInt32] = []
  private var headings: [UInt32] = []
  private var postingsOffset = 0
  private var positionsOffset = 0

  /// - Parameter averageLength: Positions of the segment's documents, on average.
  init(folder: String, averageLength: Float) throws(SystemError) {
    postings = try SegmentFileWriter(.postings, folder: folder)
    positions = try SegmentFileWriter(.positions, folder: folder)
    models = ImpactModel.Kind.allCases.map { ImpactModel($0, averageLength: averageLength) }
    try postings.beginSection()
    try positions.beginSection()
  }

  /// Writes one term.
  ///
  /// - Parameters:
  ///   - list: At least one posting; documents ascend strictly, and frequencies are at least 1. With the
  ///     differences of ``addPositions(_:)`` in front there are as many as the frequencies add up to.
  ///   - norms: The length code of every document of the segment.
  func add(_ list: borrowing PostingsList, norms: [UInt8]) throws(IndexError) -> TermInfo {
    payload.removeAll()
    spreadFields(list)
    writeGroups(list.differences)
    let totalFrequency = writeRest()
    var info = TermInfo(
      documentFrequency: list.documents.count, totalFrequency: totalFrequency,
      postingsOffset: postingsOffset, positionsOffset: positionsOffset, postingsLength: 0,
      positionsLength: 0, firstBlock: lastDocuments.count)
    if info.blockCount == 0 {
      TailBlock.encode(
        list.documents.span, list.frequencies.span, titles: titles.span, headings: headings.span,
        base: DocumentBlock.noBase, to: &payload)
    } else {
      writeBlocks(list.documents, list.frequencies)
      info.plainImpacts = writeBounds(.plain, list, norms)
      info.standardImpacts = writeBounds(.standard, list, norms)
    }
    info.postingsLength = payload.count
    info.positionsLength = positionsWritten + positionBytes.count
    guard payload.count <= Int(UInt32.max), info.positionsLength <= Int(UInt32.max) else {
      throw .limit(reason: "A term has more than 4 GiB of postings in one segment.")
    }
    do throws(SystemError) {
      try postings.write(payload.bytes)
      try positions.write(positionBytes.bytes)
    } catch {
      throw .system(error)
    }
    postingsOffset += payload.count
    positionsOffset += info.positionsLength
    positionBytes.removeAll()
    positionsWritten = 0
    groupOffsets.removeAll(keepingCapacity: true)
    return info
  }

  /// Writes the block metadata and brings both files to disk.
  func finish(_ id: SegmentID) throws(SystemError) -> [SegmentInfo.File] {
    try postings.beginSection()
    try postings.write(lastDocuments)
    try postings.beginSection()
    try postings.write(blockOffsets)
    try postings.beginSection()
    try postings.write(positionOffsets)
    try postings.beginSection()
    try postings.write(positionSkips)
    try postings.beginSection()
    try postings.write(encodings)
    for bounds in bounds {
      try postings.beginSection()
      try postings.write(bounds)
    }
    return [try positions.finish(id), try postings.finish(id)]
  }

  /// Takes the sparse numbers of a list apart, one for each posting.
  private func spreadFields(_ list: borrowing PostingsList) {
    titles.removeAll(keepingCapacity: true)
    headings.removeAll(keepingCapacity: true)
    guard !list.fields.isEmpty else { return }
    titles.append(contentsOf: repeatElement(0, count: list.documents.count))
    headings.append(contentsOf: repeatElement(0, count: list.documents.count))
    for field in list.fields {
      titles[field.posting] = field.title
      headings[field.posting] = field.heading
    }
  }

  /// Takes position differences of the next term ahead of ``add(_:norms:)``,
  /// so that those of a long list need not be in memory together.
  func addPositions(_ differences: [UInt32]) throws(IndexError) {
    writeGroups(differences)
    guard positionBytes.count >= Self.positionBufferSize else { return }
    do throws(SystemError) { try positions.write(positionBytes.bytes) } catch {
      throw .system(error)
    }
    positionsWritten += positionBytes.count
    positionBytes.removeAll()
  }

  private static let positionBufferSize = 1 << 18

  private func writeGroups(_ differences: [UInt32]) {
    var index = 0
    if !rest.isEmpty {
      index = min(PackedBlock.count - rest.count, differences.count)
      rest += differences[..<index]
      guard rest.count == PackedBlock.count else { return }
      writeGroup(rest.span)
      rest.removeAll(keepingCapacity: true)
    }
    let all = differences.span
    while differences.count - index >= PackedBlock.count {
      writeGroup(all.extracting(index..<index + PackedBlock.count))
      index += PackedBlock.count
    }
    rest += differences[index...]
  }

  private func writeGroup(_ differences: Span<UInt32>) {
    groupOffsets.append(positionsWritten + positionBytes.count)
    PatchedBlock.encode(differences, to: &positionBytes)
  }

  /// Writes the differences that do not fill a group.
  ///
  /// - Returns: How many differences the term has.
  private func writeRest() -> Int {
    let count = PackedBlock.count * groupOffsets.count + rest.count
    groupOffsets.append(positionsWritten + positionBytes.count)
    if !rest.isEmpty, groupOffsets.count > 1 {
      positionBytes.writeByte(255)
      positionBytes.writeByte(UInt8(rest.count))
    }
    for difference in rest { positionBytes.writeVarint(UInt64(difference)) }
    rest.removeAll(keepingCapacity: true)
    return count
  }

  private func writeBlocks(
    _ documents: [UInt32], _ frequencies: [UInt32]
  ) {
    var base = DocumentBlock.noBase
    var positionCount = 0
    for start in stride(from: 0, to: documents.count, by: PackedBlock.count) {
      let range = start..<min(start + PackedBlock.count, documents.count)
      lastDocuments.append(documents[range.upperBound - 1])
      blockOffsets.append(UInt32(truncatingIfNeeded: payload.count))
      positionOffsets.append(
        UInt32(truncatingIfNeeded: groupOffsets[positionCount / PackedBlock.count]))
      positionSkips.append(UInt8(positionCount % PackedBlock.count))

      let documentSpan = documents.span.extracting(range)
      let frequencySpan = frequencies.span.extracting(range)
      let fields = titles.isEmpty ? 0..<0 : range
      let (titleSpan, headingSpan) = (
        titles.span.extracting(fields), headings.span.extracting(fields)
      )
      if range.count == PackedBlock.count {
        encodings.append(DocumentBlock.encode(documentSpan, base: base, to: &payload))
        var less = InlineArray<128, UInt32>(repeating: 0)
        for index in 0..<PackedBlock.count { less[index] = frequencySpan[index] - 1 }
        PatchedBlock.encode(less.span, to: &payload)
        FieldBlock.encode(titles: titleSpan, headings: headingSpan, to: &payload)
      } else {
        encodings.append(Self.tailEncoding)
        TailBlock.encode(
          documentSpan, frequencySpan, titles: titleSpan, headings: headingSpan, base: base,
          to: &payload)
      }
      for index in range { positionCount += Int(frequencies[index]) }
      base = documents[range.upperBound - 1]
    }
  }

  /// Appends the bounds of the blocks of a term.
  ///
  /// - Returns: The largest impact, and what the k-th largest are at least.
  private func writeBounds(
    _ kind: ImpactModel.Kind, _ list: borrowing PostingsList, _ norms: [UInt8]
  ) -> TermInfo.TopImpacts {
    impactsOfTerm.removeAll(keepingCapacity: true)
    let model = models[kind.rawValue]
    for index in list.documents.indices {
      var frequency = FieldFrequency(count: list.frequencies[index])
      if !titles.isEmpty {
        frequency.title = titles[index]
        frequency.heading = headings[index]
      }
      impactsOfTerm.append(
        model.impact(frequency, norm: norms[Int(list.documents[index])]))
    }
    let maximum = max(impactsOfTerm.max() ?? 0, .leastNormalMagnitude)
    for start in stride(from: 0, to: impactsOfTerm.count, by: PackedBlock.count) {
      let block = impactsOfTerm[start..<min(start + PackedBlock.count, impactsOfTerm.count)]
      let share = (block.max() ?? 0) / maximum
      bounds[kind.rawValue].append(UInt8(min(255, ImpactCode.least(reaching: share))))
    }
    return topImpacts(relativeTo: maximum)
  }

  /// What the k-th largest impacts of the term are at least.
  private func topImpacts(relativeTo maximum: Float) -> TermInfo.TopImpacts {
    var countOfCode = [Int](repeating: 0, count: 256)
    for impact in impactsOfTerm { countOfCode[Int(ImpactCode.fair(within: impact / maximum))] += 1 }
    func code(ofBest k: Int) -> UInt8 {
      var count = 0
      for code in (1...255).reversed() {
        count += countOfCode[code]
        if count >= k { return UInt8(code) }
      }
      return 0
    }
    return TermInfo.TopImpacts(
      maximum: maximum, tenth: code(ofBest: 10), hundredth: code(ofBest: 100),
      thousandth: code(ofBest: 1000))
  }
}
