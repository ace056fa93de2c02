// What the analysis makes of a text, step by step.

import ArgumentParser
import EvAnalysis
import EvTerminal

/// Prints the sentences, tokens, language, stems and quantities of a text.
struct AnalyzeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Print what the analysis makes of a text.",
    discussion: """
      Each sentence is followed by its tokens: position, bytes in the text, kind, term, and the stem \
      where it differs. Control bytes, with which the terms of pairs and quantities begin, are shown \
      as symbols.
      """)

  @Argument(help: "The text.")
  var text: String

  @Option(help: "The language of the stems by its code; otherwise the one that is detected.")
  var lang: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let palette = console.palette(of: console.output, color)
    for line in try AnalyzedLines(text, language: lang).lines(asJSON: json) {
      console.output.write(StyledText(line), palette)
    }
    return .success
  }
}

/// An analyzed text, to be printed.
struct AnalyzedLines {
  private let text: [UInt8]
  private let analyzed: AnalyzedText
  private let language: String?
  private let stemmer: Stemmer?

  init(_ text: String, language: String?) throws(CommandError) {
    let bytes = Array(text.utf8)
    self.text = bytes
    var analyzed = AnalyzedText()
    do throws(AnalysisError) {
      let tokenizer = try Tokenizer(Analyzer())
      tokenizer.analyze(bytes.span, breaks: [], wantsSentences: true, into: &analyzed)
      if let failure = tokenizer.failure { throw failure }
    } catch {
      throw CommandError(code: "analysis", message: "The text cannot be analyzed: \(error).")
    }
    self.analyzed = analyzed
    let known = language ?? LanguageDetector.language(of: analyzed)
    self.language = known
    stemmer = known.flatMap { Stemmer(language: $0) }
  }

  /// The lines to print; one for JSON.
  func lines(asJSON: Bool) -> [String] {
    if asJSON { return [json.text] }
    var lines = ["language: \(language ?? "not known")\(stemmer == nil ? ", no stems" : "")"]
    var next = 0
    for sentence in analyzed.sentences {
      lines.append(
        "sentence \(sentence.start)-\(sentence.end): \(slice(sentence.start, sentence.end))")
      while next < analyzed.tokens.count, analyzed.tokens[next].start < sentence.end {
        lines.append(line(analyzed.tokens[next]))
        next += 1
      }
    }
    lines.append("\(analyzed.positionCount) positions, \(analyzed.tokens.count) tokens")
    return lines
  }

  private func line(_ token: Token) -> String {
    let term = term(token)
    let stem = stem(token).map { ", stem \($0)" } ?? ""
    let source = slice(token.start, token.end)
    return
      "  \(token.position)  \(token.start)-\(token.end)  \(token.kind)  \(Self.shown(term))\(stem)"
      + (term == source ? "" : "  (\(source))")
  }

  private var json: JSONValue {
    .object([
      JSONValue.Member("analyzer", .integer(Int(Analyzer.version))),
      JSONValue.Member("icu", .string(Analyzer.icuVersion)),
      JSONValue.Member("language", .string(orNull: language)),
      JSONValue.Member("positions", .integer(analyzed.positionCount)),
      JSONValue.Member(
        "sentences",
        .array(
          analyzed.sentences.map { sentence in
            .object([
              JSONValue.Member("bytes", Self.range(sentence.start, sentence.end)),
              JSONValue.Member("position", .integer(Int(sentence.firstPosition))),
              JSONValue.Member("text", .string(slice(sentence.start, sentence.end))),
            ])
          })),
      JSONValue.Member("tokens", .array(analyzed.tokens.map(json))),
    ])
  }

  private func json(_ token: Token) -> JSONValue {
    let source = slice(token.start, token.end)
    var members = [
      JSONValue.Member("position", .integer(Int(token.position))),
      JSONValue.Member("kind", .string("\(token.kind)")),
      JSONValue.Member("bytes", Self.range(token.start, token.end)),
      JSONValue.Member("text", .string(source)),
      JSONValue.Member("term", .string(Self.shown(term(token)))),
    ]
    if let stem = stem(token) { members.append(JSONValue.Member("stem", .string(stem))) }
    if token.kind == .quantity, let quantity = Quantity.parse(source) {
      members.append(JSONValue.Member("value", .number(quantity.value)))
      members.append(JSONValue.Member("unit", .string(quantity.unit)))
    }
    return .object(members)
  }

  private static func range(_ start: UInt32, _ end: UInt32) -> JSONValue {
    .array([.integer(Int(start)), .integer(Int(end))])
  }

  /// The stem of a word, where it differs from the word.
  private func stem(_ token: Token) -> String? {
    guard token.kind == .word, let stemmer else { return nil }
    let term = term(token)
    let stem = stemmer.stem(term)
    return stem == term ? nil : stem
  }

  private func term(_ token: Token) -> String {
    let start = Int(token.termStart)
    return String(decoding: analyzed.terms[start..<start + Int(token.termLength)], as: UTF8.self)
  }

  private func slice(_ start: UInt32, _ end: UInt32) -> String {
    String(decoding: text[Int(start)..<Int(end)], as: UTF8.self)
  }

  /// A term with its control bytes as the symbols that Unicode has for them.
  private static func shown(_ term: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in term.unicodeScalars {
      shown.append(scalar.value < 0x20 ? UnicodeScalar(scalar.value + 0x2400) ?? scalar : scalar)
    }
    return String(shown)
  }
}
