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
}

extension SearchIndex {
  /// Reads a query and finds its best documents: all words first, loosened where none has them all.
  func find(_ text: String, _ options: SearchOptions) throws(IndexError) -> FoundDocuments {
    var reading = QueryParser.Options()
    reading.widensWords = options.ranking.findsVariants
    var parser = try QueryParser(snapshot, options: reading)
    let parsed = try parser.parse(text)
    let searcher = Searcher(snapshot, similarity: options.ranking.similarity)
    let wanted = options.limit == 0 ? Int.max : options.offset + options.limit
    let query = parsed.query
    var found = FoundDocuments(
      query: query, readAs: parsed.readAs, notes: parsed.notes, total: nil, hits: [])
    let all = try searcher.search(query, limit: wanted)
    (found.total, found.hits) = (all.total, all.hits)
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
    } else if found.total == 0 {
      let any = try searcher.search(loosened, limit: wanted)
      (found.query, found.total, found.hits) = (loosened, any.total, any.hits)
      if any.total != 0 {
        found.notes.append("no document has all of these words; shown are those that have some")
      }
    }
    return found
  }
}
