import EvIngest
import EvSearch
import EvTestSupport

/// The index of the acceptance fixture, and what a search finds in it.
final class AcceptanceIndex: Sendable {
  /// Built once for all tests.
  static let shared: Result<AcceptanceIndex, any Error> = Result { try AcceptanceIndex() }

  let index: SearchIndex
  private let fixture: AcceptanceFixture

  init() throws {
    fixture = try AcceptanceFixture()
    let path = fixture.root + "/.evsearch"
    let source = FolderSource(
      root: fixture.root, options: IngestOptions(excludedFolders: [path]))
    let builder = try IndexBuilder(indexPath: path, root: source.root)
    for file in try source.scan().files {
      _ = try source.read(file) { document throws(IndexError) in try builder.add(document) }
    }
    try builder.commit()
    index = try SearchIndex.open(at: path)
  }

  func search(_ text: String, strict: Bool = false) throws -> SearchResults {
    var options = SearchOptions()
    options.limit = 0
    options.strict = strict
    options.passages = 5
    options.collapses = false
    return try index.search(text, options)
  }

  /// The paths of what is found, best first.
  func paths(_ text: String) throws -> [String] {
    try search(text).hits.map(\.path)
  }

  /// What is lit in a document's passages.
  func lit(_ text: String, in path: String) throws -> [String] {
    try search(text).hits.filter { $0.path == path }.flatMap(\.passages).flatMap { passage in
      passage.highlights.map { highlight in
        String(decoding: Array(passage.text.utf8)[highlight.range], as: UTF8.self)
      }
    }
  }
}
