internal import EvBytes

// What is known of many documents of a segment at once.

extension SegmentReader {
  /// The paths of documents.
  ///
  /// - Parameter documents: Ascending.
  package func paths(of documents: [UInt32]) throws(IndexError) -> [String] {
    var paths: [String] = []
    let cache = StoredChunkCache(self.documents)
    for document in documents {
      paths.append(
        try cache.withRecord(Int(document)) { record throws(FormatError) in
          let range = try StoredDocument.outline(record).path
          guard let path = record.string(range) else {
            throw .invalidValue(field: "path", value: UInt64(range.count), offset: range.lowerBound)
          }
          return path
        })
    }
    return paths
  }

  /// The language of each document: its own or the one that was detected; nil where none is known.
  package func languages() throws(IndexError) -> [String?] {
    var languages = [String?](repeating: nil, count: info.documentCount)
    let prefix = Array(FieldTerm.prefix(.language).utf8)
    var cursor = try TermCursor(terms, seeking: prefix.rawSpan)
    while try cursor.next(), cursor.term.starts(with: prefix), isField(cursor.term) {
      let value = String(decoding: cursor.term.dropFirst(prefix.count), as: UTF8.self)
      var documents = PostingsCursor(postings, cursor.info)
      // A form of a language comes behind the language, and says more.
      while try documents.next() != PostingsCursor.end {
        languages[Int(documents.document)] = value
      }
    }
    return languages
  }

  /// Hands out what is kept of each document that is not deleted, in order.
  package func forEachLiveDocument(
    _ body: (UInt32, StoredDocument) -> Void
  ) throws(IndexError) {
    try forEachDocument { number, document throws(FormatError) in
      if !isDeleted(number) { body(number, document) }
    }
  }
}
