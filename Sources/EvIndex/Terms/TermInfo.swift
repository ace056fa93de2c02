/// What a segment's dictionary knows of a term.
public struct TermInfo: Equatable, Sendable {
  /// Documents that hold the term; at least 1.
  public var documentFrequency: Int

  /// Occurrences in all documents.
  public var totalFrequency: Int

  /// Where the postings begin in the payload of the postings file.
  package var postingsOffset: Int

  /// Where the positions begin in the positions file.
  package var positionsOffset: Int

  /// Bytes of postings.
  package var postingsLength: Int

  /// Bytes of positions.
  package var positionsLength: Int

  /// The first of the term's blocks in the arrays of block metadata.
  package var firstBlock: Int

  /// The largest impacts with ``ImpactModel/Kind/plain`` parameters.
  package var plainImpacts = TopImpacts()

  /// The largest impacts with ``ImpactModel/Kind/standard`` parameters.
  package var standardImpacts = TopImpacts()

  /// The largest impacts with some parameters.
  package func impacts(_ kind: ImpactModel.Kind) -> TopImpacts {
    kind == .plain ? plainImpacts : standardImpacts
  }

  /// The largest impact of a list, and how large the k-th largest is at least, for some k.
  package struct TopImpacts: Equatable, Sendable {
    /// The largest impact of any posting; what the blocks' bounds are relative to.
    ///
    /// Known for terms that have block metadata, else 1, which bounds any impact.
    package var maximum: Float = 1

    // The 10th, 100th and 1,000th largest impact, each an ImpactCode, rounded down; 0 where there are not
    // so many postings, or the term has no block metadata.
    package var tenth: UInt8 = 0
    package var hundredth: UInt8 = 0
    package var thousandth: UInt8 = 0

    /// A code that at least `k` postings reach; 0 where nothing is known.
    package func code(forBest k: Int) -> UInt8 {
      switch k {
      case ...10: tenth
      case ...100: hundredth
      case ...1000: thousandth
      default: 0
      }
    }
  }

  /// Blocks with metadata: none where all postings fit one tail.
  package var blockCount: Int {
    documentFrequency < 128 ? 0 : (documentFrequency + 127) / 128
  }
}
