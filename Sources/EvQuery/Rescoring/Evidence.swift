/// What the best documents of a query gain by what BM25 does not look at.
///
/// The best ``depth`` documents by BM25 are looked at again. Each gains
///
///     adjacency × Σ min(w, w′) × f / (f + K)   over neighbours in the query that stand side by side in
///                                              the document, f times; w and w′ are their idf
///     title × c² × Σ w                         over the words of the query that its title has; c is the
///                                              share of the title's words that are such words; other
///                                              forms count half
///     lead × Σ w                               over the words of the query among its first 60 words
///                                              behind the title
///     coverage × a⁴ × Σ w                      over all words of the query; a is the share of this sum
///                                              that words of the document have, in another form than
///                                              the typed one the less
///     spelling × Σ w                           over the words that all must occur and have several
///                                              spellings, and that the document does not have in
///                                              another spelling only
///     Σ w / 2^(age / half-life)                by its date, where that is asked for
///
/// with the K of BM25 for the document's length. So a phrase counts more than its words apart, a
/// document about what was asked for more than one that has it in a long title, one that says at once
/// what it is about more than one that mentions it later, and one with all words more than one that
/// repeats a few, and `lock-in` more than `lock in` where that was typed. Nothing is taken away:
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

  /// What words at the beginning count.
  public var lead: Float

  /// What it counts to have all words.
  public var coverage: Float

  /// What it counts to have a word in the spelling that was typed.
  public var spelling: Float

  /// How being young counts; nil where it does not.
  public var recency: Recency?

  /// Creates the parameters; with all weights 0 nothing is looked at.
  public init(
    depth: Int, adjacency: Float = 0, title: Float = 0, lead: Float = 0, coverage: Float = 0,
    spelling: Float = 0
  ) {
    self.depth = depth
    self.adjacency = adjacency
    self.title = title
    self.lead = lead
    self.coverage = coverage
    self.spelling = spelling
  }

  /// Nothing is looked at.
  public static let none = Evidence(depth: 0)

  /// Whether anything counts.
  var isUsed: Bool { max(adjacency, title, lead, coverage, spelling) > 0 || recency != nil }

  /// What a form counts in a title that was not typed: the title that has the typed one comes first.
  static let otherFormInTitle: Float = 0.5

  /// How many words behind the title are the beginning of a document.
  static let leadLength = 60
}
