internal import EvBytes

// The postings of several segments into those of one.

extension SegmentMerger {
  /// Writes the postings, the terms and the table of contents.
  ///
  /// One thread does it: handing groups of terms to others was no faster where it was tried, and took memory
  /// by the segment.
  ///
  /// - Parameter newPaths: Where files were renamed, the ``StoredDocument/filePath`` of every document.
  func mergePostings(_ newPaths: [String]) throws(IndexError) -> SegmentInfo {
    let (postings, dictionary) = try writer.openPostings()
    let first = sources[0].segment
    let numbers = order.newNumbers(sources)
    var terms = try MergedTerms(sources.map(\.segment.terms))
    var list = MergedList()
    var forms = writer.formTable()
    var tokenCount = 0
    var nextRelease = Self.releaseInterval
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
      releasePages()
    }
    func addPaths(before term: [UInt8]?) throws(IndexError) {
      while let path = paths.first, term.map({ path.term.rawSpan.precedes($0.rawSpan) }) ?? true {
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
      guard parts.reduce(0, { $0 + $1.info.totalFrequency }) <= longList else {
        if let info = try addLongList(parts, to: postings) { try add(term, info) }
        continue
      }
      try list.read(parts)
      guard !list.postings.documents.isEmpty else { continue }
      try add(term, try postings.add(list.postings))
    }
    try addPaths(before: nil)
    return try writer.finish(postings, dictionary, forms, tokenCount: tokenCount)
  }

  /// Merges a list whose positions are not to be in memory together.
  ///
  /// - Returns: Nil where all documents are deleted.
  private func addLongList(
    _ parts: [MergedList.Part], to postings: PostingsWriter
  ) throws(IndexError) -> TermInfo? {
    var whole = PostingsList()
    var piece = MergedList()
    let ranges = try MergedList.ranges(
      of: parts, documentCount: order.places.count, occurrences: longList)
    whole.reserveCapacity(documents: parts.reduce(0) { $0 + $1.info.documentFrequency })
    for range in ranges {
      try piece.read(parts, in: range)
      try postings.addPositions(piece.postings.differences)
      whole.append(documentsOf: piece.postings)
      releasePages()
    }
    return whole.documents.isEmpty ? nil : try postings.add(whole)
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
