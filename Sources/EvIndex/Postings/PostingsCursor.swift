internal import EvBytes
internal import EvCodecs

/// Steps forward through the documents of a term in one segment.
///
/// One user at a time. Documents are decoded by the block; frequencies and positions only when they
/// are asked for.
package struct PostingsCursor: ~Copyable {
  /// The document number past every document.
  package static let end = UInt32.max

  /// The current document; ``end`` past the last, not defined before the first step.
  package private(set) var document: UInt32 = 0

  private let file: PostingsFile
  private let info: TermInfo

  // The decoded block.
  private var documents = InlineArray<128, UInt32>(repeating: 0)
  private var frequencies = InlineArray<128, UInt32>(repeating: 0)
  // Only where `hasFields` is set.
  private var titles = InlineArray<128, UInt32>(repeating: 0)
  private var headings = InlineArray<128, UInt32>(repeating: 0)
  private var hasFields = false
  private var index = -1
  private var count = 0
  private var block = -1
  /// Where the block's frequencies begin in the payload section; nil once they are decoded.
  private var frequenciesOffset: Int?

  private var positions: PositionsCursor
  /// The posting of the block whose positions are next in `positions`.
  private var positionsIndex = 0

  /// Stands in front of the first document of a term.
  package init(_ file: PostingsFile, _ info: TermInfo) {
    self.file = file
    self.info = info
    positions = PositionsCursor(file, info)
  }

  /// Moves to the next document and returns it.
  package mutating func next() throws(IndexError) -> UInt32 {
    index += 1
    if index >= count {
      guard document != Self.end, try decodeBlock(block + 1) else { return finish() }
      index = 0
    }
    document = documents[index]
    return document
  }

  /// Moves to the first document at or after `target`, which may be the current one.
  package mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    if index >= 0, document >= target { return document }
    if index < 0 || documents[count - 1] < target {
      guard try decodeBlock(blockWith(target)) else { return finish() }
      index = 0
    }
    // The block holds a document at or after the target, or it is the last block.
    while index < count, documents[index] < target { index += 1 }
    guard index < count else { return finish() }
    document = documents[index]
    return document
  }

  /// Occurrences in the current document.
  package mutating func frequency() throws(IndexError) -> UInt32 {
    try decodeFrequencies()
    return frequencies[index]
  }

  /// Occurrences in the current document, and how many of them are in the title and in headings.
  package mutating func fieldFrequency() throws(IndexError) -> FieldFrequency {
    try decodeFrequencies()
    guard hasFields else { return FieldFrequency(count: frequencies[index]) }
    return FieldFrequency(
      count: frequencies[index], title: titles[index], heading: headings[index])
  }

  /// Replaces `result` by the positions of the current document, ascending.
  ///
  /// May be called once a document.
  package mutating func readPositions(into result: inout [UInt32]) throws(IndexError) {
    try decodeFrequencies()
    var skipped = 0
    while positionsIndex < index {
      skipped += Int(frequencies[positionsIndex])
      positionsIndex += 1
    }
    try positions.skip(skipped)
    result.removeAll(keepingCapacity: true)
    var position: UInt32 = 0
    for _ in 0..<frequencies[index] {
      position = position &+ (try positions.next())
      result.append(position)
    }
    positionsIndex += 1
  }

  private mutating func finish() -> UInt32 {
    document = Self.end
    index = count
    return document
  }

  /// The first block at or after the current one whose last document is at or after `target`; the last
  /// block where there is none.
  private func blockWith(_ target: UInt32) throws(IndexError) -> Int {
    var low = max(0, index < 0 ? 0 : block + 1)
    guard info.blockCount > 0 else { return low }
    var high = info.blockCount
    while low < high {
      let middle = (low + high) / 2
      if try file.lastDocument(ofBlock: info.firstBlock + middle) < target {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// - Returns: False past the last block.
  private mutating func decodeBlock(_ number: Int) throws(IndexError) -> Bool {
    guard number < max(1, info.blockCount) else { return false }
    block = number
    let postings = file.postings
    let payload = postings.section(PostingsFile.Section.payload.rawValue)
    var offset = info.postingsOffset
    var encoding = PostingsWriter.tailEncoding
    var base = DocumentBlock.noBase
    var last = file.documentCount &- 1
    count = min(PackedBlock.count, info.documentFrequency - PackedBlock.count * number)
    if info.blockCount > 0 {
      let entry = info.firstBlock + number
      offset += Int(try file.entry(.blockOffsets, entry, as: UInt32.self))
      encoding = try file.entry(.encodings, entry, as: UInt8.self)
      if number > 0 { base = try file.lastDocument(ofBlock: entry - 1) }
      last = try file.lastDocument(ofBlock: entry)
      try positions.move(toBlock: entry)
    }
    positionsIndex = 0
    guard last < file.documentCount, (encoding == PostingsWriter.tailEncoding) == (count < 128)
    else {
      throw file.postings.corrupt(
        PostingsFile.Section.lastDocuments.rawValue, at: 4 * (info.firstBlock + number),
        "a block's metadata contradicts the term's")
    }
    var documentSpan = documents.mutableSpan
    do throws(FormatError) {
      if encoding == PostingsWriter.tailEncoding {
        var frequencySpan = frequencies.mutableSpan
        var titleSpan = titles.mutableSpan
        var headingSpan = headings.mutableSpan
        hasFields =
          try TailBlock.decode(
            payload, at: offset, count: count, base: base, limit: last + 1,
            documents: &documentSpan, frequencies: &frequencySpan, titles: &titleSpan,
            headings: &headingSpan
          ).hasFields
        frequenciesOffset = nil
      } else {
        frequenciesOffset = try DocumentBlock.decode(
          payload, at: offset, encoding: encoding, base: base, last: last, into: &documentSpan)
      }
    } catch {
      throw file.postings.corrupt(PostingsFile.Section.payload.rawValue, error)
    }
    return true
  }

  private mutating func decodeFrequencies() throws(IndexError) {
    guard let offset = frequenciesOffset else { return }
    let postings = file.postings
    let payload = postings.section(PostingsFile.Section.payload.rawValue)
    var span = frequencies.mutableSpan
    var titleSpan = titles.mutableSpan
    var headingSpan = headings.mutableSpan
    do throws(FormatError) {
      let end = try PatchedBlock.decode(payload, at: offset, into: &span)
      hasFields = try FieldBlock.decode(
        payload, at: end, titles: &titleSpan, headings: &headingSpan)
    } catch {
      throw file.postings.corrupt(PostingsFile.Section.payload.rawValue, error)
    }
    // Frequencies are kept less one.
    for place in 0..<PackedBlock.count { frequencies[place] = frequencies[place] &+ 1 }
    frequenciesOffset = nil
  }
}
