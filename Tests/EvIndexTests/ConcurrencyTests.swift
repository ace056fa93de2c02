import Dispatch
import EvBytes
@testable import EvIndex
import EvTestSupport
import Glibc
import Synchronization
import Testing

/// One writer and any number of readers.
@Suite struct ConcurrencyTests {
  @Test func `a second writer waits for the first, and is told which process it is`() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("Index")
    let holder = Mutex<Int32?>(nil)
    let (waits, ends) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let failure = Mutex<IndexError?>(nil)
    do {
      let first = try IndexWriter(path: path)
      try first.add(Document(path: "a", text: "one"))
      DispatchQueue.global().async {
        do throws(IndexError) {
          let second = try IndexWriter(path: path, mode: .update) { pid in
            holder.withLock { $0 = pid }
            waits.signal()
          }
          try second.add(Document(path: "b", text: "two"))
          try second.commit()
        } catch {
          failure.withLock { $0 = error }
          waits.signal()
        }
        ends.signal()
      }
      waits.wait()
      #expect(holder.withLock { $0 } == getpid())
      try first.commit()
    }
    ends.wait()
    #expect(failure.withLock { $0 } == nil)
    // The second writer began with what the first one committed.
    let snapshot = try IndexSnapshot(path: path)
    #expect(snapshot.documentCount == 2)
    #expect(snapshot.manifest.generation == 2)
  }
}
