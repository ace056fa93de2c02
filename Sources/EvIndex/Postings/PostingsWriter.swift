internal import EvBytes

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
  /// For the terms that come one by one.
  private let encoder: PostingsEncoder

  // The block metadata of all terms.
  private var lastDocuments: SpilledColumn<UInt32>
  private var blockOffsets: SpilledColumn<UInt32>
  private var positionOffsets: SpilledColumn<UInt32>
  private var positionSkips: SpilledColumn<UInt8>
  private var encodings: SpilledColumn<UInt8>
  private var bounds: [SpilledColumn<UInt8>]

  // What is in the files, or on its way there.
  private var payloadCount = 0
  private var positionsCount = 0

  /// - Parameters:
  ///   - norms: The length code of every document of the segment.
  ///   - averageLength: Positions of the segment's documents, on average.
  init(folder: String, norms: [UInt8], averageLength: Float) throws(SystemError) {
    postings = try SegmentFileWriter(.postings, folder: folder)
    positions = try SegmentFileWriter(.positions, folder: folder)
    encoder = PostingsEncoder(norms: norms, averageLength: averageLength)
    let prefix = "\(folder)/\(SegmentFile.Kind.postings.rawValue)."
    lastDocuments = SpilledColumn(path: prefix + "documents")
    blockOffsets = SpilledColumn(path: prefix + "blocks")
    positionOffsets = SpilledColumn(path: prefix + "positions")
    positionSkips = SpilledColumn(path: prefix + "skips")
    encodings = SpilledColumn(path: prefix + "encodings")
    bounds = ImpactModel.Kind.allCases.map { SpilledColumn(path: "\(prefix)bounds-\($0)") }
    try postings.beginSection()
    try positions.beginSection()
  }

  /// Writes one term; see ``PostingsEncoder/add(_:)``.
  func add(_ list: borrowing PostingsList) throws(IndexError) -> TermInfo {
    let info = moved(try encoder.add(list))
    if encoder.encoded.payload.count >= Self.bufferSize { try flush() }
    return info
  }

  /// Takes position differences of the next term ahead of ``add(_:)``, so that those of a long list need
  /// not be in memory together.
  func addPositions(_ differences: [UInt32]) throws(IndexError) {
    encoder.addPositions(differences)
    if encoder.encoded.positions.count >= Self.bufferSize { try flush() }
  }

  /// Bytes that are gathered of terms that come one by one.
  private static let bufferSize = 1 << 18

  private func flush() throws(IndexError) {
    try write(encoder.encoded)
    encoder.removeAll()
  }

  /// Writes terms that were encoded apart, with the same norms and average length.
  ///
  /// - Returns: What is known of the terms.
  func append(_ encoded: EncodedPostings) throws(IndexError) -> [TermInfo] {
    try flush()
    let terms = encoded.terms.map { moved($0) }
    try write(encoded)
    return terms
  }

  /// A term as it will be in the files, with what is encoded behind what is there.
  private func moved(_ term: TermInfo) -> TermInfo {
    var term = term
    term.postingsOffset += payloadCount
    term.positionsOffset += positionsCount
    term.firstBlock += lastDocuments.count
    return term
  }

  private func write(_ encoded: EncodedPostings) throws(IndexError) {
    do throws(SystemError) {
      try postings.write(encoded.payload.bytes)
      try positions.write(encoded.positions.bytes)
      try lastDocuments.append(encoded.lastDocuments)
      try blockOffsets.append(encoded.blockOffsets)
      try positionOffsets.append(encoded.positionOffsets)
      try positionSkips.append(encoded.positionSkips)
      try encodings.append(encoded.encodings)
      for kind in bounds.indices { try bounds[kind].append(encoded.bounds[kind]) }
    } catch {
      throw .system(error)
    }
    payloadCount += encoded.payload.count
    positionsCount += encoded.positions.count
  }

  /// Writes the block metadata and brings both files to disk.
  func finish(_ id: SegmentID) throws(IndexError) -> [SegmentInfo.File] {
    try flush()
    do throws(SystemError) { return try finishFiles(id) } catch { throw .system(error) }
  }

  private func finishFiles(_ id: SegmentID) throws(SystemError) -> [SegmentInfo.File] {
    try lastDocuments.writeSection(to: postings)
    try blockOffsets.writeSection(to: postings)
    try positionOffsets.writeSection(to: postings)
    try positionSkips.writeSection(to: postings)
    try encodings.writeSection(to: postings)
    for kind in bounds.indices { try bounds[kind].writeSection(to: postings) }
    return [try positions.finish(id), try postings.finish(id)]
  }
}
