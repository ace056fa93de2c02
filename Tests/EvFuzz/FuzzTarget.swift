// What is fuzzed: each reader of files that other people wrote, the language of queries, the decoders of
// blocks, and the readers of an index's files.

import EvIndex
import EvIngest
import EvTestSupport

/// A reader that must take any bytes.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case text, html, markdown, jsonl, csv, mail, mailbox, word, odt, book, chapter, query, blocks
  // Files of an index, by their names.
  case terms, postings, positions, norms, dates, documents, texts, forms, segment, deletions,
    manifest
  case files

  /// Whether it is a file of an index.
  package var isIndexFile: Bool { indexFile != nil }

  /// The file of an index that is damaged.
  var indexFile: SegmentFile.Kind? { SegmentFile.Kind(rawValue: rawValue) }

  /// Runs the target once.
  ///
  /// - Returns: What is wrong with what came of the input; nil where it is as it has to be.
  package func problem(with input: [UInt8]) -> String? {
    if self == .blocks { return BlockDecoding.problem(with: input) }
    if self == .query { return QueryReading.problem(with: input) }
    if let indexFile { return IndexReading.problem(indexFile, with: input) }
    var problem: String?
    if let part {
      do throws(SkipReason) {
        if let document = try BytesSource.read(input, as: part) {
          problem = Self.problem(with: document)
        }
      } catch {
        // To be refused is right.
      }
      return problem
    }
    var count = 0
    let skipped = BytesSource.read(input, named: "a." + fileExtension) { document in
      count += 1
      if problem == nil { problem = Self.problem(with: document) }
    }
    if problem == nil, count == 0, skipped.isEmpty, self != .jsonl, self != .csv {
      problem = "neither a document nor a reason"
    }
    return problem
  }

  /// Whether everything that can be read of an index with this file is read without an error.
  package func isSound(_ input: [UInt8]) throws -> Bool {
    guard let indexFile else { return problem(with: input) == nil }
    return try IndexReading.refusals(indexFile, of: input, readsAll: true) == 0
  }

  /// What is wrong with a document, or nil.
  private static func problem(with document: Document) -> String? {
    let text = Array(document.text.utf8)
    var end = 0
    for range in document.headings {
      guard range.lowerBound >= end else { return "headings that are not in order" }
      end = range.upperBound
    }
    for range in [document.title] + document.headings {
      guard range.upperBound <= text.count else { return "a range behind the end of the text" }
      for place in [range.lowerBound, range.upperBound] where place < text.count {
        guard text[place] & 0xC0 != 0x80 else { return "a range inside a character" }
      }
    }
    var last = SourcePosition.start
    for run in document.sourceMap.runs {
      guard run.source.byte >= last.byte, run.source.line >= last.line else {
        return "a source map that goes back"
      }
      last = run.source
    }
    return nil
  }

  private var part: BytesSource.Part? {
    switch self {
    case .word: .word
    case .odt: .openDocument
    case .book: .book
    case .chapter: .chapter
    default: nil
    }
  }

  private var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .mail: "eml"
    case .mailbox: "mbox"
    default: rawValue
    }
  }

  /// The inputs to start from.
  package var seedInputs: [[UInt8]] { seeds }

  /// A mutator of this target's seeds; `stream` numbers independent runs.
  package func mutator(seed: UInt64, stream: UInt64 = 0) -> Mutator {
    let number = UInt64(Self.allCases.firstIndex(of: self) ?? 0)
    return Mutator(
      seeds: seeds, words: words,
      random: SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number &* 1009 &+ stream))
  }
}
