internal import EvBytes

/// The terms of a segment: a term to what is known of it, and all terms in order.
///
/// ``TermDictionaryWriter`` has the layout.
package struct TermDictionary: Sendable {
  private let file: SegmentFileReader

  /// How many terms there are.
  package let count: Int

  private let blockCount: Int

  /// Opens the dictionary at `path`.
  package init(path: String, count: Int) throws(IndexError) {
    file = try SegmentFileReader(.terms, path: path, sectionCount: 2)
    self.count = count
    blockCount = (count + TermDictionaryWriter.blockSize - 1) / TermDictionaryWriter.blockSize
    guard file.sections[1].count == 8 * blockCount else {
      throw file.corrupt(1, at: 0, "the table of blocks has a wrong length")
    }
  }

  /// The file, for checks.
  package var reader: SegmentFileReader { file }

  /// What is known of `term`, or nil where no document holds it.
  ///
  /// - Complexity: O(log terms).
  package func find(_ term: RawSpan) throws(IndexError) -> TermInfo? {
    var cursor = try TermCursor(self, seeking: term)
    guard try cursor.next(), cursor.term.rawSpan.isEqual(to: term) else { return nil }
    return cursor.info
  }

  /// What is known of `term`, or nil where no document holds it.
  package func find(_ term: String) throws(IndexError) -> TermInfo? {
    let bytes = Array(term.utf8)
    return try find(bytes.rawSpan)
  }

  /// The last block whose first term is at or before `term`; the first where there is none.
  fileprivate func block(for term: RawSpan) throws(IndexError) -> Int {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      if try firstTerm(ofBlock: middle, isAtOrBefore: term) { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  private func firstTerm(
    ofBlock block: Int, isAtOrBefore term: RawSpan
  ) throws(IndexError) -> Bool {
    do throws(FormatError) {
      let bytes = file.section(0)
      var reader = ByteReader(bytes, at: try offset(ofBlock: block))
      for _ in 0..<4 { _ = try reader.readVarint() }
      let length = try reader.readCount("length", atMost: bytes.byteCount)
      let range = try reader.readRange(count: length)
      return !term.precedes(bytes.extracting(range))
    } catch {
      throw file.corrupt(0, error)
    }
  }

  /// Where a block begins in the first section.
  fileprivate func offset(ofBlock block: Int) throws(FormatError) -> Int {
    guard let offset = file.section(1).load(UInt64.self, at: 8 * block),
      offset < UInt64(file.sections[0].count)
    else { throw .truncated(offset: 0) }
    return Int(offset)
  }
}

/// Steps through the terms of a dictionary in ascending order of their bytes.
package struct TermCursor {
  private let dictionary: TermDictionary
  private var nextOrdinal: Int
  private var offset = 0
  private var target: [UInt8]

  /// The current term's bytes.
  package private(set) var term: [UInt8] = []

  /// What is known of the current term.
  package private(set) var info = TermInfo(
    documentFrequency: 0, totalFrequency: 0, postingsOffset: 0, positionsOffset: 0,
    postingsLength: 0, positionsLength: 0, firstBlock: 0, maximumImpact: 1)

  /// Stands in front of the first term at or after `target`.
  package init(_ dictionary: TermDictionary, seeking target: RawSpan) throws(IndexError) {
    self.dictionary = dictionary
    self.target = target.copied()
    nextOrdinal =
      dictionary.count == 0
      ? 0 : try dictionary.block(for: target) * TermDictionaryWriter.blockSize
  }

  /// Stands in front of the first term of all.
  package init(_ dictionary: TermDictionary) {
    self.dictionary = dictionary
    target = []
    nextOrdinal = 0
  }

  /// Moves to the next term.
  ///
  /// - Returns: False at the end.
  package mutating func next() throws(IndexError) -> Bool {
    repeat {
      guard nextOrdinal < dictionary.count else { return false }
      do throws(FormatError) { try step() } catch { throw dictionary.reader.corrupt(0, error) }
      // Only the terms in front of the target in its block are passed over.
    } while !target.isEmpty && term.rawSpan.precedes(target.rawSpan)
    target = []
    return true
  }

  private mutating func step() throws(FormatError) {
    let bytes = dictionary.reader.section(0)
    let isFirst = nextOrdinal % TermDictionaryWriter.blockSize == 0
    if isFirst {
      offset = try dictionary.offset(ofBlock: nextOrdinal / TermDictionaryWriter.blockSize)
    }
    var reader = ByteReader(bytes, at: offset)
    if isFirst {
      info.postingsOffset = try reader.readCount("postings offset", atMost: .max / 4)
      info.positionsOffset = try reader.readCount("positions offset", atMost: .max / 4)
      info.firstBlock = try reader.readCount("first block", atMost: .max / 4)
      term = []
    } else {
      info.postingsOffset += info.postingsLength
      info.positionsOffset += info.positionsLength
      info.firstBlock += info.blockCount
    }
    let shared = try reader.readCount("shared bytes", atMost: term.count)
    let restCount = try reader.readCount("length", atMost: bytes.byteCount)
    let rest = try reader.readRange(count: restCount)
    term.removeLast(term.count - shared)
    term.append(contentsOf: bytes.extracting(rest).copied())
    info.documentFrequency = try reader.readCount("documents", atMost: Int(UInt32.max) - 1)
    info.totalFrequency =
      info.documentFrequency + (try reader.readCount("occurrences", atMost: .max / 4))
    info.postingsLength = try reader.readCount("postings length", atMost: .max / 4)
    info.positionsLength = try reader.readCount("positions length", atMost: .max / 4)
    guard info.documentFrequency > 0 else {
      throw .invalidValue(field: "documents", value: 0, offset: offset)
    }
    guard info.postingsOffset <= .max / 4, info.positionsOffset <= .max / 4 else {
      throw .invalidValue(field: "offset", value: UInt64(info.postingsOffset), offset: offset)
    }
    info.maximumImpact =
      info.blockCount > 0 ? Float(bitPattern: try reader.read(UInt32.self)) : 1
    offset = reader.offset
    nextOrdinal += 1
  }
}

extension RawSpan {
  /// Whether these bytes are in front of `other` in the order of bytes, a prefix first.
  package func precedes(_ other: RawSpan) -> Bool {
    let shared = commonPrefixLength(with: other)
    guard shared < byteCount else { return byteCount < other.byteCount }
    guard let left = load(UInt8.self, at: shared), let right = other.load(UInt8.self, at: shared)
    else { return false }
    return left < right
  }

  /// Whether the bytes are the same.
  package func isEqual(to other: RawSpan) -> Bool {
    byteCount == other.byteCount && commonPrefixLength(with: other) == byteCount
  }
}
