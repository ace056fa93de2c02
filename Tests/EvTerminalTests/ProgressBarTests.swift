import EvTestSupport
import Testing

@testable import EvTerminal

@Suite struct ProgressBarTests {
  private func console(
    _ recorded: RecordedOutput, columns: Int = 100, variables: [String: String] = [:]
  ) -> Console {
    Console(
      output: recorded.output, errors: recorded.output, input: -1, inputIsTerminal: false,
      environment: Environment(variables.merging(["COLUMNS": "\(columns)"]) { $1 }),
      workingFolder: "/")
  }

  @Test func `the bar shows documents, bytes, speed and the time that is left`() {
    let bar = ProgressBar(
      "Indexing", totalBytes: 8_000_000, on: console(RecordedOutput(isTerminal: true), columns: 120)
    )
    let line = bar.line(.init(documents: 1234, bytes: 4_000_000), after: .seconds(2))
    #expect(
      line == "Indexing 50 % ▕██████████          ▏  1,234 documents  4.0 MB of 8.0 MB"
        + "  2.0 MB/s  0:02 left")
  }

  @Test(arguments: 20...140)
  func `the bar is narrower than the window`(columns: Int) {
    let recorded = RecordedOutput(isTerminal: true)
    let bar = ProgressBar(
      "Indexing", totalBytes: 8_000_000, on: console(recorded, columns: columns))
    for bytes in stride(from: 0, through: 9_000_000, by: 77_777) {
      let line = bar.line(.init(documents: bytes / 100, bytes: bytes), after: .seconds(1))
      #expect(line.columns < columns)
    }
  }

  @Test func `the bar clears itself`() {
    let recorded = RecordedOutput(isTerminal: true)
    var bar = ProgressBar("Indexing", totalBytes: 8_000_000, on: console(recorded))
    bar.update(.init(documents: 1, bytes: 1), after: .seconds(1))
    #expect(recorded.text.hasPrefix("\rIndexing"))
    bar.clear()
    #expect(recorded.text.hasSuffix("\r\u{1B}[K"))
  }

  @Test func `an announcement takes the place of the bar, where there is one`() {
    let recorded = RecordedOutput(isTerminal: true)
    var bar = ProgressBar("Indexing", totalBytes: 10, on: console(recorded))
    bar.announce("Writing")
    #expect(recorded.text == "")
    bar.update(.init(documents: 1, bytes: 1), after: .seconds(1))
    bar.announce("Writing")
    #expect(recorded.text.hasSuffix("\rWriting\u{1B}[K"))
  }

  @Test func `quick work draws nothing`() {
    let recorded = RecordedOutput(isTerminal: true)
    var bar = ProgressBar("Indexing", totalBytes: 8_000_000, on: console(recorded))
    bar.update(.init(documents: 1, bytes: 1), after: .milliseconds(150))
    bar.clear()
    #expect(recorded.text == "")
  }

  @Test func `the bar is drawn at most ten times a second`() {
    let recorded = RecordedOutput(isTerminal: true)
    var bar = ProgressBar("Indexing", totalBytes: 8_000_000, on: console(recorded))
    for step in 0..<1000 {
      bar.update(.init(documents: step, bytes: step), after: .milliseconds(1000 + step))
    }
    #expect(recorded.text.split(separator: "\r").count == 10)
  }

  @Test(arguments: [["CI": "true"], ["TERM": "dumb"]])
  func `nothing is drawn where nobody looks`(variables: [String: String]) {
    for isTerminal in [true, false] where !isTerminal || !variables.isEmpty {
      let recorded = RecordedOutput(isTerminal: isTerminal)
      var bar = ProgressBar(
        "Indexing", totalBytes: 8_000_000, on: console(recorded, variables: variables))
      bar.update(.init(documents: 1, bytes: 1), after: .seconds(1))
      bar.clear()
      #expect(recorded.text == "")
    }
  }

  @Test func `nothing to do is no division by zero`() {
    let empty = ProgressBar.State(documents: 0, bytes: 0)
    let bar = ProgressBar("Indexing", totalBytes: 0, on: console(RecordedOutput(isTerminal: true)))
    #expect(bar.line(empty, after: .zero).hasPrefix("Indexing 0 %"))
  }
}
