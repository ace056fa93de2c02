public import EvIndex
internal import EvQuery

/// What came of searching for queries whose answers are known.
public struct Evaluation: Sendable {
  /// What was found for one query.
  public struct Row: Sendable {
    /// The query.
    public var query: JudgedQuery

    /// The documents, best first, by their names in the judgements.
    public var ranking: [(document: String, score: Float)]

    /// How good that is.
    public var measures: RankingMeasures
  }

  /// The judged queries, in their order.
  public var rows: [Row]

  /// The means of all queries.
  public var mean: RankingMeasures { RankingMeasures(meanOf: rows.map(\.measures)) }
}

extension SearchIndex {
  /// Searches for each query that has judgements, and compares what is found with them.
  ///
  /// A document's name in the judgements is its path in the collection, or, for a record of a file of
  /// records, what stands behind `#`.
  ///
  /// - Parameters:
  ///   - options: How to search; the limit is how many documents are looked at, as a rule 1,000.
  public func evaluate(
    _ queries: [JudgedQuery], _ judgements: Judgements, _ options: SearchOptions
  ) throws(IndexError) -> Evaluation {
    let names = try documentNames()
    var options = options
    options.fillsUp = true
    var rows: [Evaluation.Row] = []
    for query in queries {
      guard let gains = judgements.gains[query.id] else { continue }
      let hits = try find(query.text, options).hits
      let ranking = hits.map { hit in
        (document: names[hit.segment][Int(hit.document)], score: hit.score)
      }
      rows.append(
        Evaluation.Row(
          query: query, ranking: ranking,
          measures: RankingMeasures(ranking: ranking.map(\.document), gains: gains)))
    }
    return Evaluation(rows: rows)
  }

  /// What judgements call each document of each segment.
  private func documentNames() throws(IndexError) -> [[String]] {
    var all: [[String]] = []
    for segment in snapshot.segments {
      var names: [String] = []
      for number in 0..<UInt32(segment.info.documentCount) {
        let path = try segment.document(number).path
        let name = path.firstIndex(of: "#").map { String(path[path.index(after: $0)...]) } ?? path
        names.append(name.isEmpty ? path : name)
      }
      all.append(names)
    }
    return all
  }
}

extension Evaluation {
  /// The rankings as a run in the format of TREC, a line a document.
  ///
  /// trec_eval sorts by score and puts equal scores in an order of its own, so a score that is not below
  /// the one before it is written as the next lower number.
  ///
  /// - Parameter name: What the run is called, one word.
  public func run(named name: String, to line: (String) -> Void) {
    for row in rows {
      var last = Float.infinity
      for (index, entry) in row.ranking.enumerated() {
        let score = min(entry.score, last.nextDown)
        last = score
        line("\(row.query.id) Q0 \(entry.document) \(index + 1) \(score) \(name)")
      }
    }
  }
}
