internal import EvIndex
internal import EvQuery

/// The documents that a query found, before anything of them is read.
struct FoundDocuments {
  /// What was searched for in the end.
  var query: Query
  /// How the text was read.
  var readAs: String
  /// What was taken literally, left out or loosened.
  var notes: [String]
  /// Documents that match; nil where they were not counted.
  var total: Int?
  /// The best of them, best first, those to be passed over included.
  var hits: [Hit]
  /// What each hit lacks of the query's words, where no document has them all.
  var missing: [[String]] = []
  /// What was probably meant, where nothing is found.
  var suggestion: Suggestion?
  /// What is wrong with the query, where that is asked for.
  var problems: [String] = []
}

extension SearchIndex {
  /// Reads a query and finds its best documents: all words first, loosened where none has them all.
  func find(_ text: String, _ options: SearchOptions) throws(IndexError) -> FoundDocuments {
    var reading = QueryParser.Options()
    reading.widensWords = options.ranking.findsVariants
    var parser = try QueryParser(snapshot, options: reading)
    let parsed = try parser.parse(text)
    let searcher = Searcher(snapshot, similarity: options.ranking.similarity)
    // In another order, any of the matches may come first.
    let isByRelevance = options.sort == .relevance && !options.reverse
    let wanted =
      options.limit == 0 || !isByRelevance ? Int.max : options.offset + options.limit
    let query = dated(parsed.query, options)
    var found = FoundDocuments(
      query: query, readAs: parsed.readAs, notes: parsed.notes, total: nil, hits: [])
    if options.strict, !parsed.problems.isEmpty {
      found.problems = parsed.problems
      return found
    }
    let all = try searcher.search(query, limit: wanted)
    (found.total, found.hits) = (all.total, all.hits)
    if found.total == 0 { found.suggestion = try parser.suggestion(for: text) }
    guard !options.strict, parsed.mayBeLoosened, let loosened = query.loosened else {
      return found
    }
    if options.fillsUp {
      // Plain BM25 knows no words that must occur.
      let any = try searcher.search(loosened, limit: wanted)
      if options.ranking.findsVariants {
        let isFull = Set(found.hits.map { [UInt32($0.segment), $0.document] })
        found.hits += any.hits.filter { !isFull.contains([UInt32($0.segment), $0.document]) }
        found.hits = Array(found.hits.prefix(wanted))
      } else {
        found.hits = any.hits
      }
    } else if found.total == 0,
      found.suggestion?.corrections.contains(where: \.isMisspelling) != true,
      let loose = try searcher.searchLoosened(query, limit: wanted), loose.total > 0
    {
      (found.query, found.total, found.hits) = (loosened, loose.total, loose.hits)
      let words = query.words
      found.missing = loose.missing.map { places in places.map { parsed.text(of: words[$0]) } }
      found.notes.append("no document has all of these words; shown are those that have some")
    }
    return found
  }
}
