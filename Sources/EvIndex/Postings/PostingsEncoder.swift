internal import EvBytes
internal import EvCodecs

/// The postings of consecutive terms as ``PostingsWriter`` puts them into files, made in memory: by any
/// thread, for any terms.
struct EncodedPostings: Sendable {
  /// What is known of the terms; offsets and blocks are counted from the first term's.
  var terms: [TermInfo] = []

  /// The payload of the file `postings`.
  var payload = ByteWriter()

  /// The section of the file `positions`.
  var positions = ByteWriter()

  // The block metadata of the terms.
  var lastDocuments: [UInt32] = []
  var blockOffsets: [UInt32] = []
  var positionOffsets: [UInt32] = []
  var positionSkips: [UInt8] = []
  var encodings: [UInt8] = []
  var bounds: [[UInt8]] = [[], []]
}

/// Encodes the postings of terms, one term after the other.
final class PostingsEncoder {
  private(set) var encoded = EncodedPostings()

  private let norms: [UInt8]
  private let models: [ImpactModel]

  // The term under way.
  private var payloadStart = 0
  /// Where its positions begin in `encoded`; below 0 where some of them are not there any more.
  private var positionsStart = 0
  /// Where each group of the term's position differences begins.
  private var groupOffsets: [Int] = []
  /// Differences that do not fill a group yet.
  private var rest: [UInt32] = []
  private var impactsOfTerm: [Float] = []
  /// Occurrences in titles and headings of each posting; both empty where there are none.
  private var titles: [UInt32] = []
  private var headings: [UInt32] = []

  /// - Parameters:
  ///   - norms: The length code of every document of the segment.
  ///   - averageLength: Positions of the segment's documents, on average.
  init(norms: [UInt8], averageLength: Float) {
    self.norms = norms
    models = ImpactModel.Kind.allCases.map { ImpactModel($0, averageLength: averageLength) }
  }

  /// Encodes one term.
  ///
  /// - Parameter list: At least one posting; documents ascend strictly, and frequencies are at least 1.
  ///   With the differences of ``addPositions(_:)`` in front there are as many as the frequencies add up to.
  /// - Returns: What is kept in ``EncodedPostings/terms`` too.
  @discardableResult
  func add(_ list: borrowing PostingsList) throws(IndexError) -> TermInfo {
    spreadFields(list)
    writeGroups(list.differences)
    let totalFrequency = writeRest()
    var info = TermInfo(
      documentFrequency: list.documents.count, totalFrequency: totalFrequency,
      postingsOffset: payloadStart, positionsOffset: positionsStart, postingsLength: 0,
      positionsLength: 0, firstBlock: encoded.lastDocuments.count)
    if info.blockCount == 0 {
      TailBlock.encode(
        list.documents.span, list.frequencies.span, titles: titles.span, headings: headings.span,
        base: DocumentBlock.noBase, to: &encoded.payload)
    } else {
      writeBlocks(list.documents, list.frequencies)
      info.plainImpacts = writeBounds(.plain, list)
      info.standardImpacts = writeBounds(.standard, list)
    }
    info.postingsLength = encoded.payload.count - payloadStart
    info.positionsLength = encoded.positions.count - positionsStart
    guard info.postingsLength <= Int(UInt32.max), info.positionsLength <= Int(UInt32.max) else {
      throw .limit(reason: "A term has more than 4 GiB of postings in one segment.")
    }
    payloadStart = encoded.payload.count
    positionsStart = encoded.positions.count
    groupOffsets.removeAll(keepingCapacity: true)
    encoded.terms.append(info)
    return info
  }

  /// Takes position differences of the next term ahead of ``add(_:)``, so that those of a long list need
  /// not be in memory together.
  func addPositions(_ differences: [UInt32]) {
    writeGroups(differences)
  }

  /// Forgets what is encoded, which somebody has taken care of; what follows is counted from its end.
  func removeAll() {
    positionsStart -= encoded.positions.count
    payloadStart = 0
    encoded.terms.removeAll(keepingCapacity: true)
    encoded.payload.removeAll()
    encoded.positions.removeAll()
    encoded.lastDocuments.removeAll(keepingCapacity: true)
    encoded.blockOffsets.removeAll(keepingCapacity: true)
    encoded.positionOffsets.removeAll(keepingCapacity: true)
    encoded.positionSkips.removeAll(keepingCapacity: true)
    encoded.encodings.removeAll(keepingCapacity: true)
    for kind in encoded.bounds.indices { encoded.bounds[kind].removeAll(keepingCapacity: true) }
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
    groupOffsets.append(encoded.positions.count - positionsStart)
    PatchedBlock.encode(differences, to: &encoded.positions)
  }

  /// Writes the differences that do not fill a group.
  ///
  /// - Returns: How many differences the term has.
  private func writeRest() -> Int {
    let count = PackedBlock.count * groupOffsets.count + rest.count
    groupOffsets.append(encoded.positions.count - positionsStart)
    if !rest.isEmpty, groupOffsets.count > 1 {
      encoded.positions.writeByte(255)
      encoded.positions.writeByte(UInt8(rest.count))
    }
    for difference in rest { encoded.positions.writeVarint(UInt64(difference)) }
    rest.removeAll(keepingCapacity: true)
    return count
  }

  private func writeBlocks(_ documents: [UInt32], _ frequencies: [UInt32]) {
    var base = DocumentBlock.noBase
    var positionCount = 0
    for start in stride(from: 0, to: documents.count, by: PackedBlock.count) {
      let range = start..<min(start + PackedBlock.count, documents.count)
      encoded.lastDocuments.append(documents[range.upperBound - 1])
      encoded.blockOffsets.append(UInt32(truncatingIfNeeded: encoded.payload.count - payloadStart))
      encoded.positionOffsets.append(
        UInt32(truncatingIfNeeded: groupOffsets[positionCount / PackedBlock.count]))
      encoded.positionSkips.append(UInt8(positionCount % PackedBlock.count))

      let documentSpan = documents.span.extracting(range)
      let frequencySpan = frequencies.span.extracting(range)
      let fields = titles.isEmpty ? 0..<0 : range
      let (titleSpan, headingSpan) = (
        titles.span.extracting(fields), headings.span.extracting(fields)
      )
      if range.count == PackedBlock.count {
        let encoding = DocumentBlock.encode(documentSpan, base: base, to: &encoded.payload)
        encoded.encodings.append(encoding)
        var less = InlineArray<128, UInt32>(repeating: 0)
        for index in 0..<PackedBlock.count { less[index] = frequencySpan[index] - 1 }
        PatchedBlock.encode(less.span, to: &encoded.payload)
        FieldBlock.encode(titles: titleSpan, headings: headingSpan, to: &encoded.payload)
      } else {
        encoded.encodings.append(PostingsWriter.tailEncoding)
        TailBlock.encode(
          documentSpan, frequencySpan, titles: titleSpan, headings: headingSpan, base: base,
          to: &encoded.payload)
      }
      for index in range { positionCount += Int(frequencies[index]) }
      base = documents[range.upperBound - 1]
    }
  }

  /// Appends the bounds of the blocks of a term.
  ///
  /// - Returns: The largest impact, and what the k-th largest are at least.
  private func writeBounds(
    _ kind: ImpactModel.Kind, _ list: borrowing PostingsList
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
      encoded.bounds[kind.rawValue].append(UInt8(min(255, ImpactCode.least(reaching: share))))
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
