package import EvIndex
package import EvQuery

/// The documents that a query found, before anything of them is read.
package struct FoundDocuments {
  /// What was searched for in the end.
  package var query: Query
  /// How the text was read.
  var readAs: String
  /// What was taken literally, left out or loosened.
  var notes: [String]
  /// Documents that match.
  package var total = 0
  /// Whether ``total`` is exact rather than a lower bound.
  var totalIsExact = true
  /// The best of them, best first, those to be passed over included.
  package var hits: [Hit] = []
  /// The numbers that scores were made with.
  package var statistics: CollectionStatistics?
  /// The query as it was read, for what was typed for its parts.
  package var parsed: ParsedQuery
  /// How many of the first hits were scored again.
  package var rescored = 0
  /// What each hit lacks of the query's words, where no document has them all.
  var missing: [[String]] = []
  /// What was probably meant, where nothing is found.
  var suggestion: Suggestion?
  /// What is wrong with the query, where that is asked for.
  var problems: [String] = []

  /// What was typed for a part of the query; nil where that is not known.
  func texts(_ part: Query) -> String? {
    let text = parsed.text(of: part)
    return text != readAs || part == parsed.query ? text : nil
  }
}

extension SearchIndex {
  /// Reads a query and finds its best documents.
  ///
  /// Of a short query all words must occur, unless no document has them all: then those with more of the
  /// words come first. A question, which has more words than ``Ranking/questionLength``, is answered by
  /// the documents that score best.
  package func find(_ text: String, _ options: SearchOptions) throws(IndexError) -> FoundDocuments {
    let ranking = options.ranking
    var reading = QueryParser.Options()
    reading.today = CalendarDate.today() ?? .epoch
    reading.widensWords = ranking.findsVariants
    reading.weights = ranking.weights
    var parser = try QueryParser(
      snapshot, options: reading, writtenFiles: { files(writtenOn: $0) })
    let parsed = try parser.parse(text)
    let query = placed(dated(parsed.query, options), options)
    let searcher = Searcher(snapshot, similarity: ranking.similarity)
    // In another order, any of the matches may come first.
    let isByRelevance = options.sort == .relevance && !options.reverse
    let wanted =
      options.limit == 0 || !isByRelevance ? Int.max : options.offset + options.limit
    // Pages must follow each other, so what is rescored does not depend on the page.
    let depth = max(wanted, ranking.evidence.depth)
    var found = FoundDocuments(
      query: query, readAs: parsed.readAs, notes: parsed.notes, parsed: parsed)
    if options.strict, !parsed.problems.isEmpty {
      found.problems = parsed.problems
      return found
    }
    let mayLoosen = !options.strict && parsed.mayBeLoosened
    let isQuestion = options.ranksPartialMatches || query.words.count > ranking.questionLength
    let any = mayLoosen && isQuestion ? parsed.withAnyWord(of: query) : nil
    let statistics = try statistics(for: any ?? query, ranking)
    found.statistics = statistics
    if let any {
      let best = try searcher.search(
        any, limit: depth, counts: options.limit == 0, statistics: statistics)
      found.query = any
      found.hits = best.hits
      found.totalIsExact = best.total != nil || best.hits.count < depth
      found.total = best.total ?? best.hits.count
      if found.total > 0, !options.ranksPartialMatches {
        found.notes.append("a long query: shown are the documents that answer it best")
      }
    } else {
      let all = try searcher.search(query, limit: depth, statistics: statistics)
      (found.total, found.hits) = (all.total ?? all.hits.count, all.hits)
      if found.total == 0 {
        found.suggestion = try parser.suggestion(for: text)
        guard mayLoosen,
          found.suggestion?.corrections.contains(where: \.isMisspelling) != true
        else { return found }
        let parts = try parsed.takingSentencesApart(in: query, searcher)
        let numbers = parts == query ? statistics : try self.statistics(for: parts, ranking)
        guard
          let loose = try searcher.searchLoosened(parts, limit: wanted, statistics: numbers),
          loose.total > 0
        else { return found }
        (found.query, found.statistics) = (parts.loosened ?? parts, numbers)
        (found.total, found.hits) = (loose.total, loose.hits)
        let words = parts.words
        found.missing = loose.missing.map { places in places.map { parsed.text(of: words[$0]) } }
        found.notes.append("no document has all of these words; shown are those that have some")
        return found
      }
    }
    found.rescored = found.hits.count > 1 ? min(found.hits.count, ranking.evidence.depth) : 0
    found.hits = try searcher.rescored(
      found.hits, for: found.query, ranking.evidence, statistics: statistics)
    return found
  }

  private func statistics(
    for query: Query, _ ranking: Ranking
  ) throws(IndexError) -> CollectionStatistics {
    var statistics = try CollectionStatistics(snapshot, for: query)
    statistics.discountsCommonWords = ranking.discountsCommonWords
    return statistics
  }
}
