import EvAnalysis
@testable import EvIndex
import EvTestSupport
import Testing

/// Documents are found by what is known of them besides their text.
@Suite struct FieldTests {
  /// The paths of the documents that have a value, by the postings of its term.
  private static func paths(
    _ snapshot: IndexSnapshot, _ field: Field, _ value: String
  ) throws -> [String] {
    var found: [String] = []
    for segment in snapshot.segments {
      guard let term = FieldTerm.term(field, value), let info = try segment.terms.find(term)
      else { continue }
      var cursor = PostingsCursor(segment.postings, info)
      var positions: [UInt32] = []
      while try cursor.next() != PostingsCursor.end {
        try cursor.readPositions(into: &positions)
        #expect(positions == [0])
        found.append(try segment.document(cursor.document).path)
      }
    }
    return found
  }

  @Test func `values are folded, and languages are found by their first part`() throws {
    let index = try TestIndex([
      Document(
        path: "a.md", text: "one",
        metadata: .init(source: " EV   Daily ", language: "en-US", tags: ["NIO", "nio", "ＥＶ"])),
      Document(path: "b.md", text: "", metadata: .init(source: "ev daily", language: "EN_gb")),
      Document(path: "c.md", text: "three", metadata: .init(source: "  ", tags: [""])),
    ])
    let snapshot = try index.snapshot()
    #expect(try Self.paths(snapshot, .source, "Ev Daily") == ["a.md", "b.md"])
    #expect(try Self.paths(snapshot, .language, "en") == ["a.md", "b.md"])
    #expect(try Self.paths(snapshot, .language, "en-us") == ["a.md"])
    #expect(try Self.paths(snapshot, .language, "en-GB") == ["b.md"])
    #expect(try Self.paths(snapshot, .tag, "NIO") == ["a.md"])
    #expect(try Self.paths(snapshot, .tag, "ev") == ["a.md"])
    #expect(snapshot.totalLength == 2)
    #expect(snapshot.segments[0].info.tokenCount == 2)
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test func `a document is in its file and in all folders above it`() throws {
    let index = try TestIndex([
      Document(path: "a/b/c.txt", text: "one"),
      Document(path: "a/notes#1.jsonl", record: "http://x/y#z", text: "two"),
      Document(path: "a/p.zip!/in/d.txt", text: "three"),
      Document(path: "a/b", text: "four"),
    ])
    let snapshot = try index.snapshot()
    #expect(try Self.paths(snapshot, .path, "a").count == 4)
    #expect(try Self.paths(snapshot, .path, "a/b") == ["a/b/c.txt", "a/b"])
    #expect(try Self.paths(snapshot, .path, "a/b/c.txt") == ["a/b/c.txt"])
    #expect(
      try Self.paths(snapshot, .path, "a/notes#1.jsonl") == ["a/notes#1.jsonl#http://x/y#z"])
    #expect(try Self.paths(snapshot, .path, "a/notes") == [])
    #expect(try Self.paths(snapshot, .path, "a/p.zip") == ["a/p.zip!/in/d.txt"])
    #expect(try Self.paths(snapshot, .path, "a/p.zip!/in") == ["a/p.zip!/in/d.txt"])
    #expect(try snapshot.segments[0].document(1).filePath == "a/notes#1.jsonl")
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test func `values that are too long for a term are told apart`() throws {
    let long = String(repeating: "日本", count: 200)
    let documents = ["a", "b"].map { Document(path: "\(long)/\($0)", text: "x") }
    let index = try TestIndex(documents)
    let snapshot = try index.snapshot()
    #expect(try Self.paths(snapshot, .path, "\(long)/a") == ["\(long)/a"])
    #expect(try Self.paths(snapshot, .path, long).count == 2)
    let term = try #require(FieldTerm.term(.path, long))
    #expect(term.utf8.count <= 255)
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test func `dates are kept by the day, where they are known`() throws {
    let index = try TestIndex([
      Document(path: "a", text: "x", metadata: .init(date: "2024-05-01T10:00Z")),
      Document(path: "b", text: "x", metadata: .init(date: "some day")),
      Document(path: "c", text: "x"),
    ])
    let segment = try #require(try index.snapshot().segments.first)
    let dates = try #require(segment.dates)
    #expect(dates.days == [19_844, DateColumn.unknown, DateColumn.unknown])
    #expect(dates.day(of: 3) == DateColumn.unknown)
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test func `the analysis that takes text as it stands has no fields`() throws {
    let document = Document(
      path: "a/b", text: "\u{1}len \u{1}pa",
      metadata: .init(date: "2024-05-01", source: "s", language: "en"))
    let index = try TestIndex([document], configuration: .init(analyzer: Analyzer(.space)))
    let segment = try #require(try index.snapshot().segments.first)
    #expect(segment.dates == nil)
    #expect(segment.info.termCount == 2)
    #expect(segment.info.tokenCount == 2)
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test(arguments: 0..<3)
  func `records keep the encoding and the file`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.describedDocuments(40, seed: seed)
    let segment = try #require(try TestIndex(documents).snapshot().segments.first)
    for (number, document) in documents.enumerated() {
      let stored = try segment.document(UInt32(number))
      #expect(stored.metadata == document.metadata)
      #expect(stored.filePath == document.filePath)
      #expect(stored.path == document.path)
    }
  }

  @Test func `a dump names fields, and finds the term of one`() throws {
    let index = try TestIndex([
      Document(path: "a", text: "x", metadata: .init(date: "2024-05-01", source: "EV Daily"))
    ])
    let segment = try #require(try index.snapshot().segments.first)
    var lines: [String] = []
    try SegmentDump.write(segment) { lines.append($0) }
    #expect(lines.contains { $0.hasPrefix("  source:ev daily: 1 documents") })
    #expect(lines.contains { $0.contains("1 bytes, 2024-05-01: ") })
    lines = []
    try SegmentDump.write(segment, term: "source:EV daily") { lines.append($0) }
    #expect(lines.first?.hasPrefix("  source:ev daily: 1 documents") == true)
  }
}
