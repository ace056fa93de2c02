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

  /// What a reader may find wrong.
  private struct Finding: Error, CustomStringConvertible {
    var description: String
  }

  /// How many commits readers are watched for; a minute's worth where there is time.
  static let commitCount = runsLongTests ? 3000 : 25

  @Test func `readers see one commit each, whole, while others are made`() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path("Index")
    try Self.commit(0, path)
    let isDone = Atomic<Bool>(false)
    let findings = Mutex<[String]>([])
    let seen = Mutex<Set<Int>>([])
    let readers = DispatchGroup()
    for number in 0..<4 {
      DispatchQueue.global().async(group: readers) {
        do {
          var snapshot = try IndexSnapshot(path: path)
          let first = snapshot
          let firstCommit = try Self.read(first)
          var last = firstCommit
          repeat {
            // Half of the readers are opened anew, half are brought up to date.
            snapshot = number % 2 == 0 ? try IndexSnapshot(path: path) : try snapshot.refreshed()
            let commit = try Self.read(snapshot)
            guard commit >= last else { throw Finding(description: "\(commit) after \(last)") }
            last = commit
            seen.withLock { _ = $0.insert(commit) }
          } while !isDone.load(ordering: .acquiring)
          // What was opened at the start is as it was, though all its files are removed.
          guard try Self.read(first) == firstCommit else {
            throw Finding(description: "the first snapshot has changed")
          }
          guard try Self.read(try snapshot.refreshed()) == Self.commitCount else {
            throw Finding(description: "the last commit is not seen")
          }
        } catch { findings.withLock { $0.append("\(error)") } }
      }
    }
    for number in 1...Self.commitCount { try Self.commit(number, path) }
    isDone.store(true, ordering: .releasing)
    readers.wait()
    #expect(findings.withLock { $0 } == [])
    #expect(seen.withLock { $0.contains(Self.commitCount) })
  }

  /// Makes a commit all documents of which hold its number.
  private static func commit(_ number: Int, _ path: String) throws(IndexError) {
    let writer = try IndexWriter(path: path, mode: .update)
    writer.mergePolicy.smallBytes = 0
    writer.mergePolicy.factor = 3
    for file in 0..<20 {
      try writer.add(Document(path: "f\(file)#\(number % 2)", text: "all commit\(number)"))
    }
    // The documents of the commit before, which have other paths.
    for file in 0..<20 { writer.removeDocuments(ofFile: "f\(file)") }
    try writer.commit()
  }

  /// - Returns: The number of the commit that a snapshot is of.
  private static func read(_ snapshot: IndexSnapshot) throws -> Int {
    var texts: Set<String> = []
    for segment in snapshot.segments {
      for document in 0..<UInt32(segment.info.documentCount) where !segment.isDeleted(document) {
        texts.insert(String(decoding: try segment.text(document)?.bytes ?? [], as: UTF8.self))
      }
    }
    guard let text = texts.first, texts.count == 1, snapshot.documentCount == 20 else {
      throw Finding(description: "\(snapshot.documentCount) documents of \(texts.sorted())")
    }
    let word = String(text.split(separator: " ").last ?? "")
    guard try snapshot.documentFrequency(of: word) == 20, let number = Int(word.dropFirst(6)) else {
      throw Finding(description: "\(text) is not found")
    }
    return number
  }

  @Test func `a snapshot that is up to date is kept, and what two share is opened once`() throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    let first = try index.snapshot()
    #expect(try first.refreshed() === first)
    let writer = try IndexWriter(path: index.path, mode: .update)
    writer.mergePolicy.smallBytes = 0
    try writer.add(Document(path: "b", text: "two"))
    try writer.commit()
    let second = try first.refreshed()
    #expect(second.documentCount == 2)
    #expect(second.segments.first === first.segments.first)
    #expect(first.documentCount == 1)
  }
}
