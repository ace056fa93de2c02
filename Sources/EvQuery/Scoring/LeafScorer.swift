internal import EvBytes
internal import EvIndex

/// Scores documents by how often something occurs in them.
final class LeafScorer: Scorer {
  private let occurrences: any OccurrenceCursor
  private let weight: Float
  private let inverseSaturation: [Float]
  private let norms: SegmentFileReader

  /// - Parameters:
  ///   - weight: The idf of what occurs, times its boost.
  ///   - inverseSaturation: ``BM25/inverseSaturation(averageLength:)``.
  init(
    _ occurrences: any OccurrenceCursor, weight: Float, inverseSaturation: [Float],
    segment: SegmentReader
  ) {
    self.occurrences = occurrences
    self.weight = weight
    self.inverseSaturation = inverseSaturation
    norms = segment.norms
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    try occurrences.seek(to: target)
  }

  override func score() throws(IndexError) -> Double {
    let frequency = try occurrences.frequency()
    let norms = self.norms
    guard let norm = norms.section(0).load(UInt8.self, at: Int(document)) else {
      throw norms.corrupt(0, at: Int(document), "there is no length of document \(document)")
    }
    return Double(
      BM25.score(
        weight: weight, frequency: frequency,
        inverseSaturation: inverseSaturation[Int(norm)]))
  }

  override var cost: Int { occurrences.cost }
}
