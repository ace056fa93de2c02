// Real texts in several hundred languages.

import EvTestSupport
import Foundation
import Testing

@testable import EvAnalysis

private let corpus = "corpora/udhr/corpus.jsonl.zst"

@Suite struct CorpusTests {
  /// The lines of a compressed file.
  private func lines(_ path: String) throws -> [[UInt8]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["zstd", "-dcq", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = try #require(try pipe.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return bytes.split(separator: 0x0A).map { Array($0) }
  }

  @Test(.enabled(if: SharedData.has(corpus), "needs the shared corpora"))
  func `the Declaration of Human Rights is analyzed in every language`() throws {
    let tokenizer = try Tokenizer(Analyzer())
    let lines = try lines(SharedData.path(corpus))
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
