// Real texts in several hundred languages.

import EvTestSupport
import Foundation
import Testing

@testable import EvAnalysis

private let corpus = "corpora/udhr/corpus.jsonl.zst"

/// The shared corpora.
enum Corpus {
  /// A document of a corpus.
  struct Record: Decodable {
    var id: String
    var title: String
    var text: String
  }

  /// The documents of a compressed file of the shared data.
  static func records(_ path: String) throws -> [Record] {
    try lines(path).map { try JSONDecoder().decode(Record.self, from: Data($0)) }
  }

  /// The lines of a compressed file of the shared data.
  static func lines(_ path: String) throws -> [[UInt8]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["zstd", "-dcq", SharedData.path(path)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = try #require(try pipe.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return bytes.split(separator: 0x0A).map { Array($0) }
  }
}

@Suite struct CorpusTests {
  @Test(.enabled(if: SharedData.has(corpus), "needs the shared corpora"))
  func `the Declaration of Human Rights is analyzed in every language`() throws {
    let tokenizer = try Tokenizer(Analyzer())
    let lines = try Corpus.lines(corpus)
    #expect(lines.count > 300)
    var positionCount = 0
    for line in lines {
      // A build without optimization takes half a minute for all of it.
      let part = runsLongTests ? line : Array(line.prefix(1_000))
      var result = AnalyzedText()
      tokenizer.analyze(part.span, breaks: [], wantsSentences: true, into: &result)
      let start = String(decoding: line.prefix(80), as: UTF8.self)
      #expect(result.positionCount > 10, "\(start)")
      #expect(!result.sentences.isEmpty, "\(start)")
      #expect(result.sentences.allSatisfy { $0.end - $0.start <= 1020 }, "\(start)")
      positionCount += result.positionCount
    }
    #expect(positionCount > 100 * lines.count)
    #expect(tokenizer.failure == nil)
  }
}
