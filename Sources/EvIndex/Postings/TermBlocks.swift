internal import CVectors
package import EvBytes
internal import EvCodecs

/// Where the postings of one term are: bare addresses, for the kernels of a search.
///
/// A plain value without references, so that kernels copy it and call it for nothing. The addresses are
/// in mappings that the segment keeps, and whoever uses them keeps the segment. That the arrays are long
/// enough is checked once, here; what lies in the payload is checked by the codecs at every block.
@safe
package struct TermBlocks {
  /// How many blocks there are; a term without block metadata has one, its tail.
  package let count: Int

  /// Documents that hold the term.
  package let documentFrequency: Int

  /// The largest impact of each block, an ``ImpactCode``; meaningless where there is no metadata.
  package let bounds: UnsafePointer<UInt8>

  /// The last document of each block; meaningless where there is no metadata.
  package let lastDocuments: UnsafePointer<UInt32>

  /// How many entries of the last documents can be read, those behind the term's own among them.
  package let readableCount: Int

  /// Whether the blocks have metadata.
  package let hasMetadata: Bool

  @usableFromInline let isInMemory: Bool
  @usableFromInline let offsets: UnsafePointer<UInt32>
  @usableFromInline let encodings: UnsafePointer<UInt8>
  @usableFromInline let payload: UnsafeRawPointer
  @usableFromInline let payloadCount: Int
  @usableFromInline let base: Int
  @usableFromInline let documentCount: UInt32

  /// Finds the postings of a term.
  ///
  /// - Parameter kind: Which bounds are wanted.
  package init(
    _ file: PostingsFile, _ info: TermInfo, bounds kind: ImpactModel.Kind = .plain
  ) throws(IndexError) {
    let blockCount = info.blockCount
    let first = blockCount > 0 ? info.firstBlock : 0
    guard first <= file.blockCount - blockCount else {
      throw file.postings.corrupt(
        PostingsFile.Section.lastDocuments.rawValue, at: 4 * first, "there are not so many blocks")
    }
    count = max(1, blockCount)
    hasMetadata = blockCount > 0
    readableCount = file.blockCount - first
    isInMemory = false
    documentFrequency = info.documentFrequency
    documentCount = file.documentCount
    base = info.postingsOffset
    payloadCount = file.payloadCount
    // Safe: each array of the file has `blockCount` entries (PostingsFile's initializer), the range of
    // this term is inside (checked above), and sections are aligned to 64 bytes.
    func array<Integer>(_ section: PostingsFile.Section, _: Integer.Type) -> UnsafePointer<Integer>
    {
      unsafe file.address(of: section).assumingMemoryBound(to: Integer.self) + first
    }
    unsafe payload = file.address(of: .payload)
    unsafe lastDocuments = array(.lastDocuments, UInt32.self)
    unsafe offsets = array(.blockOffsets, UInt32.self)
    unsafe encodings = array(.encodings, UInt8.self)
    unsafe bounds = array(.bounds(kind), UInt8.self)
  }

  /// Describes blocks that are in memory and not in a file; they are not decoded here.
  ///
  /// The arrays have `count` entries and outlive the value.
  package init(
    count: Int, documentFrequency: Int, bounds: UnsafePointer<UInt8>,
    lastDocuments: UnsafePointer<UInt32>
  ) {
    self.count = count
    self.documentFrequency = documentFrequency
    unsafe self.bounds = bounds
    unsafe self.lastDocuments = lastDocuments
    hasMetadata = true
    readableCount = count
    isInMemory = true
    // Safe: never looked at, because no block is decoded and none is a set of bits.
    unsafe offsets = lastDocuments
    unsafe encodings = bounds
    unsafe payload = UnsafeRawPointer(bounds)
    payloadCount = 0
    base = 0
    documentCount = 0
  }

  /// The postings of the segment.
  private var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: the section is `payloadCount` long, and the segment is kept by the user of this value.
      let span = unsafe RawSpan(_unsafeStart: payload, byteCount: payloadCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// How many postings a block has.
  @inline(__always)
  private func postingCount(_ block: Int) -> Int {
    min(PackedBlock.count, documentFrequency - PackedBlock.count * block)
  }

  /// What a block turned out to be.
  package struct Decoded {
    /// How many documents there are, each below the segment's number.
    package var count: Int
    /// Where the block's frequencies are; −1 for a tail, whose frequencies are decoded.
    package var frequencies: Int
    /// Of a tail, whether any occurrence is in a title or a heading.
    package var hasFields = false
  }

  /// Decodes the documents of a block, and, of a tail, the frequencies too.
  ///
  /// - Parameters:
  ///   - documents: At least 128 places, and as many in the other spans.
  /// - Throws: ``FormatError`` with an offset in the payload.
  package func decodeDocuments(
    _ block: Int, into documents: inout MutableSpan<UInt32>,
    tailFrequencies frequencies: inout MutableSpan<UInt32>,
    tailTitles titles: inout MutableSpan<UInt32>, tailHeadings headings: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Decoded {
    precondition(block >= 0 && block < count && !isInMemory, "there is no block \(block)")
    let postings = postingCount(block)
    guard hasMetadata else {
      let tail = try TailBlock.decode(
        bytes, at: base, count: postings, base: DocumentBlock.noBase, limit: documentCount,
        documents: &documents, frequencies: &frequencies, titles: &titles, headings: &headings)
      return Decoded(count: postings, frequencies: -1, hasFields: tail.hasFields)
    }
    // Safe: `block` is below the length of the arrays.
    let last = unsafe lastDocuments[block]
    let previous = block > 0 ? unsafe lastDocuments[block - 1] : DocumentBlock.noBase
    let encoding = unsafe encodings[block]
    let offset = unsafe base + Int(offsets[block])
    guard last < documentCount,
      (encoding == PostingsWriter.tailEncoding) == (postings < PackedBlock.count)
    else { throw .invalidValue(field: "last document", value: UInt64(last), offset: offset) }
    if encoding == PostingsWriter.tailEncoding {
      let tail = try TailBlock.decode(
        bytes, at: offset, count: postings, base: previous, limit: last + 1,
        documents: &documents, frequencies: &frequencies, titles: &titles, headings: &headings)
      return Decoded(count: postings, frequencies: -1, hasFields: tail.hasFields)
    }
    let end = try DocumentBlock.decode(
      bytes, at: offset, encoding: encoding, base: previous, last: last, into: &documents)
    return Decoded(count: postings, frequencies: end)
  }

  /// Decodes the frequencies of a whole block, less one each.
  ///
  /// - Parameter offset: ``Decoded/frequencies`` of the block.
  /// - Returns: Where the numbers of occurrences in titles and headings are.
  package func decodeFrequenciesLessOne(
    at offset: Int, into frequencies: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Int {
    try PatchedBlock.decode(bytes, at: offset, into: &frequencies)
  }

  /// Decodes one of the frequencies of a whole block, less one.
  ///
  /// - Parameters:
  ///   - offset: As above.
  ///   - place: Below 128.
  package func decodeFrequencyLessOne(
    at offset: Int, place: Int
  ) throws(FormatError) -> UInt32 {
    try PatchedBlock.value(bytes, at: offset, place: place)
  }

  /// Decodes how many occurrences of each posting of a whole block are in the title and in headings.
  ///
  /// - Parameter offset: What ``decodeFrequenciesLessOne(at:into:)`` returned.
  /// - Returns: False, and nothing is written, where no occurrence is.
  package func decodeFields(
    at offset: Int, titles: inout MutableSpan<UInt32>, headings: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Bool {
    try FieldBlock.decode(bytes, at: offset, titles: &titles, headings: &headings)
  }

  /// ``DocumentBlock/bitSet``, as it can be named in what other modules compile.
  @usableFromInline static var bitSetEncoding: UInt8 { 64 }

  /// The words of a block that is a set of bits, and the number of its first document; nil where the
  /// block is encoded in another way or its bytes are not there.
  @inlinable
  @inline(__always)
  package func bitSet(
    _ block: Int
  ) -> (words: UnsafeRawPointer, count: Int, firstDocument: UInt32)? {
    // Safe: `block` is below the length of the arrays.
    guard hasMetadata, !isInMemory, unsafe encodings[block] == Self.bitSetEncoding else {
      return nil
    }
    let last = unsafe lastDocuments[block]
    let previous = block > 0 ? unsafe lastDocuments[block - 1] : .max
    let first = (previous &+ 1) & ~63
    let offset = unsafe base + Int(offsets[block])
    guard first <= last, last < documentCount else { return nil }
    let words = Int((last - first) / 64) + 1
    guard offset >= 0, offset <= payloadCount - 8 * words else { return nil }
    // Safe: the words are inside the payload.
    return unsafe (payload + offset, words, first)
  }

  /// Asks for the memory in which it is said where a block is.
  @inline(__always)
  package func prefetchMetadata(_ block: Int) {
    // Safe: what is asked for is not looked at.
    unsafe ev_prefetch(offsets + block)
    unsafe ev_prefetch(lastDocuments + block)
    unsafe ev_prefetch(encodings + block)
  }

  /// Asks for the memory in which the documents of a block begin.
  package func prefetchDocuments(_ block: Int) {
    // Safe: `block` is below the length of the array; what is asked for is not looked at.
    let start = unsafe payload + base + Int(offsets[block])
    unsafe ev_prefetch(start)
    unsafe ev_prefetch(start + 64)
  }

  /// Asks for the memory of a block's postings.
  ///
  /// - Returns: The block's documents are in this range.
  @inline(__always)
  package func prefetch(_ block: Int) -> ClosedRange<UInt32> {
    // Safe: `block` is below the length of the arrays; what is asked for is not looked at.
    let start = unsafe payload + base + Int(offsets[block])
    unsafe ev_prefetch(start)
    unsafe ev_prefetch(start + 64)
    unsafe ev_prefetch(start + 128)
    let last = unsafe lastDocuments[block]
    return min(last, block > 0 ? unsafe lastDocuments[block - 1] : 0)...last
  }

  /// Where the frequencies of a block that is a set of bits are.
  @inlinable
  @inline(__always)
  package func frequenciesOffset(ofBitSet block: Int, words: Int) -> Int {
    // Safe: `block` is below the length of the array.
    unsafe base + Int(offsets[block]) + 8 * words
  }
}
