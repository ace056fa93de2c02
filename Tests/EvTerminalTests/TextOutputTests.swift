import EvTerminal
import EvTestSupport
import Glibc
import Testing

@Suite struct TextOutputTests {
  @Test func `everything that was written arrives, in order`() {
    let recorded = RecordedOutput()
    var expected = ""
    for index in 0..<20_000 {
      recorded.output.write("line \(index)\n")
      expected += "line \(index)\n"
    }
    #expect(recorded.text == expected)
    #expect(recorded.output.failure == 0)
  }

  @Test func `a reader that has gone away is no failure`() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = try #require(DescriptorPair.pipe())
    close(pipe.first)
    let output = TextOutput(descriptor: pipe.second)
    output.write("nobody reads this\n")
    output.flush()
    #expect(output.isClosed)
    #expect(output.failure == 0)
    output.write("nor this\n")
    output.flush()
    close(pipe.second)
  }

  @Test func `a disk that is full is a failure`() throws {
    let descriptor = try #require(SystemCalls.open("/dev/full", O_WRONLY))
    let output = TextOutput(descriptor: descriptor)
    output.write("x")
    output.flush()
    #expect(output.failure == ENOSPC)
    #expect(!output.isClosed)
    close(descriptor)
  }

  @Test func `a descriptor that cannot take more at once is waited for`() throws {
    let pipe = try #require(DescriptorPair.pipe())
    _ = fcntl(pipe.second, F_SETFL, O_NONBLOCK)
    let text = String(repeating: "0123456789", count: 50_000)
    let reader = BackgroundWork { SystemCalls.readAll(pipe.first) }
    let output = TextOutput(descriptor: pipe.second)
    output.write(text)
    output.flush()
    close(pipe.second)
    #expect(String(decoding: reader.wait(), as: UTF8.self) == text)
    close(pipe.first)
  }

  @Test func `a note comes after the results that were written before it`() {
    let recorded = RecordedOutput()
    let console = Console(
      output: recorded.output, errors: recorded.output, input: -1, inputIsTerminal: false,
      environment: Environment([:]), workingFolder: "/")
    console.output.write("result\n")
    console.note("note \u{1B}[2J")
    #expect(recorded.text == "result\nnote ␛[2J\n")
  }

  @Test(arguments: [("132", 132), ("7", 20), ("9999999", 10_000), ("-5", 20)])
  func `COLUMNS sets the width, within reason`(value: String, columns: Int) {
    let recorded = RecordedOutput()
    let console = Console(
      output: recorded.output, errors: recorded.output, input: -1, inputIsTerminal: false,
      environment: Environment(["COLUMNS": value]), workingFolder: "/")
    #expect(console.columns == columns)
  }
}
