internal import EvBytes
internal import EvIndex

// Which documents of a segment a filter lets through; deleted ones are among them.

extension Filter {
  /// The field terms of a segment that the filter stands for; none for dates.
  func terms(in segment: SegmentReader) throws(IndexError) -> [TermInfo] {
    guard segment.info.analysis.kind.hasFields else { return [] }
    switch self {
    case .terms(let terms):
      var found: [TermInfo] = []
      for term in terms { if let info = try segment.terms.find(term) { found.append(info) } }
      return found
    case .matching(let field, let glob):
      var found: [TermInfo] = []
      let prefix = Array((FieldTerm.prefix(field) + glob.literalPrefix).utf8)
      var cursor = try TermCursor(segment.terms, seeking: prefix.rawSpan)
      while try cursor.next(), cursor.term.starts(with: prefix), segment.isField(cursor.term) {
        let value = String(decoding: cursor.term.dropFirst(2), as: UTF8.self)
        if glob.matches(value) { found.append(cursor.info) }
      }
      return found
    case .dates: return []
    }
  }

  /// The documents that the filter lets through.
  func documents(in segment: SegmentReader) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(documentCount: segment.info.documentCount)
    if case .dates(let range) = self {
      for (document, day) in (segment.dates?.days ?? []).enumerated() where range.contains(day) {
        set.insert(UInt32(document))
      }
      return set
    }
    for info in try terms(in: segment) { try set.insert(info, of: segment) }
    return set
  }

  /// The scorer of a segment; nil where no document is let through.
  func scorer(_ segment: SegmentReader) throws(IndexError) -> Scorer? {
    // One list is stepped through as it is asked for; of more a set is made.
    if case .terms = self {
      let infos = try terms(in: segment)
      if infos.count <= 1 { return infos.first.map { FieldScorer(segment, $0) } }
    }
    let set = try documents(in: segment)
    return set.count == 0 ? nil : DocumentSetScorer(set)
  }
}

/// Matches the documents with a field's term, with the score 0.
final class FieldScorer: Scorer {
  private var postings: PostingsCursor
  private let documentFrequency: Int

  init(_ segment: SegmentReader, _ info: TermInfo) {
    postings = PostingsCursor(segment.postings, info)
    documentFrequency = info.documentFrequency
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    try postings.seek(to: target)
  }

  override var cost: Int { documentFrequency }
}

/// Matches the documents of a set, with the score 0.
final class DocumentSetScorer: Scorer {
  private let set: DocumentSet
  private let count: Int

  init(_ set: DocumentSet) {
    self.set = set
    count = set.count
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    set.first(from: target) ?? Self.end
  }

  override var cost: Int { count }
}
