import EvIndex
import EvSearch
import EvTestSupport
import Testing

/// A search that a person ends, in a process of its own, as the wish is the whole process's.
@Suite struct InterruptionTests {
  @Test func `a search ends where that is wanted, and the next one is as ever`() async {
    await #expect(processExitsWith: .success) {
      let index = try TestIndex([Document(path: "a.txt", text: "The lock-in rate rose.")])
      let search = try SearchIndex.open(at: index.path)
      for query in ["rate", "\"lock-in rate\"", "/r.*e/", "r?te", "rate -x", "rate~ OR lock*"] {
        Interruption.request()
        #expect(throws: IndexError.interrupted) { try search.search(query) }
        Interruption.clear()
        #expect(try search.search(query).total == 1, "\(query)")
      }
    }
  }
}
