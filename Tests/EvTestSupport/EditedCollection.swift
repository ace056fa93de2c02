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
  public struct Edits: Sendable {
    /// Files that were not there before.
    public var added: [String] = []
    /// Files that are not what they were.
    public var changed: [String] = []
    /// Files that are there no more.
    public var removed: [String] = []
    /// Files that have another name: the old and the new one.
    public var renamed: [(old: String, new: String)] = []
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
  ///
  /// - Parameter renames: Whether some are renamed too.
  public mutating func edit(atMost count: Int, renames: Bool = false) -> Edits {
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
    if renames { rename(&edits, notTouching: touched) }
    return edits
  }

  /// Gives some files, or most, names in another folder.
  private mutating func rename(_ edits: inout Edits, notTouching touched: Set<String>) {
    let names = files.keys.filter { !touched.contains($0) }.sorted()
    let share = [0, 4, 1].randomElement(using: &random) ?? 0
    for old in names where share > 0 && Int.random(in: 0..<share, using: &random) == 0 {
      let new = "g\(Int.random(in: 0..<3, using: &random))/" + old.split(separator: "/").joined()
      guard files[new] == nil, let documents = files.removeValue(forKey: old) else { continue }
      edits.renamed.append((old, new))
      files[new] = documents.map { document in
        var document = document
        document.path = new + document.path.dropFirst(old.count)
        if document.fileByteCount != nil { document.fileByteCount = new.utf8.count }
        return document
      }
    }
  }

  private mutating func contents(of name: String) -> [Document] {
    guard Int.random(in: 0..<4, using: &random) == 0 else {
      return corpus.documents(1).map { Document(path: name, text: $0.text) }
    }
    let count = Int.random(in: 1...5, using: &random)
    return corpus.documents(count).enumerated().map { number, document in
      Document(path: name, record: "\(number)", text: document.text)
    }
  }
}
