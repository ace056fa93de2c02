public import EvIndex
internal import EvPassages
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

    /// Whether the first passage of the first document holds an answer; nil where the first document
    /// has none, or no answers are known.
    public var passageAnswers: Bool?
  }

  /// The judged queries, in their order.
  public var rows: [Row]

  /// The means of all queries.
  public var mean: RankingMeasures { RankingMeasures(meanOf: rows.map(\.measures)) }

  /// Queries whose first document holds an answer, and those of them whose first passage does.
  public var answers: (documents: Int, passages: Int) {
    (rows.count { $0.passageAnswers != nil }, rows.count { $0.passageAnswers == true })
  }
}

extension SearchIndex {
  /// Searches for each query that has judgements, and compares what is found with them.
  ///
  /// A document's name in the judgements is its path in the collection, or, for a record of a file of
  /// records, what stands behind `#`.
  ///
  /// - Parameters:
  ///   - options: How to search; the limit is how many documents are looked at, as a rule 1,000.
  ///   - answers: Where the answers stand; then it is found out too whether the first passage has one.
  public func evaluate(
    _ queries: [JudgedQuery], _ judgements: Judgements, _ options: SearchOptions,
    answers: JudgedAnswers? = nil
  ) throws(IndexError) -> Evaluation {
    let names = try documentNames()
    var rows: [Evaluation.Row] = []
    for query in queries {
      guard let gains = judgements.gains[query.id] else { continue }
      let found = try find(query.text, options)
      let wanted = options.limit == 0 ? Int.max : options.limit
      let ranking = found.hits.prefix(wanted).map { hit in
        (document: names[hit.segment][Int(hit.document)], score: hit.score)
      }
      var passageAnswers: Bool?
      if let first = ranking.first,
        let places = answers?.answers[query.id]?
          .filter({ $0.document == first.document }), !places.isEmpty
      {
        passageAnswers = try isAnswered(places, by: found)
      }
      rows.append(
        Evaluation.Row(
          query: query, ranking: ranking,
          measures: RankingMeasures(ranking: ranking.map(\.document), gains: gains),
          passageAnswers: passageAnswers))
    }
    return Evaluation(rows: rows)
  }

  /// Whether the first passage of the first hit holds one of some answers.
  private func isAnswered(
    _ answers: [JudgedAnswers.Answer], by found: FoundDocuments
  ) throws(IndexError) -> Bool {
    guard let hit = found.hits.first else { return false }
    let segment = snapshot.segments[hit.segment]
    guard let passage = try PassageFinder(snapshot, found.query).passages(of: hit, limit: 1).first,
      let text = try segment.text(hit.document)
    else { return false }
    let title = try segment.document(hit.document).title
    // The title and a line feed stand in front of the text.
    let hasTitle = !title.isEmpty && text.bytes.starts(with: title.utf8)
    let body = hasTitle ? title.utf8.count + 1 : 0
    let scalars = String(decoding: text.bytes.dropFirst(body), as: UTF8.self).unicodeScalars
    return answers.contains { answer in
      guard answer.start >= 0,
        let start = scalars.index(
          scalars.startIndex, offsetBy: answer.start, limitedBy: scalars.endIndex)
      else { return passage.text.contains(answer.text) }
      let first = body + scalars.utf8Distance(to: start)
      return passage.range.lowerBound <= first
        && first + answer.text.utf8.count <= passage.range.upperBound
    }
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

extension String.UnicodeScalarView {
  /// The bytes in front of a place, in UTF-8.
  fileprivate func utf8Distance(to index: Index) -> Int {
    String(self[..<index]).utf8.count
  }
}
