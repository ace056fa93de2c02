/// What was left out of a file that holds many documents.
struct SkipList {
  /// Entries of one file that are listed one by one; of more, only the number is kept.
  static let maximumListedRecords = 10_000

  private let path: String
  private var listed: [Skipped] = []
  private var unlistedCount = 0

  /// An empty list.
  ///
  /// - Parameter path: The file.
  init(path: String) {
    self.path = path
  }

  /// All entries; the last one counts those that are not listed.
  var all: [Skipped] {
    guard unlistedCount > 0 else { return listed }
    let rest = SkipReason.malformedRecord("\(unlistedCount) more that are not listed")
    return listed + [Skipped(path: path, reason: rest)]
  }

  /// Adds the record on a line of the file.
  mutating func add(line: Int, _ reason: SkipReason) {
    add(Skipped(path: "\(path):\(line)", reason: reason))
  }

  /// Adds the file itself.
  mutating func add(_ reason: SkipReason) {
    listed.append(Skipped(path: path, reason: reason))
  }

  /// Adds an entry.
  mutating func add(_ entry: Skipped) {
    if listed.count < Self.maximumListedRecords {
      listed.append(entry)
    } else {
      unlistedCount += 1
    }
  }
}
