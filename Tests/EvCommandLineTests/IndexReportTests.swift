import EvIngest
import EvSearch
import Testing

@testable import EvCommandLine

@Suite struct IndexReportTests {
  @Test func `reasons are counted, the most frequent first`() {
    let skipped: [Skipped] = [
      Skipped(path: "a", reason: .fifo), Skipped(path: "b", reason: .symbolicLink),
      Skipped(path: "c", reason: .binary), Skipped(path: "d", reason: .symbolicLink),
      Skipped(path: "e", reason: .unreadable(13)), Skipped(path: "f", reason: .unreadable(2)),
      Skipped(path: "g", reason: .empty),
    ]
    #expect(
      IndexReport.reasons(skipped)
        == "2 symbolic links, 2 unreadable, 1 FIFO, 1 binary, 1 empty")
  }
}
