import EvAnalysis
import EvIndex
import EvQuery
import EvSearch
import EvTestSupport
import Testing

/// A folder that is edited at random, with an index that is brought up to date after each edit: it
/// answers as an index that is built anew, hit for hit and score for score.
@Suite struct IncrementalTests {
  /// A document that was found, by name, so that the order of documents does not matter.
  struct Found: Equatable {
    var path: String
    var score: Float
  }

  /// All hits, best first; of equal score by path.
  private static func hits(_ snapshot: IndexSnapshot, _ query: Query) throws -> [Found] {
    let found = try Searcher(snapshot).search(query, limit: 10_000)
    var hits: [Found] = []
    for hit in found.hits where !snapshot.segments[hit.segment].isDeleted(hit.document) {
      let path = try snapshot.segments[hit.segment].document(hit.document).path
      hits.append(Found(path: path, score: hit.score))
    }
    return hits.sorted { ($1.score, $0.path) < ($0.score, $1.path) }
  }

  private static func queries(_ corpus: RandomCorpus, _ random: inout SplitMix64) -> [Query] {
    func word() -> String { corpus.words[Int.random(in: 0..<60, using: &random)] }
    return (0..<6).flatMap { _ -> [Query] in
      [
        .term(word()), .any([.term(word()), .term(word()), .term(word())]),
        .all([.term(word()), .term(word())]), .phrase([word(), word()]),
      ]
    }
  }

  /// The collection as files in a folder, and the scan of it.
  private final class Files {
    let folder: TemporaryDirectory
    private var files: [String: SourceFile] = [:]
    private var clock: Int64 = 0

    init() throws {
      folder = try TemporaryDirectory()
      // The folder is there even where the first edit adds nothing.
      try folder.write("articles/.here", "")
    }

    func apply(_ edits: EditedCollection.Edits, _ collection: EditedCollection) throws {
      for name in edits.removed { files[name] = nil }
      for (old, new) in edits.renamed {
        try folder.write("articles/" + new, try folder.read(folder.path("articles/" + old)))
        var file = files.removeValue(forKey: old)
        file?.path = new
        files[new] = file
      }
      for name in edits.added + edits.changed {
        let bytes = (collection.files[name] ?? []).map(\.text).joined(separator: "\n")
        try folder.write("articles/" + name, bytes)
        clock += 1
        files[name] = SourceFile(
          path: name, byteCount: bytes.utf8.count, modificationTime: clock, inode: 1)
      }
    }

    var scan: [SourceFile] { files.values.sorted { $0.path < $1.path } }
  }

  /// How many random edit sequences are tried.
  static let seeds = runsLongTests ? 0..<1000 : 0..<12

  @Test(arguments: seeds)
  func `an updated index answers as one that is built anew`(seed: Int) throws {
    let files = try Files()
    var random = SplitMix64(seed: UInt64(seed))
    var collection = EditedCollection(seed: UInt64(seed))
    let corpus = RandomCorpus(seed: UInt64(seed))
    var options = IndexBuilder.Options()
    options.mode = .update
    options.configuration.storesText = seed % 2 == 0
    if seed % 3 == 0 { options.configuration.segmentTextBytes = 2000 }
    options.readsAlike = { _, _ in true }
    // Keeps deletions and small segments, which the usual policy would merge away.
    var lazyPolicy = MergePolicy()
    lazyPolicy.smallBytes = 0
    lazyPolicy.deletedShare = 0.6
    lazyPolicy.renamedShare = 0
    for _ in 0..<5 {
      let before = Set(collection.files.keys)
      let edits = collection.edit(atMost: 20, renames: true)
      try files.apply(edits, collection)
      // In its own scope, so that the lock is given back.
      let counts = try { () throws -> IndexUpdate.Counts in
        let builder = try IndexBuilder(
          indexPath: files.folder.path("Index"), root: files.folder.path("articles"),
          options: options)
        if seed % 2 == 1 { builder.mergePolicy = lazyPolicy }
        let update = builder.update(to: files.scan)
        for file in update.filesToRead {
          for document in collection.files[file.path] ?? [] { try builder.add(document) }
        }
        return try builder.commit().files
      }()
      let after = Set(collection.files.keys)
      #expect(counts.removed + counts.renamed == before.subtracting(after).count)
      #expect(counts.new + counts.renamed == after.subtracting(before).count)
      // A file may get the name of one that was removed, which then has changed.
      let reused = before.intersection(edits.added + edits.renamed.map(\.new)).count
      #expect(counts.changed <= edits.changed.count + reused)
      // A file that was added may have the bytes of one that was removed, which then was renamed.
      let moved = edits.renamed.filter { !before.contains($0.new) && !after.contains($0.old) }
      #expect(counts.renamed >= moved.count)
      #expect(
        counts.unchanged >= before.count - edits.changed.count - edits.removed.count
          - edits.renamed.count - reused)

      let updated = try IndexSnapshot(path: files.folder.path("Index"))
      let anew = try TestIndex(
        collection.documents, configuration: options.configuration
      ).snapshot()
      for query in Self.queries(corpus, &random) {
        #expect(try Self.hits(updated, query) == Self.hits(anew, query), "\(query)")
      }
      for folder in 0..<3 {
        let query = Query.filter(.terms(["\u{01}pg\(folder)"]))
        #expect(try Self.hits(updated, query) == Self.hits(anew, query), "\(query)")
      }
    }
    // Once its documents are in the order of their paths it is the index built anew, byte for byte.
    guard !collection.documents.isEmpty else { return }
    func optimized(_ path: String) throws -> [SegmentInfo] {
      let writer = try IndexWriter(path: path, configuration: options.configuration, mode: .update)
      return try writer.optimize()
    }
    let anew = try TestIndex(collection.documents, configuration: options.configuration)
    #expect(try optimized(files.folder.path("Index")) == optimized(anew.path))
  }
}
