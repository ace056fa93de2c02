/// What the best documents of a query gain by what BM25 does not look at.
///
/// The best ``depth`` documents by BM25 are looked at again. Each gains
///
///     adjacency × Σ min(w, w′) × f / (f + K)   over neighbours in the query that stand side by side in
///                                              the document, f times; w and w′ are their idf
///     title × c² × Σ w                         over the words of the query that its title has; c is the
///                                              share of the title's words that are such words
///
/// with the K of BM25 for the document's length. So a phrase counts more than its words apart, and a
/// document about what was asked for more than one that has it in a long title. Nothing is taken away:
/// documents beyond the depth, which gain nothing, stay behind.
///
/// The first is the ordered window of Metzler and Croft, "A Markov random field model for term
/// dependencies", SIGIR 2005, with the saturation of BM25.
public struct Evidence: Equatable, Sendable {
  /// How many of the best documents are looked at.
  public var depth: Int

  /// What words side by side count.
  public var adjacency: Float

  /// What words in the title count.
  public var title: Float

  /// Creates the parameters; with both weights 0 nothing is looked at.
  public init(depth: Int, adjacency: Float, title: Float) {
    self.depth = depth
    self.adjacency = adjacency
    self.title = title
  }

  /// Nothing is looked at.
  public static let none = Evidence(depth: 0, adjacency: 0, title: 0)
}
