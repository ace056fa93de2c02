// The work of an analyzer, from a text to its tokens and sentences.

/// Does the work of an analyzer; one a thread, because it keeps ICU's iterators and scratch memory.
///
/// The whole definition is on the page <doc:EvAnalysis>.
public final class Tokenizer {
  /// The analyzer that this does the work of.
  public let analyzer: Analyzer

  /// The first failure of ICU while texts were analyzed, or nil.
  ///
  /// The sentence at which it happened was then cut at white space instead. No text causes this:
  /// whoever writes an index looks here before a commit.
  public var failure: AnalysisError? { pipeline.failure }

  /// A structure, so that access to it is checked once a call and not once a sentence.
  private var pipeline: Pipeline

  /// Creates a tokenizer.
  ///
  /// - Throws: ``AnalysisError/icu(operation:code:)`` when ICU's data cannot be read.
  public init(_ analyzer: Analyzer) throws(AnalysisError) {
    self.analyzer = analyzer
    pipeline = try Pipeline(analyzer.kind)
  }

  /// Analyzes a whole text.
  ///
  /// - Parameters:
  ///   - text: UTF-8, below 4 GiB. Bytes that are not well-formed are read as U+FFFD, one each.
  ///   - breaks: Byte offsets at which a sentence has to end, in ascending order, each in front of a
  ///     scalar: the edges of titles and headings. Those that are out of range or out of order are
  ///     ignored.
  ///   - wantsSentences: Whether to report the sentences; the tokens are the same.
  ///   - result: The outcome; what it held before is forgotten.
  /// - Precondition: `text` is below 4 GiB.
  /// - Complexity: Linear in the length of the text.
  public func analyze(
    _ text: Span<UInt8>, breaks: [Int], wantsSentences: Bool, into result: inout AnalyzedText
  ) {
    analyze(text, breaks: breaks, wantsSentences: wantsSentences, pieceTokens: .max, into: &result)
    {
      _ in
    }
  }

  /// Analyzes a whole text in pieces, so that the tokens of a long one are never in memory together.
  ///
  /// - Parameters:
  ///   - text: As for ``analyze(_:breaks:wantsSentences:into:)``, as are `breaks` and `wantsSentences`.
  ///   - pieceTokens: A piece ends with the sentence with which it has so many tokens.
  ///   - result: The last piece; what it held before is forgotten. The sentences are those of the text.
  ///   - take: Is given each piece but the last: its tokens and terms, positions and offsets counted from
  ///     the start of the text, and all sentences so far. It must not use the tokenizer.
  /// - Precondition: `text` is below 4 GiB.
  public func analyze(
    _ text: Span<UInt8>, breaks: [Int], wantsSentences: Bool, pieceTokens: Int,
    into result: inout AnalyzedText, _ take: (AnalyzedText) -> Void
  ) {
    precondition(text.count <= Int(UInt32.max), "a text of \(text.count) bytes is too long")
    result.clear()
    pipeline.analyze(text, breaks, wantsSentences, pieceTokens, &result, take)
  }

  /// Analyzes one sentence that ``analyze(_:breaks:wantsSentences:into:)`` reported.
  ///
  /// The tokens are exactly those that the whole text has in the sentence, with the same positions.
  /// ``AnalyzedText/positionCount`` is the number of positions in the sentence.
  ///
  /// - Parameters:
  ///   - text: The same text as then.
  ///   - sentence: One of its sentences; of one that is not, what is inside the text is analyzed.
  ///   - result: The outcome; what it held before is forgotten.
  public func analyzeSentence(
    _ text: Span<UInt8>, _ sentence: Sentence, into result: inout AnalyzedText
  ) {
    result.clear()
    pipeline.analyzeSentence(text, sentence, &result)
  }
}
