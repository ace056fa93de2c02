public import EvIndex

/// Files that change at random, as a model of what an index that is brought up to date should hold.
///
/// A file is one document, or several records, each a document whose path goes on with `#`.
public struct EditedCollection {
  /// The documents of each file that is there now.
  public private(set) var files: [String: [Document]] = [:]

  private var corpus: RandomCorpus
  private var random: SplitMix64

  /// What one round of edits did.
  public struct Edits: Equatable, Sendable {
    /// Files that were not there before.
    public var added: [String] = []
    /// Files that are not what they were.
    public var changed: [String] = []
    /// Files that are there no more.
    public var removed: [String] = []
  }

  /// Creates a collection without files.
  public init(seed: UInt64) {
    corpus = RandomCorpus(seed: seed)
    random = SplitMix64(seed: seed &+ 0xED17)
  }

  /// All documents, by path.
  public var documents: [Document] {
    files.values.joined().sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Adds, changes and removes some files.
  public mutating func edit(atMost count: Int) -> Edits {
    var edits = Edits()
    var touched: Set<String> = []
    for _ in 0..<Int.random(in: 0...count, using: &random) {
      let name = "f\(Int.random(in: 0..<40, using: &random))"
      guard touched.insert(name).inserted else { continue }
      if files[name] == nil {
        edits.added.append(name)
      } else if Int.random(in: 0..<3, using: &random) == 0 {
        edits.removed.append(name)
        files[name] = nil
        continue
      } else {
        edits.changed.append(name)
      }
      files[name] = contents(of: name)
    }
    return edits
  }

  private mutating func contents(of name: String) -> [Document] {
    guard Int.random(in: 0..<4, using: &random) == 0 else {
      return corpus.documents(1).map { Document(path: name, text: $0.text) }
    }
    let count = Int.random(in: 1...5, using: &random)
    return corpus.documents(count).enumerated().map { number, document in
      Document(path: "\(name)#\(number)", text: document.text)
    }
  }
}
