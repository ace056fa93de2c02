public import EvIndex
internal import EvPassages
internal import EvQuery

extension SearchIndex {
  /// Says why a document is not among the hits of a query.
  ///
  /// - Parameters:
  ///   - path: The document's path in the collection.
  ///   - text: What was typed.
  ///   - options: How was searched; limit and offset do not matter.
  /// - Complexity: Linear in the number of documents.
  public func whyNot(
    path: String, query text: String, _ options: SearchOptions = SearchOptions()
  ) throws(IndexError) -> WhyNot {
    guard let hit = try document(at: path) else {
      let skipped = snapshot.manifest.skipped.first { $0.path == path }
      return skipped.map { .skipped(reason: $0.reason) } ?? .notIndexed
    }
    var whole = options
    (whole.limit, whole.offset) = (0, 0)
    let found = try find(text, whole)
    // Of a hit that lacks words, these are the answer.
    if found.missing.isEmpty,
      let place = found.hits.firstIndex(where: {
        ($0.segment, $0.document) == (hit.segment, hit.document)
      })
    {
      let shown = try collapsed(
        Array(found.hits[...place]), offset: 0, limit: .max, collapses: options.collapses)
      return .hit(
        rank: place + 1, total: found.total,
        similarTo: shown.first { $0.similar.contains(path) }?.document.path)
    }
    let parsed = found.parsed
    guard !parsed.readAs.isEmpty else { return .nothingAsked }
    var comparison = WhyNot.Comparison()
    comparison.isFilteredOut = try !matches(hit, placed(dated(.everything, options), options))
    for word in parsed.query.words {
      if try matches(hit, word) {
        comparison.has.append(
          WhyNot.Word(
            typed: parsed.text(of: word), found: try shown(word, parsed.text(of: word), hit)))
      } else {
        comparison.lacks.append(parsed.text(of: word))
      }
    }
    if case .boolean(let boolean) = parsed.query {
      for word in boolean.excluded where try matches(hit, word) {
        comparison.excluded.append(parsed.text(of: word))
      }
      for case .filter(let filter) in boolean.required where try !matches(hit, .filter(filter)) {
        comparison.isFilteredOut = true
      }
    }
    return .noMatch(comparison)
  }

  /// The document of a path that is not deleted.
  private func document(at path: String) throws(IndexError) -> Hit? {
    for (number, segment) in snapshot.segments.enumerated() {
      for document in 0..<UInt32(segment.info.documentCount) {
        guard try segment.document(document).path == path, !segment.isDeleted(document) else {
          continue
        }
        return Hit(segment: number, document: document, score: 0)
      }
    }
    return nil
  }

  private func matches(_ hit: Hit, _ query: Query) throws(IndexError) -> Bool {
    try Searcher(snapshot).matches(hit, query)
  }

  /// How a word stands in a document, where it is not as it was typed.
  private func shown(_ word: Query, _ typed: String, _ hit: Hit) throws(IndexError) -> String? {
    let passages = try PassageFinder(snapshot, word).passages(of: hit, limit: 1)
    guard let passage = passages.first, let lit = passage.highlights.first else { return nil }
    let bytes = Array(passage.text.utf8)[lit.range]
    let text = String(decoding: bytes, as: UTF8.self)
    return text.lowercased() == typed.lowercased() ? nil : text
  }
}
