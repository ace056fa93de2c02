import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// The command that measures rankings.
@Suite struct EvalCommandTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write(
      "judged/corpus.jsonl",
      """
      {"id": "r", "text": "The lock-in rate rose."}
      {"id": "f", "text": "The rate of returns fell."}
      {"id": "s", "text": "A blue sky."}

      """)
    try folder.write("judged/queries.tsv", "q1\tlock-in rate\nq2\tblue rate\nx1\tsky\n")
    try folder.write("judged/qrels.txt", "q1 0 r 1\nq2 0 f 1\n")
  }

  private func run(
    _ arguments: String...
  ) -> (status: EvCommandLine.ExitStatus, output: String, errors: String) {
    let recorded = RecordedConsole(in: folder.path, variables: ["TMPDIR": folder.path])
    let status = EvSearchCommand.run(["eval"] + arguments, on: recorded.console)
    return (status, recorded.output, recorded.errors)
  }

  @Test func `a folder is measured, and nothing of its index stays`() throws {
    let (status, output, _) = run("judged", "--ranking", "bm25", "--run", "found.run")
    #expect(status == .success)
    // The second query finds the answer behind the document with the rarer word.
    #expect(output.contains("0.7500"))
    #expect(output.split(separator: "\n").count == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["found.run", "judged"])
  }

  @Test func `a gain below the least is status 1`() {
    #expect(run("judged", "--min-ndcg", "0.1").status == .success)
    let low = run("judged", "--min-ndcg", "0.99", "--json")
    #expect(low.status == .nothingFound)
    #expect(low.errors.contains("below 0.99"))
    #expect(run("judged", "--min-ndcg", "5").status == .failure)
  }

  @Test func `two rankings are compared`() {
    let (status, output, _) = run("judged", "--compare", "bm25:k1=0.9,b=0.4", "--only", "q")
    #expect(status == .success)
    #expect(output.contains("MAP +0.0000: better on 0, worse on 0, p 1.00000"))
  }

  @Test func `what is missing or wrong is said in a line`() throws {
    #expect(run("nowhere").errors.contains("qrels.txt cannot be read"))
    #expect(run("judged", "--only", "zzz").errors.contains("No query"))
    #expect(run("judged", "--ranking", "best").errors.contains("there are standard and bm25"))
    try folder.write("judged/qrels.txt", "q1 0 r\n")
    #expect(run("judged").errors.contains("qrels.txt, line 1:"))
  }
}
