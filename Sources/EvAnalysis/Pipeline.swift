// The steps of an analysis: paragraphs, sentences, words, what shares their positions.

/// The state of a tokenizer, and the steps from a text to its tokens and sentences.
struct Pipeline {
  /// The first failure; see ``Tokenizer/failure``.
  private(set) var failure: AnalysisError?

  private let kind: Analyzer.Kind
  private var rules: SentenceRules
  private var unicodeWords = UnicodeWords()
  private var annotator = Annotator()
  private var candidates = AnnotationCandidates()

  init(_ kind: Analyzer.Kind) throws(AnalysisError) {
    self.kind = kind
    rules = SentenceRules(exceptions: try SentenceExceptions.english.get())
  }

  /// Analyzes a whole text; see ``Tokenizer``.
  mutating func analyze(
    _ text: Span<UInt8>, _ breaks: [Int], _ wantsSentences: Bool, _ pieceTokens: Int,
    _ result: inout AnalyzedText, _ take: (AnalyzedText) -> Void
  ) {
    var start = 0
    var nextBreak = 0
    while start < text.count {
      while nextBreak < breaks.count, breaks[nextBreak] <= start { nextBreak += 1 }
      let limit = nextBreak < breaks.count ? min(breaks[nextBreak], text.count) : text.count
      let end = Paragraphs.end(in: text, from: start, end: limit, kind)
      analyzeParagraph(text, start..<end, wantsSentences, pieceTokens, &result, take)
      start = end
    }
  }

  /// Analyzes one sentence of a text.
  mutating func analyzeSentence(
    _ text: Span<UInt8>, _ sentence: Sentence, _ result: inout AnalyzedText
  ) {
    let first = Int(sentence.firstPosition)
    result.positionCount = first
    let end = min(Int(sentence.end), text.count)
    var rest = min(Int(sentence.start), end)..<end
    while !rest.isEmpty {
      let cut = rules.cut(rest, in: text, kind: kind)
      appendWords(text, rest.lowerBound..<cut, &result)
      rest = cut..<end
    }
    result.sentences.append(sentence)
    result.positionCount -= first
  }

  private mutating func analyzeParagraph(
    _ text: Span<UInt8>, _ paragraph: Range<Int>, _ wantsSentences: Bool, _ pieceTokens: Int,
    _ result: inout AnalyzedText, _ take: (AnalyzedText) -> Void
  ) {
    var start = paragraph.lowerBound
    while start < paragraph.upperBound {
      let end = boundary(text, after: start, in: paragraph)
      var rest = rules.trimmed(start..<end, in: text, kind: kind)
      while !rest.isEmpty {
        let cut = rules.cut(rest, in: text, kind: kind)
        let sentence = rules.trimmed(rest.lowerBound..<cut, in: text, kind: kind)
        if result.tokens.count >= pieceTokens {
          take(result)
          result.beginPiece()
        }
        append(text, sentence, wantsSentences, &result)
        rest = rules.trimmed(cut..<rest.upperBound, in: text, kind: kind)
      }
      start = end
    }
  }

  private mutating func boundary(_ text: Span<UInt8>, after start: Int, in paragraph: Range<Int>)
    -> Int
  {
    var boundary = start
    repeat {
      boundary = rules.boundary(
        in: text, after: boundary, start: paragraph.lowerBound, end: paragraph.upperBound)
      // What white space does not separate is one word here, whatever the rules say.
    } while boundary < paragraph.upperBound
      && (kind == .space
        ? !isASCIISpace(text[boundary - 1])
        : beginsName(text, before: boundary, paragraph.lowerBound))
    return boundary
  }

  /// Whether a boundary is behind the full stop of a word like `.NET`.
  private func beginsName(_ text: Span<UInt8>, before boundary: Int, _ start: Int) -> Bool {
    boundary - 2 >= start && text[boundary - 1] == UInt8(ascii: ".")
      && isASCIISpace(text[boundary - 2]) && isASCIIAlphanumeric(text[boundary])
  }

  private mutating func append(
    _ text: Span<UInt8>, _ range: Range<Int>, _ wantsSentences: Bool, _ result: inout AnalyzedText
  ) {
    guard result.terms.count < Terms.maximumTotal else {
      failure = failure ?? .textTooLarge
      return
    }
    if wantsSentences {
      result.sentences.append(
        Sentence(
          start: UInt32(truncatingIfNeeded: range.lowerBound),
          end: UInt32(truncatingIfNeeded: range.upperBound),
          firstPosition: UInt32(truncatingIfNeeded: result.positionCount)))
    }
    appendWords(text, range, &result)
  }

  private mutating func appendWords(
    _ text: Span<UInt8>, _ range: Range<Int>, _ result: inout AnalyzedText
  ) {
    guard kind == .standard else {
      SpaceWords.append(text, range, to: &result)
      return
    }
    let firstToken = result.tokens.count
    candidates.removeAll()
    var marks: Marks = []
    var start = range.lowerBound
    while start < range.upperBound {
      let stretch = stretch(text, from: start, end: range.upperBound)
      marks.formUnion(
        ASCIIWords.append(
          text, start..<stretch.lowerBound, of: range, to: &result, &candidates))
      if !stretch.isEmpty {
        let first = result.tokens.count
        let found = appendUnicodeWords(text, stretch, &result)
        marks.formUnion(found)
        candidates.find(
          text, range, from: first, hasSyllables: found.contains(.syllable), in: result)
      }
      start = stretch.upperBound
    }
    guard !candidates.words.isEmpty else { return }
    annotator.annotate(text, range, from: firstToken, candidates, marks, in: &result)
  }

  /// Appends the words of a stretch that is not ASCII, and says what to look at again.
  private mutating func appendUnicodeWords(
    _ text: Span<UInt8>, _ range: Range<Int>, _ result: inout AnalyzedText
  ) -> Marks {
    do throws(AnalysisError) {
      return try unicodeWords.append(text, range, traits: &rules.traits, to: &result)
    } catch {
      failure = failure ?? error
      SpaceWords.append(text, range, to: &result)
      return []
    }
  }

  /// The next stretch of `start..<end` that ICU has to cut into words; empty, at `end`, if none is.
  ///
  /// It surrounds all that is not ASCII, up to the next places where a cut changes nothing.
  private func stretch(_ text: Span<UInt8>, from start: Int, end: Int) -> Range<Int> {
    var foreign = text.first(.foreign, from: start, end: end)
    guard foreign < end else { return end..<end }
    var lower = foreign
    while lower > start, !ASCIIWords.isSplit(text, at: lower) { lower -= 1 }
    var upper = foreign
    repeat {
      upper = foreign + 1
      while upper < end, !ASCIIWords.isSplit(text, at: upper) { upper += 1 }
      foreign = text.first(.foreign, from: upper, end: min(end, upper + Self.shortestGap))
      // Two calls of ICU for a few words less are no gain.
    } while foreign < min(end, upper + Self.shortestGap)
    return lower..<upper
  }

  private static let shortestGap = 32
}
