internal import EvBytes

// The postings of several segments into those of one. Terms go to other threads in groups, and come back
// encoded, in their order.

extension SegmentMerger {
  /// Terms that are merged together.
  private struct Group: Sendable {
    var terms: [(term: [UInt8], parts: [MergedList.Part])] = []
    var occurrences = 0
    var partCount = 0

    /// Enough work to be handed to another thread, in a megabyte or two: a part takes about 300 bytes.
    var isFull: Bool { occurrences >= 1 << 15 || partCount >= 1 << 11 }
  }

  /// Terms whose documents are not all deleted, with their postings.
  private struct EncodedGroup: Sendable {
    var terms: [[UInt8]] = []
    var postings = EncodedPostings()
  }

  /// Occurrences of a term above which it is in no group, because several such lists in memory would be
  /// too much.
  private static let largestInGroup = 1 << 16

  /// Writes the postings, the terms and the table of contents.
  ///
  /// - Parameter newPaths: Where files were renamed, the ``StoredDocument/filePath`` of every document.
  func mergePostings(_ newPaths: [String]) throws(IndexError) -> SegmentInfo {
    let (postings, dictionary) = try writer.openPostings()
    let (norms, averageLength) = (writer.norms, writer.averageLength)
    let first = sources[0].segment
    let numbers = order.newNumbers(sources)
    var terms = try MergedTerms(sources.map(\.segment.terms))
    var forms = writer.formTable()
    var tokenCount = 0
    var nextRelease = Self.releaseInterval
    let work = OrderedWork<Result<EncodedGroup, IndexError>>(threads: threads)
    var group = Group()
    var paths = pathLists(newPaths)[...]

    func add(_ term: [UInt8], _ info: TermInfo) throws(IndexError) {
      do throws(SystemError) { try dictionary.add(term.rawSpan, info) } catch {
        throw .system(error)
      }
      forms?.add(term, documentFrequency: info.documentFrequency)
      if !first.isField(term) { tokenCount += info.totalFrequency }
      let written = info.postingsOffset + info.positionsOffset
      guard written >= nextRelease else { return }
      nextRelease = written + Self.releaseInterval
      for source in sources { source.releasePages() }
    }
    func append(_ encoded: EncodedGroup) throws(IndexError) {
      for (term, info) in zip(encoded.terms, try postings.append(encoded.postings)) {
        try add(term, info)
      }
    }
    func endGroup() throws(IndexError) {
      let full = group
      group = Group()
      let ready = work.submit {
        do throws(IndexError) {
          return .success(try Self.encode(full, norms: norms, averageLength: averageLength))
        } catch {
          return .failure(error)
        }
      }
      if let ready { try append(try ready.get()) }
    }
    func finishGroups() throws(IndexError) {
      try endGroup()
      while let ready = work.next() { try append(try ready.get()) }
    }
    func addPaths(before term: [UInt8]?) throws(IndexError) {
      while let path = paths.first, term.map({ path.term.rawSpan.precedes($0.rawSpan) }) ?? true {
        try finishGroups()
        paths.removeFirst()
        try add(path.term, try postings.add(path.list))
      }
    }

    while let (term, found) = try terms.next() {
      if renamings != nil, first.isField(term), FieldTerm.read(term)?.field == .path { continue }
      try addPaths(before: term)
      let parts = found.map { source, info in
        MergedList.Part(
          file: sources[source].segment.postings, info: info, newNumbers: numbers[source])
      }
      let occurrences = parts.reduce(0) { $0 + $1.info.totalFrequency }
      guard occurrences > min(longList, Self.largestInGroup) else {
        group.terms.append((term, parts))
        group.occurrences += occurrences
        group.partCount += parts.count
        if group.isFull { try endGroup() }
        continue
      }
      // Read while others work on what is in front of it.
      try endGroup()
      var list = MergedList()
      let isInPieces = occurrences > longList
      try list.read(parts, isInPieces ? .documents : .all)
      try finishGroups()
      if isInPieces {
        // The positions of a long list are not in memory together.
        var piece = MergedList()
        for range in list.ranges(ofOccurrences: longList) {
          try piece.read(parts, in: range)
          try postings.addPositions(piece.postings.differences)
        }
      }
      guard !list.postings.documents.isEmpty else { continue }
      try add(term, try postings.add(list.postings))
    }
    try finishGroups()
    try addPaths(before: nil)
    return try writer.finish(postings, dictionary, forms, tokenCount: tokenCount)
  }

  private static func encode(
    _ group: Group, norms: [UInt8], averageLength: Float
  ) throws(IndexError) -> EncodedGroup {
    let encoder = PostingsEncoder(norms: norms, averageLength: averageLength)
    var list = MergedList()
    var encoded = EncodedGroup()
    for (term, parts) in group.terms {
      try list.read(parts)
      guard !list.postings.documents.isEmpty else { continue }
      try encoder.add(list.postings)
      encoded.terms.append(term)
    }
    encoded.postings = encoder.encoded
    return encoded
  }

  /// The terms of the paths of all documents, ascending, with their postings.
  private func pathLists(_ paths: [String]) -> [(term: [UInt8], list: PostingsList)] {
    guard sources[0].segment.info.analysis.kind.hasFields else { return [] }
    var lists: [String: PostingsList] = [:]
    for (document, path) in paths.enumerated() {
      for term in DocumentFields.pathTerms(ofFile: path) {
        lists[term, default: PostingsList()].append(fieldOf: UInt32(document))
      }
    }
    return lists.map { (Array($0.key.utf8), $0.value) }
      .sorted { $0.term.rawSpan.precedes($1.term.rawSpan) }
  }
}
