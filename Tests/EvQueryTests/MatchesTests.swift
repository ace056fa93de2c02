@testable import EvIndex
@testable import EvQuery
import EvTestSupport
import Testing

/// All matches: their order by date and path, and their counts by facets.
@Suite struct MatchesTests {
  /// A collection in several segments, some documents of which are replaced, and its documents.
  private static func collection(_ seed: UInt64) throws -> (TestIndex, [Document]) {
    var corpus = RandomCorpus(seed: seed)
    var documents = corpus.describedDocuments(500, seed: seed)
    let index = try TestIndex(
      documents, configuration: IndexConfiguration(segmentTextBytes: 30_000))
    let writer = try IndexWriter(
      path: index.path, configuration: IndexConfiguration(segmentTextBytes: 30_000), mode: .update)
    writer.mergePolicy.smallBytes = 0
    writer.mergePolicy.deletedShare = 1
    for number in stride(from: 0, to: 500, by: 7) {
      documents[number].text = "w replaced"
      try writer.add(documents[number])
    }
    try writer.commit()
    return (index, documents)
  }

  private static func path(_ hit: Hit, _ snapshot: IndexSnapshot) throws -> String {
    try snapshot.segments[hit.segment].document(hit.document).path
  }

  @Test(arguments: 0..<3)
  func `matches come by date and by path as the documents say`(seed: UInt64) throws {
    let (index, documents) = try Self.collection(seed)
    let snapshot = try index.snapshot()
    #expect(snapshot.segments.count > 1)
    #expect(snapshot.segments.contains { !$0.deletions.isEmpty })
    let searcher = Searcher(snapshot)
    let query = Query.any([.term("w"), .term("wb")])
    let matching = Dictionary(
      uniqueKeysWithValues: documents.filter { document in
        document.text.split { $0 == " " || $0 == "." }.contains { $0 == "w" || $0 == "wb" }
      }.map { ($0.path, $0.metadata.date.flatMap { CalendarDate(parsing: $0) }) })
    let matches = try searcher.matches(query)
    #expect(matches.count == matching.count)
    #expect(searcher.undatedCount(of: matches) == matching.values.count { $0 == nil })
    let scores = Dictionary(
      uniqueKeysWithValues: try searcher.search(query, limit: .max).hits.map {
        ([$0.segment, Int($0.document)], $0.score)
      })

    for isReversed in [false, true] {
      for order in [HitOrder.date, .path] {
        let hits = try searcher.hits(query, matches, by: order, isReversed: isReversed, limit: .max)
        let paths = try hits.map { try Self.path($0, snapshot) }
        #expect(Set(paths) == Set(matching.keys))
        #expect(hits.allSatisfy { scores[[$0.segment, Int($0.document)]] == $0.score })
        if order == .path {
          #expect(paths == (isReversed ? paths.sorted().reversed() : paths.sorted()))
        } else {
          let dates = paths.map { matching[$0] ?? nil }
          let dated = dates.prefix { $0 != nil }.compactMap { $0 }
          #expect(dates.dropFirst(dated.count).allSatisfy { $0 == nil })
          #expect(
            zip(dated, dated.dropFirst()).allSatisfy { isReversed ? $0 <= $1 : $0 >= $1 })
        }
        let first = try searcher.hits(query, matches, by: order, isReversed: isReversed, limit: 7)
        #expect(first == Array(hits.prefix(7)))
      }
    }
  }

  @Test(arguments: 0..<3)
  func `facets count every match, and a document once`(seed: UInt64) throws {
    let (index, documents) = try Self.collection(seed)
    let searcher = Searcher(try index.snapshot())
    let matches = try searcher.matches(.term("w"))
    let matching = documents.filter { document in
      document.text.split { $0 == " " || $0 == "." }.contains("w")
    }
    #expect(matches.count == matching.count)
    func expected(_ values: (Document) -> Set<String>) -> [String: Int] {
      var counts: [String: Int] = [:]
      for document in matching { for value in values(document) { counts[value, default: 0] += 1 } }
      return counts
    }
    let cases: [(Facet, (Document) -> Set<String>)] = [
      (.tag, { Set($0.metadata.tags) }),
      (.source, { Set([$0.metadata.source].compactMap { $0 }) }),
      (
        .lang,
        { document in
          Set([document.metadata.language.map { String($0.prefix(2)) }].compactMap { $0 })
        }
      ),
      (
        .month,
        { document in
          let date = document.metadata.date.flatMap { CalendarDate(parsing: $0) }
          return Set([date.map { String($0.description.prefix(7)) }].compactMap { $0 })
        }
      ),
    ]
    for (facet, values) in cases {
      let counted = try searcher.counts(of: facet, matches, limit: 1000)
      let found = Dictionary(uniqueKeysWithValues: counted.values.map { ($0.name, $0.count) })
      #expect(found == expected(values), "\(facet)")
      #expect(counted.missing == matching.count { values($0).isEmpty }, "\(facet)")
      #expect(counted.valueCount == found.count)
      let few = try searcher.counts(of: facet, matches, limit: 2)
      #expect(few.values == Array(counted.values.prefix(2)))
      if facet == .month {
        #expect(counted.values.map(\.name) == counted.values.map(\.name).sorted().reversed())
      } else {
        #expect(zip(counted.values, counted.values.dropFirst()).allSatisfy { $0.count >= $1.count })
      }
    }
  }
}
