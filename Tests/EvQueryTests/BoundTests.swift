import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// What blocks promise about their postings, where the collection is not the segment's own.
@Suite struct BoundTests {
  @Test(arguments: [0.5, 2, 20, 1000], [BM25.plain, .standard])
  func `documents of another length than the collection's are skipped rightly`(
    ratio: Double, similarity: BM25
  ) throws {
    var corpus = RandomCorpus(seed: 6, wordCount: 12)
    let documents = corpus.documents(1500, longest: 12, hasFields: true)
    let configuration = IndexConfiguration(analyzer: Analyzer(.space))
    let snapshot = try TestIndex(documents, configuration: configuration).snapshot()
    let searcher = Searcher(snapshot, similarity: similarity)
    for (number, left) in corpus.words.enumerated() {
      let right = corpus.words[(5 * number + 1) % corpus.words.count]
      let query = Query.any([.term(left), .term(right)])
      var statistics = try CollectionStatistics(snapshot, for: query)
      statistics.totalLength = UInt64(ratio * Double(statistics.totalLength))
      // With so many wanted, nothing can be skipped.
      let all = try searcher.search(query, limit: documents.count, statistics: statistics).hits
      for limit in [1, 3, 10] {
        let best = try searcher.search(query, limit: limit, counts: false, statistics: statistics)
        #expect(best.hits == Array(all.prefix(limit)), "\(left) \(right)")
      }
    }
  }
}
