import EvTestSupport
import Testing

@testable import EvCommandLine

/// `evsearch --explain-plan`, in process.
@Suite struct PlanCommandTests {
  @Test func `a plan is printed in words, a line for each list`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "The price rose.")
    try folder.write("b.txt", "The price fell.")
    _ = EvSearchCommand.run(["index", folder.path], on: RecordedConsole(in: folder.path).console)

    let found = RecordedConsole(in: folder.path)
    let arguments = ["--explain-plan", "--ranking", "bm25", "price", "rose"]
    #expect(EvSearchCommand.run(arguments, on: found.console) == .success)
    #expect(
      found.output == """
        segment 1, 2 documents: intersection
          required rose: 1 document, 1 block: decoded 1, skipped 0, frequencies 0, scored 2
          required price: 2 documents, 1 block: decoded 1, skipped 0, frequencies 0, scored 1

        """, "\(found.output)")

    let missing = RecordedConsole(in: folder.path)
    #expect(
      EvSearchCommand.run(["--explain-plan", "price", "zyzzyva"], on: missing.console) == .success)
    #expect(missing.output.contains("optional price"), "\(missing.output)")
  }
}
