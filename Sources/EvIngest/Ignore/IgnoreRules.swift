// The ignore files that are in force in a folder, and which of them has the last word.

/// The patterns of one ignore file.
struct IgnoreFile {
  private let patterns: [IgnorePattern]

  /// Reads the file's text.
  init(_ text: [UInt8]) {
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    patterns = text[start...].split(separator: UInt8(ascii: "\n"))
      .compactMap { IgnorePattern(line: $0) }
  }

  /// What the file says of a path from its folder: leave it out (true), take it in (false), or
  /// nothing.
  func verdict(on path: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
    patterns.last { $0.matches(path, isFolder: isFolder) }.map { !$0.isNegated }
  }
}

/// The ignore files of a folder and of the folders above it.
///
/// A file of a stronger name wins over one of a weaker name; among files of one name, the one in the
/// deeper folder; in one file, the last pattern that matches.
struct IgnoreRules {
  /// The names of ignore files, the strongest first.
  static let names = [".evsearchignore", ".ignore", ".gitignore"].map { Array($0.utf8) }

  private struct Level {
    /// How much of a path is in front of the level's folder.
    let pathStart: Int

    /// The files of the level, by their place in ``names``.
    var files: [IgnoreFile?]
  }

  private var levels: [Level] = []

  /// Puts the files of a folder in force.
  ///
  /// - Parameters:
  ///   - files: The texts, by their place in ``names``.
  ///   - pathStart: How many bytes of a path lead to the folder, its `/` included.
  mutating func push(_ files: [[UInt8]?], pathStart: Int) {
    guard files.contains(where: { $0 != nil }) else { return }
    levels.append(Level(pathStart: pathStart, files: files.map { $0.map(IgnoreFile.init) }))
  }

  /// Whether a path is left out.
  ///
  /// The folders above it are not looked at: nothing below an ignored folder is asked for.
  func ignores(_ path: [UInt8], isFolder: Bool) -> Bool {
    for name in Self.names.indices {
      for level in levels.reversed() {
        let part = path[level.pathStart...]
        if let verdict = level.files[name]?.verdict(on: part, isFolder: isFolder) { return verdict }
      }
    }
    return false
  }
}
