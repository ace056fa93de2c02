// The analysis of a text, shown.

import EvTestSupport
import Testing

@testable import EvCommandLine

@Suite struct AnalyzeCommandTests {
  private func run(_ arguments: String...) throws -> (EvCommandLine.ExitStatus, String) {
    let folder = try TemporaryDirectory()
    let recorded = RecordedConsole(in: folder.path)
    let status = EvSearchCommand.run(["analyze"] + arguments, on: recorded.console)
    return (status, recorded.output)
  }

  @Test func `each step is printed`() throws {
    let (status, output) = try run("The orders of 锁单 took 800 V.")
    #expect(status == .success)
    for line in [
      "language: en", "sentence 0-32: The orders of 锁单 took 800 V.",
      "  1  4-10  word  orders, stem order", "  3  14-20  gram  ␂锁单  (锁单)",
      "  6  26-31  quantity  ␃v␀",
      "8 positions, ",
    ] {
      #expect(output.contains(line), "\(line) in \(output)")
    }
  }

  @Test func `JSON has the same`() throws {
    let (status, output) = try run("--json", "--lang", "de", "35% Bestellungen")
    #expect(status == .success)
    #expect(output.contains(#""language":"de""#))
    #expect(output.contains(#""kind":"quantity","bytes":[0,3],"text":"35%""#))
    #expect(output.contains(#""value":35.0,"unit":"%""#))
    #expect(output.contains(#""stem":"bestell""#))
  }
}
